"""
Copies of the draft that carry no quote marks, and answers written into them.

Outlook and others put the mail they answer below the answer as it is. Since we know what we
mailed, what is not ours in there was written by somebody.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz.distance import Indel

from intersession.outputs.rules.replying.aligning import LEAST, Index
from intersession.outputs.rules.replying.lines import Row, cut_after, words
from intersession.outputs.rules.replying.shapes import Role

SHARE = 0.6
"""This share of a passage's words, of one paragraph, makes it a changed copy of that paragraph."""
NEAR = 60
"""Lines over which a copy may have been left for an answer."""
ASIDES = ("[", "(", "{", "<", "«", "*", "#", "/", "=", "→", "—", "【", "（", "《")


def mark_copies(rows: list[Row], index: Index) -> list[Row]:
    """Tell copies from answers among the unmarked lines; a line with both is cut in two."""
    found: list[Row] = []
    for run in _runs([part for row in rows for part in _apart(row)]):
        found += run if run[0].role is not Role.OWN else _judged(run, index, found)
    return found


_ASIDE = re.compile(r"\[[^\[\]]{2,}\]|<<[^<>]{2,}>>|\(\([^()]{2,}\)\)|\{[^{}]{2,}\}")


def _apart(row: Row) -> Iterator[Row]:
    """Give a copied line in parts where an answer in brackets was put into it."""
    found = _ASIDE.search(row.text) if row.role is Role.OWN and row.covered >= LEAST else None
    if found is None or row.is_copy:
        yield row
        return
    ends = [len(words(row.text[:place])) for place in found.span()]
    aside, rest = row.spots[ends[0] : ends[1]], row.spots[: ends[0]] + row.spots[ends[1] :]
    if max(aside, default=0) >= 0 or min(rest, default=-1) < 0:
        yield row
        return
    cuts = [0, *found.span(), len(row.text)]
    counts = [0, *ends, len(row.words)]
    for (begin, end), (first, last) in zip(pairwise(cuts), pairwise(counts), strict=True):
        if row.text[begin:end].strip():
            yield replace(
                row, text=row.text[begin:end], words=row.words[first:last],
                spots=row.spots[first:last],
            )  # fmt: skip


def _runs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Give lines that stand together: own ones between blank and marked ones."""
    run: list[Row] = []
    for row in rows:
        if run and row.role is not run[0].role:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _judged(run: list[Row], index: Index, before: Sequence[Row]) -> list[Row]:
    spots = [spot for row in run for spot in row.spots]
    if not any(spot >= 0 for spot in spots):
        return run
    if min(spots) >= 0 and all(after == spot + 1 for spot, after in pairwise(spots)):
        role = Role.QUOTED if _is_no_chance(spots, _last_quoted(before), index) else Role.OWN
    elif _is_changed_copy(run, index, before):
        role = Role.WORDING
    elif min(spots) >= 0:
        role = Role.QUOTED
    else:
        return list(_by_line(run, index))
    for row in run:
        row.role = role
    return run


def _is_no_chance(spots: Sequence[int], last: int, index: Index) -> bool:
    """Test whether words stand there as a copy: a few could be an answer in the draft's words."""
    paragraph = index.of(spots[0])
    if len(spots) >= 2 * LEAST or spots[0] == last + 1 or not 0 <= paragraph < len(index.starts):
        return True
    start, _ = index.span(paragraph)
    return spots[0] in (start, start + len(words(index.paragraphs[paragraph].mark)))


def _is_changed_copy(run: Sequence[Row], index: Index, before: Sequence[Row]) -> bool:
    """
    Test whether a passage is a paragraph of the draft with changes.

    Mostly it is the one quoted last. An answer that stands between whole lines of a copy, or after
    the end of a paragraph, is no change of it.
    """
    last = _last_quoted(before)
    first = next(spot for row in run for spot in row.spots if spot >= 0)
    if last >= 0 and first != last + 1 and _lay_beside(run, index.of(last), index):
        return True
    spots = [spot for row in run for spot in row.spots]
    of = Counter(index.of(spot) for spot in spots if spot >= 0)
    paragraph, most = of.most_common(1)[0]
    if not 0 <= paragraph < len(index.starts) or most < SHARE * len(spots):
        return False
    if min(spots) >= 0:
        return _is_cut(spots, paragraph, index)
    mixed = [row for row in run if 0 < row.covered < len(row.spots)]
    return any(_cut(row, index) is None and not _has_aside(row) for row in mixed)


