"""Words in fields: encoded where they are not ASCII, quoted where need be, folded at blanks."""

import re
from base64 import b64encode

WIDTH = 76
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_OCTETS = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]+")
_ATOMS = re.compile(r"[\w!#$%&'*+/=?^`{|}~ -]*", re.ASCII)
_URL = re.compile(r"[!-;=?-~]+")
_ADDRESS = re.compile(
    r"[^\x00-\x20\x7f<>\"(),:;\[\]\\@\ud800-\udfff]{1,64}@[^\x00-\x20\x7f<>\"(),:;\\@\ud800-\udfff]{1,255}"
)


def plain(text: str, *, most: int = 200) -> str:
    """Take signs that steer terminals or writing direction out of a name, and what is too long."""
    return " ".join(_CONTROLS.sub(" ", text).split())[:most].strip()


def phrase(name: str) -> bytes:
    """Write a name before an address (RFC 5322, 3.2.5; RFC 2047, 5.3)."""
    name = plain(name)
    if not name.isascii():
        return b" ".join(encoded(name))
    if _ATOMS.fullmatch(name) and "=?" not in name:
        return name.encode()
    return b'"' + re.sub(r'(["\\])', r"\\\1", name).encode() + b'"'


def encoded(text: str) -> list[bytes]:
    """Write text as encoded words of at most 75 octets, none of which cuts a sign (RFC 2047, 2)."""
    pieces, piece = [], ""
    for sign in text:
        if len((piece + sign).encode()) > 45:
            pieces.append(piece)
            piece = ""
        piece += sign
    return [b"=?utf-8?b?" + b64encode(one.encode()) + b"?=" for one in (*pieces, piece)]


def octets(value: bytes) -> bytes:
    """Take line ends and controls out of what another field held."""
    return _OCTETS.sub(b"", value).strip()


def field(name: str, value: bytes) -> bytes:
    """Write one field, folded at blanks into lines of 76 octets where it has blanks (RFC 5322)."""
    lines, line = [], name.encode() + b":"
    for word in value.split():
        if len(line) + 1 + len(word) > WIDTH and line.strip() and not line.endswith(b":"):
            lines.append(line)
            line = b""
        line += b" " + word
    return b"\r\n".join((*lines, line))


def way(to: str) -> bytes:
    """
    Write a way in angle brackets: an address as `mailto:`, a URL as it is (RFC 2369, 2).

    Raises ValueError for what would break the field.
    """
    url = to if ":" in to else f"mailto:{to}"
    if not _URL.fullmatch(url) or not (":" in to or is_address(to)):
        raise ValueError("This way is neither an address nor a URL.")
    return b"<" + url.encode() + b">"


def is_address(text: str) -> bool:
    """Test whether a text is a plain address, safe in a field and on the wire; maybe in UTF-8."""
    return _ADDRESS.fullmatch(text) is not None
