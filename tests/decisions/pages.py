"""How the tests of pages read a page and speak through it."""

from html import unescape

from django.test import Client

from intersession.decisions.models import Call
from intersession.decisions.testing import HOUR
from intersession.people.models import Person
from intersession.people.testing import NOON

LATER = NOON + 5 * HOUR


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(client: Client, call: Call) -> str:
    response = client.get(call.get_absolute_url())
    assert response.status_code == 200
    return unescape(response.content.decode())


def said(**more: object) -> dict[str, object]:
    return {"capacity": "personal", "round": 1, **more}
