"""What a list may ask to have added: a prefix of subjects, and a footer as a part of its own."""

import re
from base64 import encodebytes
from hashlib import sha256

from intersession.lists.rules.charsets import unfolded
from intersession.lists.rules.composing.heads import Head, name_of, value_of
from intersession.lists.rules.composing.words import encoded, plain

_SEALED = re.compile(
    rb"multipart/(?:signed|encrypted)|application/(?:x-)?pkcs7|application/pgp-|"
    rb"-----BEGIN PGP |smime-type",
    re.IGNORECASE,
)


def is_sealed(head: Head) -> bool:
    """Test whether a message, or a part of it, is signed or encrypted (RFC 1847, 3156, 8551)."""
    said = b"".join(head.named("Content-Type", "Content-Disposition"))
    return _SEALED.search(said) is not None or _SEALED.search(head.rest) is not None


def with_prefix(head: Head, prefix: str) -> Head:
    """Put a prefix before the subject where it is not in it; the subject's bytes stay."""
    prefix = plain(prefix, most=60)
    subjects = [one for one in head.fields if name_of(one) == b"subject"]
    if not prefix or (
        subjects and prefix in unfolded(value_of(subjects[0]).decode("utf-8", "surrogateescape"))
    ):
        return head
    written = prefix.encode() if prefix.isascii() else b" ".join(encoded(prefix + " "))
    if not subjects:
        return head.with_first([b"Subject: " + written])
    name, _, value = subjects[0].partition(b":")
    changed = name + b": " + written + (b" " + value.lstrip(b" \t") if value.strip() else head.end)
    return head.keeping(changed if one is subjects[0] else one for one in head.fields)


def with_footer(head: Head, footer: str) -> Head:
    """Add a footer as a part beside the message, whose bytes stay; not to sealed mail."""
    footer = footer.strip()
    if not footer or is_sealed(head):
        return head
    end, boundary = head.end, _boundary(head.body)
    inner = [one for one in head.fields if name_of(one).startswith(b"content-")]
    outer = [
        one for one in head.fields
        if not name_of(one).startswith(b"content-") and name_of(one) != b"mime-version"
    ]  # fmt: skip
    moved = Head(b"", tuple(inner), b"").block
    body = end.join((
        b"--" + boundary, moved + end + head.body,
        b"--" + boundary, b'Content-Type: text/plain; charset="utf-8"',
        b"Content-Transfer-Encoding: base64", b"Content-Disposition: inline", b"",
        encodebytes(footer.encode("utf-8", "replace")).replace(b"\n", end)
        + b"--" + boundary + b"--" + end,
    ))  # fmt: skip
    kind = b'Content-Type: multipart/mixed; boundary="' + boundary + b'"'
    edited = Head(b"", tuple(outer), end + body)
    return edited.with_first([b"MIME-Version: 1.0", kind])


def _boundary(body: bytes) -> bytes:
    """Make a boundary of the body, so that it is the same each time, and not in it."""
    boundary = sha256(body).hexdigest()[:32].encode()
    while boundary in body:
        boundary = sha256(boundary).hexdigest()[:32].encode()
    return boundary
