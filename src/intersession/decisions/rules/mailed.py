"""
A position read from the first line of a mail.

A mark, or a word, and nothing that makes it doubtful. A mark may be followed by words; a word
stands alone on its line or before a stop, a comma, a colon or a dash, so that a sentence which
only begins with it says nothing.
"""

import re
import unicodedata
from dataclasses import dataclass

from intersession.decisions.states import Doubt, Stance
from intersession.lists.rules.anew import written_anew
from intersession.lists.rules.commanding import same_word

LONGEST = 200
"""Signs of a first line that are looked at for a word."""


@dataclass(frozen=True, slots=True)
class Said:
    """A position, its reason, and of an objection the change that would remove it."""

    stance: Stance
    reason: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """A first line that speaks of a position and does not say which."""


MARKS = {
    "+1": Stance.SUPPORT, "+0": Stance.LIVE_WITH, "0": Stance.ABSTAIN, "-0": Stance.CONCERN,
    "-1": Stance.OBJECT,
}  # fmt: skip
WORDS = {
    Stance.SUPPORT: (
        "support", "I support", "I support it", "I support this", "agree", "I agree", "agreed",
        "je soutiens", "soutien", "d’accord", "je suis d’accord",
        "apoyo", "lo apoyo", "de acuerdo", "estoy de acuerdo",
        "поддерживаю", "я поддерживаю", "поддержка", "согласен", "согласна",
        "أؤيد", "أؤيده", "تأييد", "أدعم", "موافق", "موافقة", "أوافق",
        "支持", "我支持", "同意", "我同意", "赞成", "贊成",
    ),
    Stance.LIVE_WITH: (
        "can live with it", "I can live with it", "can live with this", "I can live with this",
        "je peux l’accepter", "je peux m’en accommoder", "acceptable",
        "puedo aceptarlo", "aceptable", "lo acepto",
        "могу согласиться", "могу с этим согласиться", "приемлемо",
        "أستطيع التعايش معه", "يمكنني قبوله", "أقبله", "مقبول", "أستطيع قبوله",
        "可以接受", "我可以接受", "能接受",
    ),
    Stance.ABSTAIN: (
        "abstain", "I abstain", "abstention",
        "je m’abstiens", "me abstengo", "abstención",
        "воздерживаюсь", "я воздерживаюсь", "أمتنع", "امتناع", "أمتنع عن اتخاذ موقف",
        "弃权", "棄權", "我弃权",
    ),
    Stance.CONCERN: (
        "concern", "concerns", "I have a concern", "I have concerns", "concerned",
        "préoccupation", "préoccupations", "j’ai une préoccupation", "réserve", "réserves",
        "j’ai des réserves", "preocupación", "preocupaciones", "tengo una preocupación",
        "reservas", "tengo reservas",
        "обеспокоенность", "озабоченность", "сомнения", "есть сомнения", "у меня есть сомнения",
        "قلق", "لدي قلق", "تحفظ", "لدي تحفظ", "مخاوف", "لدي مخاوف",
        "关切", "關切", "顾虑", "有顾虑", "担忧", "有保留",
    ),
    Stance.OBJECT: (
        "object", "I object", "objection", "I oppose", "opposed",
        "je m’oppose", "je m’y oppose", "objection", "opposition",
        "me opongo", "objeción", "возражаю", "я возражаю", "возражение", "против", "я против",
        "أعترض", "اعتراض", "أعارض", "معترض",
        "反对", "反對", "我反对", "异议", "有异议",
    ),
}  # fmt: skip
"""What people write, in the six languages of the UN."""
CHANGES = (
    "change", "changes", "proposed change", "changement", "modification", "cambio", "modificación",
    "изменение", "правка", "التغيير", "تغيير", "تعديل", "التعديل", "修改", "更改", "改动",
)  # fmt: skip
"""How the paragraph begins, before a colon, that says what would remove an objection."""

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-"))
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_MARK = re.compile(r"([+-]?)([ \t]?)([01])(?!\w)(?![.,:/'’]\d)(?!°|%)[ \t]*(.*)", re.DOTALL)
_STOPS = " \t.,;:!،؛。，；：！、()-–—"
_OTHER = re.compile(r"(?<![\w.+-])[+-][01](?![\w%])(?!\.\d)")
_NUMBERS = re.compile(r"\d")
_PHONE = 5
"""Digits in the rest of a line from which on its mark may be the beginning of a number to call."""
_AFTER_WORD = re.compile(r"\s*(?:[.,;:!،؛。，；：！、—–]|\s-\s|\s-$)\s*")
_QUOTES = "\"'“”«»<>*_ \t"


