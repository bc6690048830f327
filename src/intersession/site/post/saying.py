"""How mail stands, in words and as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from intersession.site.post.names import Named
from intersession.site.post.status import Status

MARKS = {"good": "✓", "odd": "!", "bad": "✗", "unasked": "?"}


def lines(told: Status, names: Sequence[Named] | None) -> Iterator[str]:
    """Say everything, the alarms first."""
    for alarm in told.alarms:
        yield f"✗ {alarm}"
    if not told.alarms:
        yield "✓ What is archived has been sent out, or is on its way in time."
    yield from _queue(told)
    yield from _letters(told)
    yield from _lists(told)
    yield from _held(told)
    yield from _unread(told)
    yield from _names(names)


def _queue(told: Status) -> Iterator[str]:
    queue = told.queue
    yield ""
    yield f"Copies that wait: {queue.copies:,} in {queue.parcels:,} parcels" + (
        f", the oldest due for {ago(queue.due_at, told.at)}" if queue.due_at else ""
    )
    if queue.in_hand:
        yield f"  {queue.in_hand:,} of them are in a worker’s hand"
    if queue.paused:
        yield f"  {queue.paused:,} more are paused"
    for one in queue.relays:
        yield f"  {one.copies:>9,}  {one.name}: {one.subject} ({one.state})"
    yield f"Workers alive: {told.workers}"
    yield _echo(told)


def _echo(told: Status) -> str:
    if told.echo is None:
        return "Last mail to ourselves: none in eight days; `intersession mail test` sends one"
    how = "its signature held" if told.echo.is_proven else "its signature did not hold: see --dns"
    return f"Last mail to ourselves: {_moment(told.echo.at)} by {told.echo.name}; {how}"


def _letters(told: Status) -> Iterator[str]:
    since = (
        f", the oldest due for {ago(told.letters.due_at, told.at)}" if told.letters.due_at else ""
    )
    yield (
        f"Letters that wait: {told.letters.waiting:,}{since}; given up: {told.letters.failed:,}; "
        f"came back in the last week: {told.letters.returned:,}"
    )


def _lists(told: Status) -> Iterator[str]:
    if not told.lists:
        return
    yield ""
    yield f"{'list':<24}{'arrived':<18}{'archived':<18}{'sent to all':<18}newest post"
    for one in told.lists:
        moments = (one.arrived_at, one.archived_at, one.sent_at, one.newest_post)
        yield f"{one.name[:23]:<24}" + "".join(f"{_moment(at):<18}" for at in moments).rstrip()


def _held(told: Status) -> Iterator[str]:
    if told.held:
        yield ""
    for one in told.held:
        who = "a moderator" if one.state == "held" else "their sender"
        since = ago(one.oldest_at, told.at)
        yield f"{one.name}: {one.count} wait for {who}, the oldest for {since}"


def _unread(told: Status) -> Iterator[str]:
    """Say what could not be read, where there is any: kept as it came, and with the owners."""
    unread = told.unread
    if unread.posts or unread.reports:
        yield ""
    if unread.posts:
        newest = _moment(unread.newest_at)
        yield (
            f"Posts of the last week that could not be read: {unread.posts:,}, the newest of "
            f"{newest}; kept as they came"
        )
    if unread.reports:
        yield f"Reports of the last week that could not be read: {unread.reports:,}"


def _names(names: Sequence[Named] | None) -> Iterator[str]:
    yield ""
    if names is None:
        yield "DNS was not asked; --dns asks it."
    for one in names or ():
        yield f"{MARKS[one.level]} {one.domain} {one.what}: {one.words}".replace("  ", " ")
        if one.paste:
            yield f"    {one.paste}"


def _moment(at: datetime | None) -> str:
    return f"{at:%F %R}" if at else "never"


def ago(since: datetime, at: datetime) -> str:
    """Write how long ago a moment was, in one unit."""
    seconds = max(0, int((at - since) / timedelta(seconds=1)))
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if count := seconds // size:
            return f"{count} {name}{'s' if count > 1 else ''}"
    return "less than a minute"


def as_values(told: Status, names: Sequence[Named] | None) -> dict[str, Any]:
    """Return everything as values of JSON."""
    found = {**asdict(told), "dns": None if names is None else [asdict(one) for one in names]}
    values: dict[str, Any] = plain(found)
    return values


def plain(value: Any) -> Any:
    """Write moments as text (ISO 8601), through and through."""
    match value:
        case datetime():
            return value.isoformat()
        case dict():
            return {name: plain(one) for name, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
    return value
