from typing import Any

from allauth.account.models import EmailAddress

from intersession.people import actions
from intersession.people.states import Text
from intersession.people.testing import NOON, a_person
from tests.doors import Door, World


def another_address(world: World) -> list[Any]:
    """Somebody else's address: nobody in the table owns it."""
    stranger = a_person()
    address = EmailAddress.objects.create(user=stranger, email=stranger.email, verified=True)
    return [address.pk]


def another_consent(world: World) -> list[Any]:
    """Somebody else's consent."""
    return [actions.consent(a_person(), Text.TERMS, "2026-11", at=NOON).pk]


def no_token(world: World) -> list[Any]:
    """A link that was never given."""
    return ["none"]


def a_text(world: World) -> list[Any]:
    """A text that is there."""
    return ["terms", "2026-11"]


DOORS = {
    "people:sign_in": Door("get", 200, 302, 302, 302),
    "people:sign_in_code": Door("get", 200, 200, 200, 200),
    "people:invited": Door("get", 404, 404, 404, 404, no_token),
    "people:acceptance": Door("post", 404, 404, 404, 404, no_token),
    "people:sign_out": Door("post", 302, 302, 302, 302),
    "people:language": Door("post", 400, 400, 400, 400),
    "people:welcome": Door("get", 302, 200, 200, 200),
    "people:profile": Door("get", 302, 200, 200, 200),
    "people:addresses": Door("get", 302, 200, 200, 200),
    "people:address_code": Door("get", 302, 200, 200, 200),
    "people:primary": Door("post", 302, 404, 404, 404, another_address),
    "people:removal": Door("post", 302, 404, 404, 404, another_address),
    "people:withdrawal": Door("post", 302, 404, 404, 404, another_consent),
    "people:text": Door("get", 200, 200, 200, 200, a_text),
}
