"""What the bar on every page of the demo shows."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from intersession.kit import clock
from intersession.kit.pages import here
from intersession.site.demo.people import COORDINATOR, MEMBER, PEOPLE, SECRETARIAT_ADDRESS


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody one can be in the demo; an empty address is a visitor."""

    email: str
    words: str
    current: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """The demo's moment, its people, and where its buttons lead."""

    now: datetime
    roles: list[Role]
    clock_url: str
    person_url: str
    here: str


def samples(email: str = "") -> list[Role]:
    """List the three people that the demo offers, marking the one who is signed in."""
    names = {person.key: person for person in PEOPLE}
    member, coordinator = names[MEMBER], names[COORDINATOR]
    table = [
        (member.email, _("%(name)s, member") % {"name": member.name}),
        (coordinator.email, _("%(name)s, coordinator") % {"name": coordinator.name}),
        (SECRETARIAT_ADDRESS, _("the Secretariat")),
    ]
    return [Role(address, words, address == email) for address, words in table]


def _roles(email: str) -> list[Role]:
    return [Role("", _("a visitor"), not email), *samples(email)]


def bar(request: HttpRequest) -> Bar | None:
    """Return the bar in a demo, None everywhere else."""
    if not settings.DEMO:
        return None
    user = getattr(request, "user", None)  # none where a request is turned away at the gate
    email = user.email if user is not None and user.is_authenticated else ""
    return Bar(
        now=clock.now(),
        roles=_roles(email),
        clock_url=reverse("demo-clock"),
        person_url=reverse("demo-person"),
        here=here(request) if request.method == "GET" else "/",
    )
