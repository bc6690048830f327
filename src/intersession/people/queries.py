"""Reading about people."""

from collections.abc import Iterable, Sequence

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from intersession.kit.composed import Composed
from intersession.people import rules
from intersession.people.models import Consent, Person
from intersession.people.states import Text

OWNER: Composed[Person] = Composed(
    lambda email: Person.objects.filter(emailaddress__email=email, emailaddress__verified=True)
)
MADE_WITH: Composed[Person] = Composed(lambda email: Person.objects.filter(email=email))


def person_at(email: str) -> Person | None:
    """Find whom an address belongs to: a verified one, or the one an account was made with."""
    small = email.lower()
    found = OWNER(email=small) or MADE_WITH(email=small) or MADE_WITH(email=email)
    return found[0] if found else None


def addresses_of(person: Person) -> QuerySet[EmailAddress]:
    """Return the verified addresses of a person, the primary one first."""
    verified: QuerySet[EmailAddress] = EmailAddress.objects.filter(verified=True)
    return verified.filter(user_id=person.pk).order_by("-primary", "email")


def owners_of(emails: Iterable[str]) -> dict[str, int]:
    """Return the keys of the people whom these addresses belong to, by verified address."""
    verified = EmailAddress.objects.filter(email__in=list(emails), verified=True)
    return dict(verified.values_list("email", "user_id"))


def consents_of(person: Person) -> Sequence[Consent]:
    """Return what a person accepted, with what they took back, latest first."""
    return list(Consent.objects.filter(person=person).order_by("-given_at", "-pk"))


def open_texts(person: Person) -> list[Text]:
    """List the texts whose current version this person has not accepted, or took back."""
    given = Consent.objects.filter(person=person, withdrawn_at=None)
    return rules.still_open(list(given.values_list("text", "version")))
