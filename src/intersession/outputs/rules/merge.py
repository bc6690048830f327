"""Two people changed one text: put both changes together, paragraph by paragraph (diff3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from intersession.kit.markdown import paragraphs


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place that both changed: what is saved now, and what the second person wrote."""

    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The text with both changes. Where both changed one place, both wordings stand in it."""

    text: str
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class _Edit:
    """Pieces of the base from `start` to `end` become `pieces`."""

    start: int
    end: int
    pieces: tuple[str, ...]


def pieces(text: str) -> list[str]:
    """Cut a text at its blocks; joined again they are the text. Raises Refused above the limits."""
    text = text.replace("\r\n", "\n")
    lines = text.split("\n")
    starts = sorted({0, *(block.start for block in paragraphs(text))})
    ends = [*starts[1:], len(lines)]
    cut = ["\n".join(lines[a:b]) + "\n" for a, b in zip(starts, ends, strict=True)]
    return [piece for piece in cut if piece.strip()]


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Merge two changes of one base. Where only one side changed a place, that change holds."""
    origin = pieces(base)
    ours, others = _edits(origin, pieces(mine)), _edits(origin, pieces(theirs))
    out: list[str] = []
    conflicts: list[Conflict] = []
    done = 0
    for start, end, left, right in _regions(ours, others):
        out.extend(origin[done:start])
        done = end
        mine_now, theirs_now = _apply(origin, start, end, left), _apply(origin, start, end, right)
        if not right or mine_now == theirs_now:
            out.extend(mine_now)
        elif not left:
            out.extend(theirs_now)
        else:
            out.extend([*_ended(theirs_now), *_ended(mine_now)])
            conflicts.append(Conflict(_joined(theirs_now), _joined(mine_now)))
    out.extend(origin[done:])
    return Merged(_joined(out) + "\n", tuple(conflicts))


def _edits(origin: Sequence[str], changed: Sequence[str]) -> list[_Edit]:
    """Return what changed, as edits of the base in its order."""
    edits: list[_Edit] = []
    old, new = [p.strip() for p in origin], [p.strip() for p in changed]
    at = to = 0
    steps = [s for s in Indel.opcodes(old, new) if s.tag == "equal"]
    for start, end, into, upto in [
        *((s.src_start, s.src_end, s.dest_start, s.dest_end) for s in steps),
        (len(old), len(old), len(new), len(new)),
    ]:
        if start > at or into > to:
            edits.append(_Edit(at, start, tuple(changed[to:into])))
        at, to = end, upto
    return edits


def _regions(
    ours: Sequence[_Edit], others: Sequence[_Edit]
) -> Iterator[tuple[int, int, list[_Edit], list[_Edit]]]:
    """Gather edits of both sides that touch one another into regions of the base."""
    waiting = sorted(
        [(e.start, e.end, 0, e) for e in ours] + [(e.start, e.end, 1, e) for e in others],
        key=lambda row: row[:3],
    )
    while waiting:
        start, end, side, edit = waiting.pop(0)
        sides: tuple[list[_Edit], list[_Edit]] = ([], [])
        sides[side].append(edit)
        while waiting and (waiting[0][0] < end or waiting[0][0] == start):
            _, other_end, side, edit = waiting.pop(0)
            sides[side].append(edit)
            end = max(end, other_end)
        yield start, end, sides[0], sides[1]


def _apply(origin: Sequence[str], start: int, end: int, edits: Sequence[_Edit]) -> list[str]:
    """Return a region of the base as one side has it."""
    out: list[str] = []
    for edit in edits:
        out.extend(origin[start : edit.start])
        out.extend(edit.pieces)
        start = edit.end
    return [*out, *origin[start:end]]


def _ended(run: Sequence[str]) -> list[str]:
    """End a run with a blank line, so that the next paragraph does not join it."""
    return [*run[:-1], run[-1].rstrip("\n") + "\n\n"] if run else []


def _joined(run: Sequence[str]) -> str:
    """Join pieces; one that was the last of its text gets the blank line it needs."""
    joined = ""
    for piece in run:
        if joined and not joined.endswith("\n\n") and not _goes_on(joined, piece):
            joined = joined.rstrip("\n") + "\n\n"
        joined += piece
    return joined.strip("\n")


def _goes_on(before: str, piece: str) -> bool:
    """Test whether a piece is the next item or row of what stands before it."""
    last = before.rstrip("\n").rpartition("\n")[2].lstrip()
    mark = piece.lstrip()[:1]
    return bool(last) and (mark == last[:1] or (mark.isdigit() and last[:1].isdigit()))
