"""The verbs of a person about themselves."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from intersession.journal.actions import record
from intersession.kit.answers import Refused, ensure
from intersession.kit.facts import publish
from intersession.people import permissions, queries, rules
from intersession.people.events import AddressProven, PersonRenamed
from intersession.people.models import Consent, Person
from intersession.people.rules import Description
from intersession.people.states import VERSIONS, Text

MOST_ADDRESSES = 10
INVITED_FOR = timedelta(hours=24)


@transaction.atomic
def arrive(email: str, *, at: datetime, language: str = "en") -> Person:
    """
    Return whom a proven address belongs to, making the account of somebody new.

    Raises Refused where the account is closed.
    """
    person = queries.person_at(email)
    if person is None:
        person = Person.objects.create_user(email.lower(), joined_at=at, language=language)
        record(person, "people.arrive", person, at=at, private=True)
    if not person.is_active:
        raise Refused(_("This account is closed. Write to the Secretariat to open it again."))
    is_first = not queries.addresses_of(person).exists()
    _address, is_new = EmailAddress.objects.get_or_create(
        user_id=person.pk, email=email.lower(), defaults={"verified": True, "primary": is_first}
    )
    if is_new:
        publish(AddressProven(person.pk, at))
    return person


@transaction.atomic
def describe(actor: Person, person: Person, description: Description, *, at: datetime) -> None:
    """
    Change how a person describes themselves; the region follows the country where none is said.

    Raises Denied unless the person does it. The record names the fields, never their content.
    """
    ensure(permissions.may_change(actor, person))
    region = description.region or rules.region_of(description.country)
    fields = asdict(replace(description, region=region))
    fields |= {name: list(fields[name]) for name in ("languages", "shown")}
    changed = [name for name, value in fields.items() if getattr(person, name) != value]
    if not changed:
        raise Refused(_("Nothing is different from what was there."))
    for name in changed:
        setattr(person, name, fields[name])
    person.save(update_fields=changed)
    record(actor, "people.describe", person, at=at, facts={"fields": changed}, private=True)
    if "name" in changed:
        publish(PersonRenamed(person.pk, at))


@transaction.atomic
def choose_language(actor: Person, language: str, *, at: datetime) -> None:
    """Choose the language of pages and letters. Raises Refused where it is chosen already."""
    if actor.language == language:
        raise Refused(_("This is your language already."))
    actor.language = language
    actor.save(update_fields=["language"])
    record(actor, "people.choose_language", actor, at=at, private=True)


@transaction.atomic
def consent(actor: Person, text: Text, version: str, *, at: datetime) -> Consent:
    """Accept a version of a text. Raises Refused where there is none such, or it was accepted."""
    if version not in VERSIONS[text]:
        raise Refused(_("There is no such version of this text."))
    given = Consent.objects.filter(person=actor, text=text, version=version, withdrawn_at=None)
    if given.exists():
        raise Refused(_("You have accepted this text already."))
    consent = Consent.objects.create(person=actor, text=text, version=version, given_at=at)
    record(
        actor, "people.consent", consent, at=at, title=str(text.label),
        facts={"text": text.value, "version": version}, private=True,
    )  # fmt: skip
    return consent


@transaction.atomic
def withdraw_consent(actor: Person, consent: Consent, *, at: datetime) -> None:
    """Take an acceptance back; that it was given stays known. Raises Denied to others."""
    ensure(permissions.may_change(actor, consent.person))
    if consent.withdrawn_at is not None:
        raise Refused(_("This was taken back already."))
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    record(
        actor, "people.withdraw_consent", consent, at=at, title=str(Text(consent.text).label),
        facts={"text": consent.text, "version": consent.version}, private=True,
    )  # fmt: skip


@transaction.atomic
def add_address(actor: Person, email: str, *, at: datetime) -> EmailAddress:
    """
    Add an address that its owner has just proven.

    Raises Refused where it belongs to somebody, or the person has ten already.
    """
    owner = queries.person_at(email)
    if owner is not None:
        raise Refused(_("This address belongs to an account already."))
    if queries.addresses_of(actor).count() >= MOST_ADDRESSES:
        raise Refused(_("An account holds ten addresses at most. Remove one first."))
    address = EmailAddress.objects.create(user_id=actor.pk, email=email.lower(), verified=True)
    record(actor, "people.add_address", actor, at=at, private=True)
    publish(AddressProven(actor.pk, at))
    return address


@transaction.atomic
def make_primary(actor: Person, address: EmailAddress, *, at: datetime) -> None:
    """Choose the address that letters go to. Raises Denied unless it is one of the actor's."""
    ensure(permissions.may_change(actor, Person.objects.get(pk=address.user_id)))
    if address.primary:
        raise Refused(_("This is your main address already."))
    queries.addresses_of(actor).update(primary=False)
    EmailAddress.objects.filter(pk=address.pk).update(primary=True)
    actor.email = address.email
    actor.save(update_fields=["email"])
    record(actor, "people.make_primary", actor, at=at, private=True)


@transaction.atomic
def remove_address(actor: Person, address: EmailAddress, *, at: datetime) -> None:
    """Remove an address. Raises Refused for the main one: without it nobody could sign in."""
    ensure(permissions.may_change(actor, Person.objects.get(pk=address.user_id)))
    if address.primary:
        raise Refused(_("This is your main address. Choose another main address first."))
    address.delete()
    record(actor, "people.remove_address", actor, at=at, private=True)


@transaction.atomic
def invite_secretariat(email: str, *, at: datetime) -> str:
    """
    Let the operator of the machine invite somebody to be Secretariat; return the link's token.

    It works once and for a day, and a later one voids it. Nobody gains a right before it is used.
    Raises Refused for somebody who is Secretariat already.
    """
    person = queries.person_at(email) or Person.objects.create_user(email.lower())
    if person.is_secretariat:
        raise Refused(_("This address belongs to somebody of the Secretariat already."))
    entry = record(None, "people.invite_secretariat", person, at=at)
    return queries.invitation_token(person, entry.number, until=at + INVITED_FOR)


@transaction.atomic
def become_secretariat(token: str, *, at: datetime) -> Person:
    """
    Use an invitation: whoever holds its link is Secretariat from now on.

    Raises Refused where the link is forged, too old, was used, or a later one was made.
    """
    invited = queries.invited_by(token)
    if invited is None:
        raise Refused(_("This link is none of ours. Check that it was copied whole."))
    person = Person.objects.select_for_update().get(pk=invited[0].pk)
    ensure_open(person, invited[1], invited[2], at=at)
    person.is_secretariat = True
    person.save(update_fields=["is_secretariat"])
    arrive(person.email, at=at, language=person.language)
    record(person, "people.become_secretariat", person, at=at, facts={"invitation": invited[1]})
    return person


def ensure_open(person: Person, number: int, until: datetime, *, at: datetime) -> None:
    """Raise Refused where an invitation works no more."""
    if at >= until:
        raise Refused(_("This link is older than a day. Ask the operator for a new one."))
    if not queries.is_last_invitation(person, number):
        raise Refused(_("This link was used already, or a later one was made. It works once."))
