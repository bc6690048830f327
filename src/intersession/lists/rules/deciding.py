"""A moderator's decision by mail: one word on the first line. Nothing here raises."""

import re
from dataclasses import dataclass
from enum import StrEnum

from intersession.lists.rules.bodies import body_of
from intersession.lists.rules.commanding import LARGEST, own_lines, same_word
from intersession.lists.rules.mime import part_of
from intersession.lists.rules.robots import is_automatic

REASON_LENGTH = 1000


class Do(StrEnum):
    """What a moderator decides."""

    APPROVE = "approve"
    TRUST = "trust"
    REJECT = "reject"
    DISCARD = "discard"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, None where the first line says nothing we know; `reason` of a rejection."""

    do: Do | None
    reason: str = ""
    unread: str = ""


WORDS = {
    Do.APPROVE: (
        "approve", "approved", "accept", "approuver", "approuvé", "accepter", "aprobar",
        "aprobado", "aceptar", "одобрить", "одобрено", "принять", "موافقة", "موافق", "قبول",
        "批准", "通过", "同意",
    ),
    Do.TRUST: ("trust", "confiance", "confiar", "confianza", "доверять", "доверие", "ثقة", "信任"),
    Do.REJECT: (
        "reject", "rejected", "refuse", "rejeter", "refuser", "rechazar", "отклонить", "رفض",
        "拒绝", "退回",
    ),
    Do.DISCARD: (
        "discard", "discarded", "jeter", "supprimer", "descartar", "отбросить", "удалить",
        "تجاهل", "حذف", "丢弃", "删除",
    ),
}  # fmt: skip
"""What a moderator writes, in the six languages of the UN."""

_TABLE = {same_word(word): do for do, words in WORDS.items() for word in words}
_UNSPACED = tuple((word, do) for do, words in WORDS.items() for word in words if word[0] >= "一")
"""Words of a script without blanks, which the reason may follow at once."""
_CUT = re.compile(r"\s*[:：,，.。;；–—-]\s*|\s+")


def decision_in(raw: bytes) -> Decision | None:
    """
    Read what a moderator decided; None in a mail that no person wrote (RFC 3834, 2).

    Quoted lines and the signature say nothing. The reason of a rejection stands behind the word, or
    in the lines below it, down to an empty one.
    """
    message = part_of(raw[:LARGEST])
    if is_automatic(message.fields):
        return None
    return decision(body_of(message).text)


def decision(text: str) -> Decision:
    """Read a decision from what somebody wrote."""
    lines = list(own_lines(_first_paragraph(text)))
    if not lines:
        return Decision(None)
    do, rest = _first(lines[0].lstrip("\"'“”«»*_ "))
    if do is None:
        return Decision(None, unread=lines[0][:200])
    reason = " ".join([rest, *lines[1:]]).strip() if do is Do.REJECT else ""
    return Decision(do, reason[:REASON_LENGTH])


def _first_paragraph(text: str) -> str:
    """Cut a text at the first empty line below its first words."""
    return re.split(r"\n[ \t\r]*\n", text.replace("\r\n", "\n").strip("\n \t"), maxsplit=1)[0]


def _first(line: str) -> tuple[Do | None, str]:
    word, *rest = _CUT.split(line, maxsplit=1)
    if do := _TABLE.get(same_word(word)):
        return do, rest[0] if rest else ""
    for word, do in _UNSPACED:
        if line.startswith(word):
            return do, line.removeprefix(word).lstrip(" :：,，")
    return None, ""
