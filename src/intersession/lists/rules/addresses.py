"""Addresses: which ones mail can go to, those beside a list's own, and what each is for."""

import re
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 254
"""Letters of an address (RFC 5321, 4.5.3.1.3, without its brackets)."""

_LOCAL = re.compile(
    r"[^\x00-\x20\x7f-\x9f\"(),:;<>@\[\]\\.]+(?:\.[^\x00-\x20\x7f-\x9f\"(),:;<>@\[\]\\.]+)*\Z"
)
_LABEL = re.compile(r"(?!-)[^\W_](?:[^\W_]|-){0,62}(?<!-)\Z")


def normal(address: str) -> str:
    """Write an address as the roster keeps it: in small letters, without blanks around it."""
    return address.strip().lower()


def is_address(address: str) -> bool:
    """Test whether mail can go to this address (RFC 5321, 4.1.2; RFC 6531, 3.3)."""
    local, sign, domain = address.rpartition("@")
    if not sign or len(address) > LONGEST or len(local.encode("utf-8", "replace")) > 64:
        return False
    labels = domain.split(".")
    return (
        _LOCAL.match(local) is not None
        and len(labels) > 1
        and all(_LABEL.match(label) for label in labels)
        and not labels[-1].isdigit()
    )


def beside(address: str, what: str) -> str:
    """Return the address beside a list's own where mail does something: `talk-leave@…`."""
    local, _, domain = address.rpartition("@")
    return f"{local}-{what}@{domain}"


LOCAL_LENGTH = 128
"""Longer names before the `@` are none of ours (RFC 5321, 4.5.3.1.1 allows 64)."""
DOMAIN_LENGTH = 255


class Kind(StrEnum):
    """What a mail to an address of a list is for."""

    POST = "post"
    REQUEST = "request"
    JOIN = "join"
    LEAVE = "leave"
    CONFIRM = "confirm"
    OWNER = "owner"
    SECRETARIAT = "secretariat"
    BOUNCES = "bounces"
    ROLE = "role"
    ECHO = "echo"
    ANSWER = "answer"


SUFFIXES = {
    "request": Kind.REQUEST,
    "join": Kind.JOIN,
    "subscribe": Kind.JOIN,
    "leave": Kind.LEAVE,
    "unsubscribe": Kind.LEAVE,
    "owner": Kind.OWNER,
    "secretariat": Kind.SECRETARIAT,
}
TOKENED = {
    "confirm": Kind.CONFIRM, "bounces": Kind.BOUNCES, "echo": Kind.ECHO, "answer": Kind.ANSWER,
}  # fmt: skip
"""Kinds whose address bears a token; `-bounces` may come without, as older lists wrote it."""

ROLES = frozenset(
    [
        "postmaster", "abuse", "hostmaster", "webmaster", "noc", "security", "info", "support",
        "sales", "marketing", "news", "usenet", "www", "uucp", "ftp", "mailer-daemon",
    ]
)  # fmt: skip
"""The names of RFC 2142, and the one that mail servers write under."""
RESERVED = frozenset(["postmaster", "abuse", "mailer-daemon"])
"""Names that no list can take."""

_NAME = re.compile(r"[a-z0-9](?:[\w.-]*[a-z0-9])?\Z", re.ASCII)
_TOKEN = re.compile(r"[A-Za-z0-9._=-]{1,100}\Z")


@dataclass(frozen=True, slots=True)
class Recipient:
    """One reading of an address. Of a role `list_name` is empty and `role` its name."""

    list_name: str
    kind: Kind
    token: str
    domain: str
    role: str = ""


def read(address: str, delimiter: str = "+") -> tuple[Recipient, ...]:
    """
    Read a recipient in every way it can be meant, the likeliest first; none for what is no address.

    A list may be named `working-join`: so the whole name comes first as a list's own, and the
    caller takes the first reading whose list exists. Names are in small letters; a token keeps its
    letters. `delimiter` stands before a token (`-bounces+TOKEN`).
    """
    local, _at, domain = address.strip().strip("<>").rpartition("@")
    local = local[1:-1] if local[:1] == local[-1:] == '"' and len(local) > 2 else local
    if not local or not domain or len(local) > LOCAL_LENGTH or len(domain) > DOMAIN_LENGTH:
        return ()
    domain = domain.lower()
    name = local.lower()
    if name in RESERVED:
        return (Recipient("", Kind.ROLE, "", domain, name),)
    found = [Recipient(name, Kind.POST, "", domain)] if _NAME.match(name) else []
    found += _by_suffix(name, domain)
    found += _by_token(local, domain, delimiter)
    if name in ROLES:
        found.append(Recipient("", Kind.ROLE, "", domain, name))
    return tuple(found)


def _by_suffix(name: str, domain: str) -> list[Recipient]:
    stem, _hyphen, suffix = name.rpartition("-")
    kind = SUFFIXES.get(suffix) or (Kind.BOUNCES if suffix == "bounces" else None)
    return [Recipient(stem, kind, "", domain)] if kind and _NAME.match(stem) else []


def _by_token(local: str, domain: str, delimiter: str) -> list[Recipient]:
    """Read `NAME-confirm+TOKEN`; with a delimiter that names may hold, at each place it can be."""
    found = []
    for suffix, kind in TOKENED.items():
        mark = f"-{suffix}{delimiter}"
        for place in _places(local.lower(), mark):
            stem, token = local[:place].lower(), local[place + len(mark) :]
            if _NAME.match(stem) and _TOKEN.match(token):
                found.append(Recipient(stem, kind, token, domain))
    return found


def _places(text: str, mark: str) -> list[int]:
    return [found.start() for found in re.finditer(re.escape(mark), text)]


LONGEST_NAME = 24
"""Letters of a list's own name before the `@`: with `-confirm+` and a token it makes up 64."""


def is_spoken_for(local: str) -> bool:
    """Test whether mail to this name goes to an office or a program, or would beside a list."""
    name = local.lower()
    endings = (*SUFFIXES, *TOKENED)
    return name in ROLES | RESERVED or (name.rpartition("-")[2] in endings and "-" in name)
