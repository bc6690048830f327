"""The first of the Secretariat comes by a link that the operator makes; it works once."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from intersession.journal.models import Entry
from intersession.kit.answers import Refused
from intersession.people import actions
from intersession.people.models import Person
from intersession.people.queries import addresses_of
from intersession.people.testing import NOON, a_person, the_secretariat

pytestmark = pytest.mark.django_db


def a_link(email: str = "new@example.org") -> str:
    told = StringIO()
    call_command("invite-secretariat", email, stdout=told)
    return "/" + told.getvalue().strip().split("/", 3)[3]


def test_a_link_makes_somebody_secretariat_and_signs_them_in(client: Client) -> None:
    link = a_link()
    page = client.get(link)
    assert page.status_code == 200
    assert "new@example.org" in page.text
    assert not Person.objects.get(email="new@example.org").is_secretariat

    done = client.post(f"{link}acceptance/")

    person = Person.objects.get(email="new@example.org")
    assert (done.status_code, person.is_secretariat) == (302, True)
    assert client.session["_auth_user_id"] == str(person.pk)
    assert [one.email for one in addresses_of(person)] == ["new@example.org"]
    assert not person.has_usable_password()
    verbs = list(Entry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs[0] == "people.invite_secretariat"
    assert "people.become_secretariat" in verbs


def test_a_link_works_once(client: Client) -> None:
    link = a_link()
    client.post(f"{link}acceptance/")
    Person.objects.update(is_secretariat=False)

    assert Client().get(link).status_code == 409
    assert Client().post(f"{link}acceptance/").status_code == 409
    assert not Person.objects.get(email="new@example.org").is_secretariat


def test_a_later_link_voids_the_one_before(client: Client) -> None:
    first, second = a_link(), a_link()

    assert client.post(f"{first}acceptance/").status_code == 409
    assert client.post(f"{second}acceptance/").status_code == 302


def test_a_link_ends_after_a_day() -> None:
    token = actions.invite_secretariat("new@example.org", at=NOON)

    with pytest.raises(Refused, match="older than a day"):
        actions.become_secretariat(token, at=NOON + timedelta(hours=24))
    assert actions.become_secretariat(token, at=NOON + timedelta(hours=23)).is_secretariat


def test_a_link_that_was_changed_is_none(client: Client) -> None:
    link = a_link()

    assert client.get(f"{link[:-3]}xx/").status_code == 404
    assert client.post(f"{link[:-3]}xx/acceptance/").status_code == 404
    with pytest.raises(Refused, match="none of ours"):
        actions.become_secretariat("x", at=NOON)


def test_somebody_who_is_signed_in_as_another_becomes_the_invited(client: Client) -> None:
    link = a_link()
    client.force_login(a_person())

    client.post(f"{link}acceptance/")

    assert Person.objects.get(pk=client.session["_auth_user_id"]).email == "new@example.org"


def test_an_account_that_is_there_is_used(client: Client) -> None:
    person = a_person()

    client.post(f"{a_link(person.email)}acceptance/")

    person.refresh_from_db()
    assert person.is_secretariat
    assert Person.objects.count() == 1


def test_who_is_secretariat_needs_no_link() -> None:
    with pytest.raises(CommandError, match="already"):
        a_link(the_secretariat().email)


def test_what_is_no_address_is_told() -> None:
    with pytest.raises(CommandError, match="no mail address"):
        a_link("nobody")
