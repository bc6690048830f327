"""
The parts of a message (RFC 2045, 2046), cut straight out of its bytes.

As tolerant as the standard library's parser and several times faster: headers that break off,
boundaries that never come, ten thousand parts and parts within parts are all read without raising.
"""

import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.errors import MessageError
from email.message import Message

from intersession.lists.rules.charsets import unfolded

DEPTH = 30
"""Parts within parts beyond this are left closed."""

_FIELD = re.compile(r"([!-9;-~]{1,100})[ \t]*:[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)(?:\n|\Z)")
_FROM = re.compile(r">?From [^\n]*(?:\n|\Z)")
_END = re.compile(rb"\n\r?\n")
_TOP_END = re.compile(rb"\A\r?\n")
_BOUNDARY = re.compile(r'boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))', re.IGNORECASE)
_CHARSET = re.compile(r"""charset\*?\s*=\s*["']?([^\s"';]{1,60})""", re.IGNORECASE)
_KIND = re.compile(r"\s*([\w.+-]{1,60}/[\w.+-]{1,80})\s*(?:;|\Z|\s)")
_NAMED = re.compile(r"name\*?[\d*]*\s*=", re.IGNORECASE)
_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} [^\n]*\n", re.MULTILINE)


@dataclass(slots=True)
class Part:
    """A message or a part of one: its fields as written (the first of each name), and its body."""

    fields: Mapping[str, str]
    body: bytes
    every: list[tuple[str, str]]
    default: str = "text/plain"

    @property
    def kind(self) -> str:
        """The media type in small letters; what cannot be read as one is plain text."""
        field = self.fields.get("content-type")
        if field is None:
            return self.default
        found = _KIND.match(field)
        return found[1].lower() if found else "text/plain"

    @property
    def charset(self) -> str:
        """The charset as declared, empty where none is."""
        found = _CHARSET.search(self.fields.get("content-type", ""))
        return found[1] if found else ""

    @property
    def is_attached(self) -> bool:
        """Whether the sender marked the part as a file."""
        return self.fields.get("content-disposition", "").lstrip()[:10].lower() == "attachment"

    @property
    def filename(self) -> str:
        """The name of the file without any path, read as RFC 2183 and 2231 write it."""
        given = {name: self.fields.get(name, "") for name in _NAMING}
        if not any(map(_NAMED.search, given.values())):
            return ""
        message = Message()
        for name, value in given.items():
            if value:
                message[name] = value.replace("\r", "")
        try:
            name = message.get_filename() or ""
        except (MessageError, ValueError, TypeError, AttributeError, LookupError):
            return ""
        return unfolded(str(name)).rpartition("/")[2].rpartition("\\")[2]

    def octets(self) -> bytes:
        """Return the body as it was before it was encoded for transfer."""
        way = self.fields.get("content-transfer-encoding", "").strip(" \t\r\n\"'").lower()
        if way == "base64":
            return _from_base64(self.body)
        if way == "quoted-printable":
            return binascii.a2b_qp(self.body)
        if way in ("x-uuencode", "uuencode", "uue", "x-uue"):
            return _from_uu(self.body)
        return self.body


_NAMING = ("content-disposition", "content-type")


def part_of(raw: bytes, default: str = "text/plain") -> Part:
    """Divide a message or part into fields and body, at the blank line or where fields end."""
    if _TOP_END.match(raw):
        return Part({}, raw[2 if raw[:1] == b"\r" else 1 :], [], default)
    end = _END.search(raw)
    head = raw[: end.start() + 1] if end else raw
    text = head.decode("ascii", "surrogateescape")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    every: list[tuple[str, str]] = []
    place = 0
    while place < len(text):
        if field := _FIELD.match(text, place):
            every.append((field[1].lower(), field[2]))
        elif not (field := _FROM.match(text, place)):
            rest = text[place:].encode("ascii", "surrogateescape")
            return Part(
                _firsts(every), rest + (raw[end.start() + 1 :] if end else b""), every, default
            )
        place = field.end()
    return Part(_firsts(every), raw[end.end() :] if end else b"", every, default)


def _firsts(every: list[tuple[str, str]]) -> dict[str, str]:
    return dict(reversed(every))


def leaves(message: Part) -> Iterator[Part]:
    """Give the parts that are not made of parts, in their order; an enclosed message is one."""
    waiting = [(message, 0)]
    while waiting:
        part, depth = waiting.pop()
        inside = _inside(part) if depth < DEPTH else []
        if inside:
            waiting.extend((item, depth + 1) for item in reversed(inside))
        else:
            yield part


def _inside(part: Part) -> list[Part]:
    kind = part.kind
    if not kind.startswith("multipart/"):
        return []
    found = _BOUNDARY.search(part.fields["content-type"])
    boundary = (found[1] or found[2]).rstrip() if found else ""
    default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
    mark = b"--" + boundary.encode("ascii", "surrogateescape")
    return [part_of(piece, default) for piece in _between(part.body, mark)] if boundary else []


def _between(body: bytes, mark: bytes) -> Iterator[bytes]:
    """Give what lies between the lines of a boundary, up to its end or the end of the body."""
    begin = -1
    for at, after, is_end in _marks(body, mark):
        if begin >= 0:
            stop = at - 1 if body[at - 1 : at] == b"\n" else at
            stop = stop - 1 if body[stop - 1 : stop] == b"\r" else stop
            yield body[begin : max(begin, stop)]
        begin = -1 if is_end else after
        if is_end:
            return
    if begin >= 0:
        yield body[begin:]


def _marks(body: bytes, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    """Find the lines that are the boundary: where they begin and end, whether they are the last."""
    at = body.find(mark)
    while at >= 0:
        line = body.find(b"\n", at)
        end = len(body) if line < 0 else line + 1
        tail = body[at + len(mark) : end].strip() if end - at < len(mark) + 80 else b"?"
        if (at == 0 or body[at - 1 : at] == b"\n") and tail in (b"", b"--"):
            yield at, end, tail == b"--"
        at = body.find(mark, max(end - 1, at + 1))


def _from_base64(body: bytes) -> bytes:
    try:
        return binascii.a2b_base64(body)
    except (binascii.Error, ValueError):
        signs = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
        whole = signs[: len(signs) // 4 * 4 if len(signs) % 4 == 1 else len(signs)]
        try:
            return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
        except (binascii.Error, ValueError):
            return body


def _from_uu(body: bytes) -> bytes:
    begin = _UU_BEGIN.search(body)
    made = []
    for line in body[begin.end() if begin else 0 :].splitlines():
        if line.strip() == b"end":
            break
        try:
            made.append(binascii.a2b_uu(line))
        except binascii.Error:
            count = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
            try:
                made.append(binascii.a2b_uu(line[:count]))
            except binascii.Error:
                continue
    return b"".join(made)