def _is_cut(spots: Sequence[int], paragraph: int, index: Index) -> bool:
    """Test whether words are a paragraph from its beginning to its end, but not all of it."""
    start, end = index.span(paragraph)
    number = len(words(index.paragraphs[paragraph].mark))
    is_whole = spots[0] in (start, start + number) and spots[-1] == end - 1
    return is_whole and all(spot < after for spot, after in pairwise(spots))


def _last_quoted(before: Sequence[Row]) -> int:
    """Return the place of the word of the draft that was quoted last, -1 for none."""
    for row in reversed(before[-NEAR:]):
        if row.depth or row.role is Role.QUOTED:
            spots = [spot for spot in row.spots if spot >= 0]
            if spots:
                return spots[-1]
    return -1


def _lay_beside(run: Sequence[Row], paragraph: int, index: Index) -> bool:
    """
    Lay a passage beside a paragraph; where most of its words stand there in this order, note where.

    Paragraphs that begin alike would otherwise be taken for one another.
    """
    if not 0 <= paragraph < len(index.starts):
        return False
    start, end = index.span(paragraph)
    said = [word for row in run for word in row.words]
    if len(said) > 3 * (end - start) + LEAST:
        return False
    steps = [one for one in Indel.opcodes(index.words[start:end], said) if one.tag == "equal"]
    common = sum(one.src_end - one.src_start for one in steps)
    longest = max((one.src_end - one.src_start for one in steps), default=0)
    if common < SHARE * len(said) or longest < LEAST:
        return False
    spots = [-1] * len(said)
    for one in steps:
        spots[one.dest_start : one.dest_end] = range(start + one.src_start, start + one.src_end)
    for row in run:
        row.spots, spots = spots[: len(row.words)], spots[len(row.words) :]
    return True


def _by_line(run: Sequence[Row], index: Index) -> Iterator[Row]:
    """
    Read line by line: whole copied lines, then what was written.

    Words of the draft in the middle of what somebody writes are a mention, not a copy.
    """
    is_own = False
    for place, row in enumerate(run):
        if row.is_copy and (not is_own or _begins(row, index)):
            row.role = Role.QUOTED
            is_own = False
        elif not is_own and (count := _cut(row, index)):
            yield from _in_two(row, count)
            is_own = True
            continue
        elif _is_aside_in_copy(run, place):
            is_own = False
        else:
            is_own = True
        yield row


def _is_aside_in_copy(run: Sequence[Row], place: int) -> bool:
    """Test whether the copy goes on right after this line where it stopped before it."""
    before = next(
        (r.spots[-1] for r in reversed(run[max(0, place - NEAR) : place]) if r.is_copy), -2
    )
    after = next((r.spots[0] for r in run[place + 1 : place + NEAR] if r.is_copy), -2)
    return before >= 0 and after == before + 1


def _begins(row: Row, index: Index) -> bool:
    """Test whether a copied line begins a paragraph, so that a copy goes on here."""
    spot = row.spots[0]
    return not 0 <= index.of(spot) < len(index.starts) or spot == index.span(index.of(spot))[0]


def _cut(row: Row, index: Index) -> int | None:
    """Return after how many words a copied paragraph ends and an answer begins, None for never."""
    spots = row.spots
    count = next((n for n, spot in enumerate(spots) if spot < 0), len(spots))
    if not 0 < count < len(spots) or max(spots[count:]) >= 0:
        return None
    paragraph = index.of(spots[count - 1])
    if not 0 <= paragraph < len(index.starts):
        return None
    head, tail = cut_after(row.text, count)
    if words(head) != row.words[:count]:
        return None
    is_end = spots[count - 1] == index.span(paragraph)[1] - 1
    return count if is_end or tail.lstrip().startswith(ASIDES) else None


def _has_aside(row: Row) -> bool:
    return "[" in row.text and "]" in row.text and not row.text.lstrip().startswith("[")


def _in_two(row: Row, count: int) -> Iterator[Row]:
    head, tail = cut_after(row.text, count)
    yield replace(
        row, text=head, words=row.words[:count], spots=row.spots[:count], role=Role.QUOTED
    )
    yield replace(row, text=tail, words=row.words[count:], spots=row.spots[count:])
