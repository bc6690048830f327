"""Taking a reply apart: the whole way from its text to comments on paragraphs."""

from collections.abc import Sequence

from intersession.outputs.rules.replying.aligning import Index, align, index_of
from intersession.outputs.rules.replying.lines import LENGTH, Row, rows_of
from intersession.outputs.rules.replying.placing import Answer, Placing, places_of
from intersession.outputs.rules.replying.receiving import Reply
from intersession.outputs.rules.replying.roles import judge
from intersession.outputs.rules.replying.shapes import (
    Draft,
    How,
    Line,
    Piece,
    Reading,
    Role,
)


def read(reply: Reply | str, drafts: Sequence[Draft]) -> Reading:
    """
    Take a reply to a mailed draft apart into what was written, each on what it answers.

    `drafts` are the versions that may be quoted; of equally good ones the one with the highest
    number counts. Every line is in exactly one piece or in `lines` with the role it was given:
    nothing goes without a trace. The time grows with the reply and the drafts, n log n at most.
    Nothing raises.
    """
    reply = reply if isinstance(reply, Reply) else Reply(reply)
    text, rest = reply.text[:LENGTH], reply.text[LENGTH:]
    rows = rows_of(text, is_flowed=reply.is_flowed, joins=reply.joins)
    if reply.is_automatic:
        return Reading((), tuple(_untouched(rows)), is_automatic=True)
    index = _quoted(rows, drafts)
    rows = judge(rows, index, name=reply.name)
    answers = list(Placing(rows, index).answers())
    pieces = tuple(_piece(answer, index) for answer in answers)
    whose = {id(row): n for n, answer in enumerate(answers) for row in answer.rows}
    lines = [_line(row, whose.get(id(row), -1)) for row in rows]
    if rest.strip():
        lines.append(Line(rows[-1].number + 1, 0, rest, Role.BEYOND))
    is_quoted = any(row.role is Role.QUOTED for row in rows)
    return Reading(pieces, tuple(lines), version=index.draft.number if is_quoted else 0)


def _quoted(rows: list[Row], drafts: Sequence[Draft]) -> Index:
    """Find the version that was quoted, and tell each word its place in it."""
    newest = sorted(drafts, key=lambda draft: -draft.number) or [Draft(0, ())]
    best, most = index_of(newest[0]), align(rows, index_of(newest[0]))
    held = [row.spots for row in rows]
    marked = sum(len(row.words) for row in rows if row.depth)
    for draft in newest[1:] if most < marked or not marked else ():
        index = index_of(draft)
        count = align(rows, index)
        if count > most:
            best, most, held = index, count, [row.spots for row in rows]
    for row, spots in zip(rows, held, strict=True):
        row.spots = spots
    return best


def _piece(answer: Answer, index: Index) -> Piece:
    told, found = answer.told, answer.found
    if not found:
        return Piece(told.text, told.wording, told.replaces)
    by_number = all(one.how is How.NUMBER for one in found)
    return Piece(
        text=told.text,
        wording=told.wording,
        replaces=told.replaces,
        places=places_of(found, index),
        version=index.draft.number,
        how=How.NUMBER if by_number else How.WORDS,
        likeness=round(min(one.likeness for one in found), 1),
        quoted=" ".join(one.quoted for one in found if one.quoted)[:300],
    )


def _line(row: Row, piece: int) -> Line:
    is_said = row.role in (Role.OWN, Role.WORDING)
    return Line(row.number, row.depth, row.text, row.role, piece if is_said else -1)


def _untouched(rows: Sequence[Row]) -> list[Line]:
    blank = Role.BLANK
    return [
        Line(row.number, row.depth, row.text, blank if row.role is blank else Role.AUTOMATIC)
        for row in rows
    ]