def said_in(text: str) -> Said | Unclear | None:
    """
    Read the position that a mail takes; None where its first line says nothing of one.

    `text` is the whole of a mail. Only what its author wrote anew counts: no quote, no signature.
    """
    first, _, rest = written_anew(text).partition("\n")
    line = _plain(first)
    stance = _by_mark(line) or _by_word(line)
    if stance is None or isinstance(stance, Unclear):
        return stance
    after = _after(first, is_mark=_MARK.match(line) is not None)
    reason, change = apart("\n".join(part for part in (after, rest) if part.strip()))
    return Said(stance, reason, change)


def _after(first: str, *, is_mark: bool) -> str:
    """Return what stands on the first line after its mark or word, in its author's own signs."""
    if is_mark:
        rest = first[next(n for n, sign in enumerate(first) if sign.isdecimal()) + 1 :]
    else:
        _head, *others = _AFTER_WORD.split(first, maxsplit=1)
        rest = others[0] if others else ""
    return rest.lstrip(_STOPS + _QUOTES).rstrip()


def lacking(stance: Stance, reason: str, change: str) -> Doubt | None:
    """Say what a position by mail lacks that the law of a call asks for; None where it is whole."""
    if stance in (Stance.CONCERN, Stance.OBJECT) and not reason.strip():
        return Doubt.NO_REASON
    if stance == Stance.OBJECT and not change.strip():
        return Doubt.NO_CHANGE
    return None


def completed(said: Said, answer: str) -> Said:
    """
    Fill in what a proposed position lacks from the answer to the letter that asked for it.

    An answer that begins with a position is a position of its own. Where only the change is asked
    for, the whole answer says it, whether a paragraph of it begins so or not.
    """
    if isinstance(anew := said_in(answer), Said):
        return anew
    reason, change = apart(written_anew(answer))
    if said.reason and not change:
        return Said(said.stance, said.reason, reason or said.change)
    return Said(said.stance, said.reason or reason, change or said.change)


def apart(text: str) -> tuple[str, str]:
    """Divide a text into the reason and the paragraph that says what change is asked for."""
    reasons: list[str] = []
    changes: list[str] = []
    for paragraph in re.split(r"\n[ \t]*\n", text):
        for part in _cut(paragraph):
            asked = _asked(part)
            if asked is None:
                reasons.append(part.strip())
            else:
                changes.append(asked)
    return _paragraphs(reasons), _paragraphs(changes)


def _paragraphs(parts: list[str]) -> str:
    return "\n\n".join(part for part in parts if part)


def _cut(paragraph: str) -> tuple[str, ...]:
    """Cut a paragraph where a line of it begins to ask for a change."""
    lines = paragraph.split("\n")
    place = next((n for n, line in enumerate(lines) if _asked(line) is not None), 0)
    return ("\n".join(lines[:place]), "\n".join(lines[place:])) if place else (paragraph,)


def _asked(part: str) -> str | None:
    head, colon, words = part.lstrip(_QUOTES).replace("：", ":", 1).partition(":")
    if not colon or len(head) > LONGEST or same_word(head.strip(_QUOTES)) not in _CHANGES:
        return None
    return words.strip(_QUOTES + "\n")


def _plain(line: str) -> str:
    """Write a line so that signs that look alike are alike; what nobody sees is left out."""
    line = unicodedata.normalize("NFKC", _UNSEEN.sub("", line)).translate(_DASHES)
    digits = (str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in line)
    return "".join(digits).strip(_QUOTES)


def _by_mark(line: str) -> Stance | Unclear | None:
    found = _MARK.match(line)
    if found is None:
        return None
    sign, blank, digit, after = found.groups()
    stance = MARKS.get(sign + digit)
    if stance is None or _is_something_else(sign, blank, after):
        return None
    is_doubtful = any(MARKS[other] != stance for other in _OTHER.findall(after))
    return Unclear() if is_doubtful else stance


def _is_something_else(sign: str, blank: str, after: str) -> bool:
    """Test whether a mark begins a list, a number to call, or a count (`0 people came`)."""
    words = after.strip(_STOPS)
    if blank and words:
        return True
    if len(_NUMBERS.findall(after)) >= _PHONE or after[:1].isdigit():
        return True
    return not sign and bool(words) and after[0] not in _STOPS


def _by_word(line: str) -> Stance | Unclear | None:
    head, *_ = _AFTER_WORD.split(line[:LONGEST], maxsplit=1)
    if stance := _STANCES.get(same_word(head)):
        return stance
    return Unclear() if same_word(head.rstrip("?？؟ ")) in _STANCES else None


_STANCES = {same_word(word): stance for stance, words in WORDS.items() for word in words}
_CHANGES = frozenset(map(same_word, CHANGES))
