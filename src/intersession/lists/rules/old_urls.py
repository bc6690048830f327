"""What addresses of other list servers tell: their place, their month, the message they show."""

import re
from datetime import date
from html import unescape
from urllib.parse import unquote, urlsplit

from intersession.lists.rules import identity

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH = re.compile(r"(\d{4})-([A-Za-z]+)\Z")
_QUARTER = re.compile(r"(\d{4})q([1-4])\Z")
_DAY = re.compile(r"(?:Week-of-Mon-)?(\d{4})(\d\d)(\d\d)\Z")
_YEAR = re.compile(r"(\d{4})\Z")
_ANSWERED = re.compile(
    r"mailto:[^\"'<>\s]{0,2000}?[?&](?:amp;)?In-Reply-To=([^\"'&<>\s]{1,1500})", re.I
)
_FILE = re.compile(r"attachments/(\d{8}/[0-9a-f]{1,40}/[^\"'<>\s]{1,200})")
_HASH = re.compile(r"/(?:message|thread)/([A-Z2-7]{32})(?:/|\Z)")
_BY_ID = re.compile(r"/d/msgid/[^/]+/(.+)\Z")
_IN_MONTH = re.compile(r"/(\d{4})/(\d{1,2})\Z")
_OF_LIST = re.compile(r"/(?:hyperkitty|archives|mailman3/hyperkitty)/list/([^/]+@[^/]+)")

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_ARCHIVED = re.compile(r"^Archived-At:\s*<\s*(https?://[^\s<>]{1,600})\s*>", re.I | re.M)
_NUMBER = re.compile(r"^X-Groupsio-Msg-?Num:\s*(\d{1,12})\s*$", re.I | re.M)


def place_of(url: str) -> tuple[str, str]:
    """Cut an address into host and path, as they are kept; the host in small letters."""
    parts = urlsplit(url if "//" in url else f"//{url}")
    return (parts.hostname or "").removesuffix("."), path_of(unquote(parts.path))


def path_of(path: str) -> str:
    """Write a path in one way: a folder and its index are one, and so are the two doors to it."""
    path = re.sub(r"/{2,}", "/", f"/{path}")
    if path.startswith("/mailman/private/"):
        path = path.replace("/mailman/private/", "/pipermail/", 1)
    return path.removesuffix("index.html").rstrip("/") or "/"


def month_of(volume: str) -> date | None:
    """Read which month a volume of pipermail begins in: `2016-June`, `2016q2`, a week or a day."""
    try:
        return _read_month(volume)
    except ValueError:
        return None


def _read_month(volume: str) -> date | None:
    if (found := _MONTH.match(volume)) and found[2].lower() in _MONTHS:
        return date(int(found[1]), _MONTHS.index(found[2].lower()) + 1, 1)
    if found := _QUARTER.match(volume):
        return date(int(found[1]), 3 * int(found[2]) - 2, 1)
    if found := _DAY.match(volume):
        return date(int(found[1]), int(found[2]), 1)
    return None


def is_volume(name: str) -> bool:
    """Test whether a folder is a volume of pipermail: those of a year have no month."""
    return month_of(name) is not None or _YEAR.match(name) is not None


def shown_id(page: str) -> str:
    """Read the id of the message that a page of pipermail shows, from the link that answers it."""
    found = _ANSWERED.search(page)
    return identity.message_id(unquote(unescape(found[1]))) if found else ""


def files_of(page: str) -> list[str]:
    """Read the paths of the files that a page of pipermail names, below its `attachments`."""
    return list(dict.fromkeys(unquote(unescape(found)) for found in _FILE.findall(page)))


def hash_in(path: str) -> str:
    """Read the hash of a message in an address of HyperKitty (X-Message-ID-Hash); empty if none."""
    found = _HASH.search(path)
    return found[1] if found else ""


def id_in(path: str) -> str:
    """Read the Message-ID in an address of Google Groups (`/d/msgid/…`); empty if none."""
    found = _BY_ID.match(path)
    return identity.message_id(f"<{found[1]}>") if found else ""


def list_in(path: str) -> str:
    """Read the address of the list in an address of HyperKitty; empty if none."""
    found = _OF_LIST.match(path)
    return found[1].lower() if found else ""


def month_in(path: str) -> date | None:
    """Read the month in an address of HyperKitty (`…/2016/6`), None if there is none."""
    found = _IN_MONTH.search(path)
    try:
        return date(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        return None


def told_in(head: bytes, host: str, base: str) -> list[tuple[str, str]]:
    """
    Read where a message was, from its fields: host and path.

    Archived-At (RFC 5064) where it names the old host; the number that Groups.io gave it.
    """
    end = _HEAD_END.search(head)
    fields = head[: end.start() if end else len(head)].decode("latin-1")
    places = [place_of(found) for found in _ARCHIVED.findall(fields)]
    told = [place for place in places if place[0] == host]
    if number := _NUMBER.search(fields):
        told.append((host, f"{base}/message/{number[1]}"))
    return told
