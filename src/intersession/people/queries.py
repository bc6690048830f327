"""Reading about people."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.core import signing
from django.db.models import Exists, Q, QuerySet

from intersession.journal.models import Entry
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
    found = OWNER(email=small) or MADE_WITH(email=small)
    if not found and email != small:
        found = MADE_WITH(email=email)
    return found[0] if found else None


def people_at(small: Any, email: Any) -> tuple[Exists, Exists]:
    """
    Return conditions: it is somebody's verified address, or an account was made with it.

    `person_at` finds somebody where either is so. `small` is the address in small letters.

    For questions that ask other things too, where most addresses are of nobody with an account.
    """
    owners = EmailAddress.objects.filter(email=small, verified=True)
    made_with = Person.objects.filter(Q(email=small) | Q(email=email))
    return Exists(owners), Exists(made_with)


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


INVITATION = "people.invitation"
ABOUT_INVITATIONS = ("people.invite_secretariat", "people.become_secretariat")


def invitation_token(person: Person, number: int, *, until: datetime) -> str:
    """Write the token of a one-time link; `number` is that of the invitation in the record."""
    return signing.dumps([person.pk, number, int(until.timestamp())], salt=INVITATION)


def invited_by(token: str) -> tuple[Person, int, datetime] | None:
    """Return who a link is for, its number in the record, and its end; None for a forged one."""
    try:
        pk, number, until = signing.loads(token, salt=INVITATION)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = Person.objects.filter(pk=pk).first()
    return (person, number, datetime.fromtimestamp(until, UTC)) if person else None


def is_last_invitation(person: Person, number: int) -> bool:
    """Test whether an invitation was neither used nor followed by another: the record tells."""
    told = Entry.objects.filter(thing=f"people.person:{person.pk}", verb__in=ABOUT_INVITATIONS)
    last = told.order_by("-number").values_list("number", flat=True).first()
    return last == number
