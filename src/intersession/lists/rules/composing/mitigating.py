"""
From that names the list, where the author's domain would have the copy refused (RFC 6377, 7960).

Verify, then mitigate: a copy whose author is still proven by an aligned signature is left alone.
"""

from collections.abc import Callable, Iterable
from email.errors import MessageError
from email.utils import getaddresses

from intersession.lists.rules.charsets import unfolded
from intersession.lists.rules.composing.heads import Head, name_of
from intersession.lists.rules.composing.templates import Template
from intersession.lists.rules.composing.words import field, is_address, octets, phrase, plain
from intersession.lists.rules.headers import LONGEST, masked

LAX = frozenset({"", "none"})
"""Policies under which nobody refuses a copy: no record (empty), and p=none."""


def needs_mitigation(*, still_aligned: bool, policy: str | None) -> bool:
    """
    Say whether From has to name the list, by the policy that holds for the author's domain.

    A policy that could not be asked for (None), or is not understood, counts as a strict one.
    """
    return not still_aligned and (policy is None or policy.strip().lower() not in LAX)


def mitigated_when_needed(
    plain_copy: Template,
    mitigated_copy: Callable[[], Template],
    *,
    is_aligned: Callable[[bytes], bool],
    policy: Callable[[], str | None],
) -> Template:
    """
    Check the copy that was built, and take the other one only where it is needed.

    The policy is asked for only when the copy no longer proves its author.
    """
    if is_aligned(bytes(plain_copy)):
        return plain_copy
    if needs_mitigation(still_aligned=False, policy=policy()):
        return mitigated_copy()
    return plain_copy


def mitigated(head: Head, list_address: str, title: str, *, munges_reply_to: bool = False) -> Head:
    """
    Let From name the list, and keep who wrote: in Reply-To, or Cc where answers go to the list.

    An author's own Reply-To stays as it is. Signatures by others go, as each covers From
    (RFC 6376, 5.4) and none can hold. Raises ValueError for an address no field can hold.
    """
    if not is_address(list_address):
        raise ValueError("The address of the list cannot stand in a field.")
    written = _written(head)
    name = " via ".join(filter(None, (_names(written), plain(title) or list_address)))
    lines = [field("From", phrase(name) + b" <" + list_address.encode() + b">")]
    if written:
        lines.append(field("X-Original-From", written))
    gone = ["From", "X-Original-From", "DKIM-Signature", "X-Google-DKIM-Signature"]
    if written and addresses_of(written):
        if munges_reply_to:
            gone.append("Cc")
            lines.append(field("Cc", b", ".join((*map(octets, head.values("Cc")), written))))
        elif not any(head.values("Reply-To")):
            lines.append(field("Reply-To", written))
    return head.without(gone).with_first(lines)


def addresses_of(value: bytes) -> list[str]:
    """Give the addresses a field names, groups opened (RFC 6854), in small letters."""
    return [address.lower() for _, address in _mailboxes(value) if is_address(address)]


def without_broken_signatures(copy: Template, verifies: Callable[[bytes, int], bool]) -> Template:
    """Keep each DKIM-Signature that verifies on the copy, asked by its place from the top."""
    raw = bytes(copy)
    head = Head.of(raw)
    place, kept = -1, list[bytes]()
    for one in head.fields:
        if name_of(one) == b"dkim-signature":
            place += 1
            if not verifies(raw, place):
                continue
        kept.append(one)
    return Template.of(head.keeping(kept))


def _written(head: Head) -> bytes:
    written = b", ".join(filter(None, (octets(value) for value in head.values("From"))))
    if len(written) > LONGEST:
        return ", ".join(addresses_of(written)[:20]).encode()
    return written


def _names(written: bytes) -> str:
    """Name the authors: the first three, by their names or what stands before the @."""
    names = [
        plain(masked(unfolded(name)).strip(" \"'"), most=80) or address.partition("@")[0]
        for name, address in _mailboxes(written)
    ]
    return ", ".join([name for name in map(plain, names) if name][:3])


def _mailboxes(value: bytes) -> Iterable[tuple[str, str]]:
    text = value[:LONGEST].decode("utf-8", "surrogateescape")
    try:
        return getaddresses([text], strict=False)
    except (ValueError, IndexError, TypeError, AttributeError, RecursionError, MessageError):
        return []
