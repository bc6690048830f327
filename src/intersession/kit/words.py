"""Time in words: dates, deadlines and what is left, as the design's README words them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.dates import get_timezone_location
from django.utils.dateformat import format as formatted
from django.utils.formats import localize
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def day(value: date) -> str:
    """Write a date, as in 3 December 2026; a moment is dated in UTC."""
    if isinstance(value, datetime):
        value = value.astimezone(UTC)
    return formatted(value, pgettext("format of a date", "j F Y"))


def partial_day(value: str) -> str:
    """Write a date of which the day or the month may not be known: 2024, 2024-05, 2024-05-14."""
    try:
        match value.split("-"):
            case [_year]:
                return value
            case [year, month]:
                first = date(int(year), int(month), 1)
                return formatted(first, pgettext("format of a month", "F Y"))
        return day(date.fromisoformat(value))
    except ValueError:
        return value


def moment(value: datetime) -> str:
    """Write a moment, as in 3 December 2026, 23:59 UTC."""
    time = formatted(value.astimezone(UTC), "H:i")
    return _("%(day)s, %(time)s UTC") % {"day": day(value), "time": time}


def deadline(until: datetime, zone: str = "UTC") -> str:
    """Write a deadline in UTC and, where the reader has another clock, in the reader's zone."""
    own = until.astimezone(_zone(zone))
    if own.utcoffset() == timedelta(0):
        return moment(until)
    told = {
        "utc": moment(until),
        "day": formatted(own, pgettext("format of a day in a year that is known", "j F")),
        "time": formatted(own, "H:i"),
        "city": _city(zone),
    }
    return _("%(utc)s; for you %(day)s, %(time)s in %(city)s") % told


def own_moment(value: datetime, zone: str) -> str:
    """Write a moment in the reader's zone, as in 4 December 2026, 02:59 in Nairobi."""
    own = value.astimezone(_zone(zone))
    told = {"day": day(own.date()), "time": formatted(own, "H:i"), "city": _city(zone)}
    return _("%(day)s, %(time)s in %(city)s") % told


def time_left(until: datetime, at: datetime) -> str:
    """Say how long is left: whole days, below two days hours; over is a word of its own."""
    left = until - at
    if left <= timedelta(0):
        return _("closed")
    if left < HOUR:
        return _("less than an hour left")
    if left < 2 * DAY:
        hours = left // HOUR
        return ngettext("%(count)d hour left", "%(count)d hours left", hours) % {"count": hours}
    days = left // DAY
    return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}


def time_until(since: datetime, at: datetime) -> str:
    """Say when something begins: in whole days, below two days in hours."""
    ahead = max(since - at, timedelta(0))
    if ahead < 2 * DAY:
        hours = max(ahead // HOUR, 1)
        return ngettext("in %(count)d hour", "in %(count)d hours", hours) % {"count": hours}
    days = ahead // DAY
    return ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}


def time_late(until: datetime, at: datetime) -> str:
    """Say how long something is overdue, in days begun."""
    days = max(-((until - at) // DAY), 1)
    return ngettext("%(count)d day late", "%(count)d days late", days) % {"count": days}


def size(octets: int) -> str:
    """Say how large something is, in steps of a thousand: bytes, kB, MB."""
    if octets < 1_000:
        return ngettext("%(n)s byte", "%(n)s bytes", octets) % {"n": octets}
    if octets < 1_000_000:
        return _("%(n)s kB") % {"n": octets // 1_000}
    whole, tenths = divmod(octets // 100_000, 10)
    return _("%(n)s MB") % {"n": localize(whole + tenths / 10 if tenths else whole)}


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _city(zone: str) -> str:
    language = (get_language() or "en").replace("-", "_")
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en")
    return get_timezone_location(zone, locale=locale, return_city=True)
