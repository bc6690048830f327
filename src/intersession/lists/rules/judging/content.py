"""What a mail carries, as far as a judge needs it: programs, seals, a lone command."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from intersession.lists.rules.bodies import is_file
from intersession.lists.rules.charsets import decoded
from intersession.lists.rules.mime import Part, leaves, part_of

PARTS = 1000
"""A mail of more parts is not read to its end, and held."""
ENCLOSED = 4
"""Mails within mails beyond this are left closed."""
LONGEST_COMMAND = 60

PROGRAMS = frozenset(
    [
        "exe", "com", "scr", "pif", "bat", "cmd", "msi", "msp", "cpl", "dll", "jar", "js", "jse",
        "vbs", "vbe", "wsf", "wsh", "hta", "ps1", "lnk", "reg", "scf", "chm", "apk", "appx",
        "msix", "iso", "img", "vhd", "vhdx", "xll", "app", "dmg", "pkg", "deb", "rpm", "gadget",
        "inf", "url",
    ]
)  # fmt: skip
"""Name endings of files that run when they are opened, or carry such files unseen."""
PROGRAM_TYPES = frozenset(
    [
        "application/x-msdownload", "application/x-msdos-program", "application/x-dosexec",
        "application/vnd.microsoft.portable-executable", "application/x-executable",
        "application/x-msi", "application/x-bat", "application/hta", "application/java-archive",
    ]
)  # fmt: skip
_MAGIC = (b"MZ", b"\x7fELF")

_ENCRYPTED = re.compile(r"-----BEGIN PGP MESSAGE-----")
_UUENCODED = re.compile(r"^begin [0-7]{3,4} (\S[^\r\n]{0,200})", re.MULTILINE)
_END = re.compile(
    r"\s*(?:[>|]|-- ?$|_{5,}|-{3,}|(?:on|am|le|el|в) .{0,200}(?:wrote|schrieb|écrit|escribió)"
    r"|(?:from|von|de|от):\s|sent from my )",
    re.IGNORECASE,
)
_COMMANDS = {
    "leave": re.compile(
        r"(?:please )?(?:un-?subscribe|sign ?off|remove me|take me off|opt out"
        r"|d[ée]sabonn|d[ée]sinscri|abmelde|austrag|darme de baja|cancelar suscripci"
        r"|отписаться|отпишите|退订|取消订阅|إلغاء الاشتراك)",
        re.IGNORECASE,
    ),
    "join": re.compile(
        r"(?:please )?(?:subscribe|sign me up|add me)\b|s'abonner|suscribirme|подписаться|订阅",
        re.IGNORECASE,
    ),
    "help": re.compile(r"help\W*\Z|info\W*\Z", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Content:
    """What a judge finds in a mail's parts; overfull is one whose parts were not all looked at."""

    executables: tuple[str, ...]
    is_overfull: bool
    is_encrypted: bool
    is_signed: bool
    asks: str


def content_of(message: Part, subject: str) -> Content:
    """Look through the parts of a message, and the messages enclosed in it."""
    parts = list(islice(_all_leaves(message), PARTS + 1))
    texts = (part for part in parts if part.kind == "text/plain" and not part.is_attached)
    written = _text(next(texts, None))
    kind = message.kind
    return Content(
        executables=tuple(filter(None, map(_program, parts[:PARTS]))) + _enclosed_by_hand(written),
        is_overfull=len(parts) > PARTS or any(map(_is_closed, parts)),
        is_encrypted=_is_encrypted(message, kind) or _ENCRYPTED.search(written) is not None,
        is_signed=kind == "multipart/signed" or _is_smime(kind),
        asks=_asked(written, subject),
    )


def _all_leaves(message: Part, depth: int = 0) -> Iterator[Part]:
    for part in leaves(message):
        if part.kind == "message/rfc822" and depth < ENCLOSED:
            yield from _all_leaves(part_of(part.octets()), depth + 1)
        else:
            yield part


def _is_closed(part: Part) -> bool:
    """Test whether a part holds others that nobody looked at."""
    return part.kind.startswith("multipart/") or part.kind == "message/rfc822"


def _program(part: Part) -> str:
    """Name the program that a part is, empty where it is none."""
    kind = part.kind
    name = part.filename
    if not name and not is_file(part, kind):
        return ""
    ending = name.rstrip(" .").rpartition(".")[2].lower()
    if "." in name and ending in PROGRAMS:
        return name[:200]
    if kind in PROGRAM_TYPES or _first_octets(part).startswith(_MAGIC):
        return name[:200] or kind
    return ""


def _first_octets(part: Part) -> bytes:
    return Part(part.fields, part.body[:400].lstrip()[:72], [], part.default).octets()[:4]


def _enclosed_by_hand(text: str) -> tuple[str, ...]:
    """Find programs written into the text by uuencode."""
    names = _UUENCODED.findall(text) if "begin " in text else []
    return tuple(name for name in names if name.strip().rpartition(".")[2].lower() in PROGRAMS)


def _is_encrypted(message: Part, kind: str) -> bool:
    if kind == "multipart/encrypted":
        return True
    return _is_smime(kind) and "signed-data" not in message.fields.get("content-type", "").lower()


def _is_smime(kind: str) -> bool:
    return kind in ("application/pkcs7-mime", "application/x-pkcs7-mime")


def _text(part: Part | None) -> str:
    return decoded(part.octets()[:20_000], part.charset or "utf-8") if part else ""


def _asked(text: str, subject: str) -> str:
    """Read a lone command, from the body before any quote, or the subject above an empty body."""
    said: list[str] = []
    for line in text.lstrip().split("\n", 6)[:6]:
        if _END.match(line):
            break
        said.append(line)
    words = " ".join(" ".join(said).split()) or " ".join(subject.split())
    if not words or len(words) > LONGEST_COMMAND:
        return ""
    return next((name for name, form in _COMMANDS.items() if form.match(words)), "")
