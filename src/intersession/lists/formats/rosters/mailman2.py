"""The roster in a list's config.pck, as Mailman 2.1 keeps it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from intersession.lists.formats.rosters.refusals import NotARoster
from intersession.lists.rules.wishes import RosterRow, Wishes
from intersession.lists.states import Delivery, Style

# Bits of `user_options`, and values of `delivery_status`, as Mailman 2.1 counts them.
DISABLED, NO_OWN, PLAIN, HELD, NO_DUPLICATES = 1, 2, 8, 128, 256
ENABLED, BY_BOUNCE = 0, 4


def rows_of(settings: object) -> Iterator[RosterRow]:
    """
    Give the subscribers in the settings of a list: those of each message, then those of digests.

    Raises NotARoster where the settings hold none.
    """
    if not isinstance(settings, dict) or "members" not in settings:
        raise NotARoster(_("The file holds no members: it is no config.pck of Mailman 2.1."))
    return _rows(settings)


def _rows(settings: dict[Any, Any]) -> Iterator[RosterRow]:
    number = 0
    for name, delivery in (("members", Delivery.EACH), ("digest_members", Delivery.DAILY)):
        for address, cased in sorted(_texts(settings, name)):
            number += 1
            yield _row(settings, number, address, str(cased) if cased else address, delivery)


def _texts(settings: dict[Any, Any], name: str) -> list[tuple[str, Any]]:
    """Return the pairs of a dictionary whose keys are texts; none where it is no dictionary."""
    found = settings.get(name)
    pairs = found.items() if isinstance(found, dict) else ()
    return [
        (key, value if isinstance(value, str) else "")
        for key, value in pairs
        if isinstance(key, str)
    ]


def _row(
    settings: dict[Any, Any], number: int, key: str, address: str, delivery: Delivery
) -> RosterRow:
    options = _of(settings, "user_options", key)
    bits = options if isinstance(options, int) else 0
    status = _of(settings, "delivery_status", key)
    code = status[0] if isinstance(status, tuple) and status else ENABLED
    is_off = bool(bits & DISABLED) or code not in (ENABLED, BY_BOUNCE)
    language = _of(settings, "language", key)
    return RosterRow(
        number,
        address,
        Wishes(
            Delivery.NONE if is_off else delivery,
            Style.PLAIN if bits & PLAIN else Style.MIME,
            language=language if isinstance(language, str) else "",
            skips_addressed=bool(bits & NO_DUPLICATES),
            gets_own=not bits & NO_OWN,
        ),
        is_moderated=bool(bits & HELD),
        is_stopped=code == BY_BOUNCE,
    )


def _of(settings: dict[Any, Any], name: str, key: str) -> object:
    found = settings.get(name)
    return found.get(key) if isinstance(found, dict) else None
