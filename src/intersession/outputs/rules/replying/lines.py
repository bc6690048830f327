"""The lines of a reply: quote marks told from words, soft ends joined."""

import re
from dataclasses import dataclass, field

from intersession.outputs.rules.replying import said
from intersession.outputs.rules.replying.shapes import Role

LENGTH = 1_000_000
"""Characters of a reply that are taken apart; what is beyond is left off, with that reason."""
INVISIBLE = dict.fromkeys(
    [0xAD, 0x61C, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)]
)
"""Signs without a shape: soft hyphens, joiners, marks of direction."""

_HIDDEN = "[\xad\u061c\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]"
_MARKS = re.compile(
    rf"(?:[ \t\xa0\u3000]|{_HIDDEN})*"
    rf"(?:[A-Z]{{1,3}}(?=>)|)((?:(?:&gt;|[>|｜»])(?:[ \t\xa0]|{_HIDDEN})?)+)"
)
_MARK = re.compile(r"&gt;|[>|｜»]")
_BARS = ("|", "｜", "»")
_TABLE = re.compile(r"[ \t\xa0]*\|.*\|[ \t\xa0]*$")
_BREAK = re.compile(r"\r\n?|\u2028|\u2029|\x85|\x0b|\x0c")
_WORD = re.compile(
    r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]"
    r"|[^\W_\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]+"
)


@dataclass(slots=True)
class Row:
    """
    A line while it is being read: words of it as they are compared, and what they are of.

    `spots` tells for each word its place in the draft, -1 for none.
    """

    number: int
    depth: int
    text: str
    words: list[str]
    spots: list[int] = field(default_factory=list)
    role: Role = Role.OWN

    @property
    def covered(self) -> int:
        """How many words stand in the draft."""
        return len(self.spots) - self.spots.count(-1)

    @property
    def is_copy(self) -> bool:
        """Whether every word stands in the draft, and there is one."""
        return bool(self.spots) and -1 not in self.spots


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared; Chinese and Korean sign by sign."""
    text = text if text.isascii() else text.translate(INVISIBLE)
    return _WORD.findall(text.casefold())


def spans_of(text: str) -> list[tuple[int, int]]:
    """Return where each word of a text begins and ends; none where hidden signs divide words."""
    found = [one.span() for one in _WORD.finditer(text)]
    return found if len(found) == len(words(text)) else []


def cut_after(text: str, count: int) -> tuple[str, str]:
    """Cut a line after so many words; signs that close a sentence stay with the first part."""
    text = text.translate(INVISIBLE)
    end = 0
    for place, found in enumerate(_WORD.finditer(text), 1):
        if place == count:
            end = found.end()
            break
    closing = _CLOSING.match(text, end)
    end = closing.end() if closing else end
    return text[:end], text[end:]


_CLOSING = re.compile(r"[.!?,;:…。！？，、؟،؛’”\"')\]»]*")


def rows_of(text: str, *, is_flowed: bool = False, joins: bool = False) -> list[Row]:
    """
    Cut a text into lines with their depth of quotation.

    Flowed lines are joined as RFC 3676 (4.1, 4.2) says; `joins` is its `DelSp=yes`.
    """
    text = _BREAK.sub("\n", text) if not text.isprintable() else text
    lines = text.split("\n")
    told = _flowed(lines, joins=joins) if is_flowed else enumerate(map(_marked, lines))
    rows = [Row(n, depth, part, words(part)) for n, (depth, body) in told for part in _run_on(body)]
    _unescape(rows, lines)
    for row in rows:
        if not row.words and not row.text.translate(INVISIBLE).strip():
            row.role = Role.BLANK
        elif row.depth:
            row.role = Role.OTHER
    return rows


def _run_on(line: str) -> tuple[str, ...]:
    """Part a sentence that says who wrote what follows from what follows it in its line."""
    found = said.RUN_ON.match(line[: said.LONGEST]) if "@" in line else None
    return (line[: found.end(1)], line[found.end() :]) if found else (line,)


def _marked(line: str) -> tuple[int, str]:
    """Tell the depth of quotation from the words; a row of a table is no quotation."""
    if line[:2] == "> " and line[2:3].isalnum():
        return 1, line[2:]  # what nearly all quoted lines look like
    if line[:1].isalnum() and ">" not in line[:4]:
        return 0, line
    found = _MARKS.match(line)
    if found is None or _TABLE.match(line):
        return 0, line
    return len(_MARK.findall(found[1])), line[found.end() :]


def _flowed(lines: list[str], *, joins: bool) -> "list[tuple[int, tuple[int, str]]]":
    told: list[tuple[int, tuple[int, str]]] = []
    goes_on = False
    for number, line in enumerate(lines):
        body = line.lstrip(">")
        depth = len(line) - len(body)
        body = body.removeprefix(" ")
        is_soft = body.endswith(" ") and body != "-- "
        if goes_on and told and told[-1][1][0] == depth and body != "-- ":
            first, (_, begun) = told[-1]
            told[-1] = first, (depth, (begun[:-1] if joins else begun) + body)
        else:
            told.append((number, (depth, body)))
        goes_on = is_soft
    # Programs that call their text flowed quote with other marks and with blanks before them too.
    return [(n, line if line[0] else _marked(line[1])) for n, line in told]


def _unescape(rows: list[Row], lines: list[str]) -> None:
    """Take a `>From` of a mailbox, and a bar alone, for written where no quotation is near."""
    for place, row in enumerate(rows):
        if row.depth != 1 or _is_in_quotes(rows, place):
            continue
        if row.text.startswith("From "):
            row.depth = 0
        elif lines[row.number].lstrip()[:1] in _BARS:
            row.depth, row.text = 0, lines[row.number]


def _is_in_quotes(rows: list[Row], place: int) -> bool:
    around = rows[max(0, place - 1) : place] + rows[place + 1 : place + 2]
    return any(row.depth for row in around)
