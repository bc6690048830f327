"""The signs of a mail read from its bytes. Reads anything, raises nothing."""

import re
from collections.abc import Mapping, Sequence
from email.utils import getaddresses
from urllib.parse import unquote

from intersession.lists.rules import identity
from intersession.lists.rules.charsets import decoded, unfolded
from intersession.lists.rules.headers import LONGEST, writer
from intersession.lists.rules.judging.content import content_of
from intersession.lists.rules.judging.robots import is_server, wants_no_answer
from intersession.lists.rules.judging.signs import Signs
from intersession.lists.rules.judging.spam import spam_of
from intersession.lists.rules.mime import Part, part_of
from intersession.lists.rules.robots import auto_submitted, is_away, is_marked_reply
from intersession.lists.rules.subjects import reply_depth

READ = 64_000
"""Signs of To and Cc that are read."""
ONCE = (
    "from", "sender", "reply-to", "to", "cc", "message-id", "in-reply-to", "references", "subject",
    "date",
)  # fmt: skip
"""Fields that may stand only once (RFC 5322, 3.6)."""
DIGEST = "digest."
"""The Message-IDs of our digests begin so."""

type Fields = Mapping[str, Sequence[str]]

_ADDRESS = re.compile(r"""[^\s<>@,;:"()\[\]\\]{1,64}@[\w-]+(?:\.[\w-]+)*""")
_MAILTO = re.compile(r"mailto:([^\s<>?,]{3,320})", re.IGNORECASE)
_IN_ANGLES = re.compile(r"<([^<>]{1,300})>")
_DIGEST = re.compile(r"\bdigest\b\W{0,4}(?:vol|issue|nr|no\b|num|#|\d)", re.IGNORECASE)


def signs(raw: bytes, envelope: str) -> Signs:
    """Read the signs of a mail; `envelope` is the sender of its SMTP transaction, maybe empty."""
    message = part_of(raw)
    fields = gathered(message)
    authors, is_clear = authors_of(fields.get("from", ()))
    subject = unfolded(message.fields.get("subject", "")[:LONGEST])
    references = identity.references(
        message.fields.get("references", ""), message.fields.get("in-reply-to", "")
    )
    content = content_of(message, subject)
    is_spam, score = spam_of(fields)
    return Signs(
        size=len(raw),
        envelope=envelope.strip().strip("<>").lower(),
        authors=authors,
        is_clear=is_clear,
        doubled=frozenset(name for name in ONCE if len(fields.get(name, ())) > 1),
        message_id=identity.message_id(message.fields.get("message-id", "")),
        nodes=tuple(map(identity.node_of, references)),
        named=_named(fields),
        list_ids=frozenset(map(_list_id, fields.get("list-id", ()))),
        list_posts=frozenset(_posts(fields)),
        received=len(fields.get("received", ())),
        auto_submitted=auto_submitted(message.fields),
        precedence=message.fields.get("precedence", "").strip().lower(),
        is_daemon=is_server(authors) or is_server((envelope,)),
        is_auto_reply=is_marked_reply(message.fields),
        is_away=is_away(subject),
        is_report=_is_report(message),
        wants_no_answer=wants_no_answer(message.fields, authors),
        is_spam=is_spam,
        spam_score=score,
        executables=content.executables,
        is_overfull=content.is_overfull,
        is_encrypted=content.is_encrypted,
        is_signed=content.is_signed,
        is_reply_to_digest=_answers_digest(subject, references),
        asks=content.asks,
    )


def gathered(message: Part) -> dict[str, list[str]]:
    """Gather the fields of a message by name, all of each, in their order."""
    fields: dict[str, list[str]] = {}
    for name, value in message.every:
        fields.setdefault(name, []).append(value)
    return fields


def authors_of(froms: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """
    Read every address of the From fields, and whether all ways of reading agree on one.

    Readers differ on `a@here <b@there>` or on a comment within an address: what one program shows
    must be what another one authenticated, so that a field read in two ways is not clear.
    """
    written = [_ascii_or_more(value[:LONGEST]) for value in froms]
    lenient = _addresses(written, strict=False)
    if len(lenient) != 1 or len(froms) != 1:
        return tuple(lenient), False
    is_clear = _addresses(written, strict=True) == lenient and "@" in lenient[0]
    return tuple(lenient), is_clear and writer(froms[0])[1] == lenient[0]


def _addresses(fields: list[str], *, strict: bool) -> list[str]:
    try:
        found = getaddresses(fields, strict=strict)
    except (ValueError, IndexError, TypeError, AttributeError, RecursionError):
        return []
    return list(dict.fromkeys(address.lower() for _name, address in found if "@" in address))


def _ascii_or_more(value: str) -> str:
    text = " ".join(value.split())
    return text if text.isascii() else decoded(text.encode("utf-8", "surrogateescape"))


def _named(fields: Fields) -> frozenset[str]:
    names = ("to", "cc", "resent-to", "resent-cc")
    written = " ".join(value for name in names for value in fields.get(name, ()))
    return frozenset(address.lower() for address in _ADDRESS.findall(written[:READ]))


def _list_id(value: str) -> str:
    found = _IN_ANGLES.findall(value[:LONGEST])
    return (found[-1] if found else value[:LONGEST]).strip().lower()


def _posts(fields: Fields) -> list[str]:
    written = [value[:LONGEST] for value in fields.get("list-post", ())]
    return [unquote(address).lower() for value in written for address in _MAILTO.findall(value)]


def _is_report(message: Part) -> bool:
    return message.kind in (
        "multipart/report", "message/delivery-status", "message/feedback-report",
        "message/disposition-notification",
    )  # fmt: skip


def _answers_digest(subject: str, references: tuple[str, ...]) -> bool:
    if references and references[-1].startswith(DIGEST):
        return True
    return _DIGEST.search(subject) is not None and reply_depth(subject) > 0
