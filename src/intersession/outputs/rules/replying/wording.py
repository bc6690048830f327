"""Wording that somebody suggests, told from what they say about it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intersession.outputs.rules.replying import said
from intersession.outputs.rules.replying.aligning import Index
from intersession.outputs.rules.replying.lines import Row
from intersession.outputs.rules.replying.shapes import Role

WHOLE = 0.8
"""A changed copy that reaches over this share of a paragraph stands for all of it."""
FAR = 3
"""Words apart, for each word, at which a word at the end of a changed copy is there by chance."""
_PAIRS = {"“": "”", '"': '"', "«": "»", "„": "“", "「": "」", "『": "』", "‘": "’", "'": "'"}


@dataclass(frozen=True, slots=True)
class Told:
    """
    What is said, the wording suggested, and what of the paragraph that stands for.

    `paragraph` is the one a changed copy is of, -1 for none; `likeness` how like it is.
    """

    text: str
    wording: str = ""
    replaces: str = ""
    paragraph: int = -1
    likeness: float = 0.0


def divided(rows: Sequence[Row], index: Index, places: Sequence[int]) -> Told:
    """
    Tell suggested wording from the rest: a changed copy of a paragraph, or what stands after
    `Suggested wording:` in one of the six languages, to the next blank line.

    `places` are the paragraphs the lines answer. Of several wordings the first is taken, and the
    others stay in the text.
    """
    copy = [row for row in rows if row.role is Role.WORDING]
    if copy:
        return _of_copy(rows, _first_block(rows, Role.WORDING), index)
    for place, row in enumerate(rows):
        found = said.WORDING.match(row.text[: said.LONGEST])
        if found is None:
            continue
        begun = row.text[found.end() - _opening(found[0]) :].strip()
        block = _below(rows, place + 1, is_begun=bool(begun))
        wording = _bare("\n".join([begun, *(one.text.strip() for one in block)]).strip())
        if not wording:
            return Told(text_of(rows))
        for one in (row, *block):
            one.role = Role.WORDING
        return Told(text_of(one for one in rows if one.role is not Role.WORDING), wording)
    return Told(text_of(rows))


def _opening(label: str) -> int:
    """Count the signs at the end of a label that open what comes after it."""
    tail = label[label.rindex("：" if "：" in label else ":") + 1 :]
    return len(tail)


def _below(rows: Sequence[Row], place: int, *, is_begun: bool) -> list[Row]:
    found: list[Row] = []
    for row in rows[place:]:
        if row.role is Role.BLANK or not row.text.strip():
            if found or is_begun:
                break
            continue
        found.append(row)
    return found


def _first_block(rows: Sequence[Row], role: Role) -> list[Row]:
    found: list[Row] = []
    for row in rows:
        if row.role is role:
            found.append(row)
        elif found:
            break
    return found


def _of_copy(rows: Sequence[Row], copy: Sequence[Row], index: Index) -> Told:
    """Read a changed copy: what is beside it is what they say about it."""
    chosen = {id(row) for row in copy}
    for row in rows:
        if row.role is Role.WORDING and id(row) not in chosen:
            row.role = Role.OWN
    spots = [spot for row in copy for spot in row.spots if spot >= 0]
    of = Counter(map(index.of, spots))
    paragraph = of.most_common(1)[0][0]
    within = [spot for spot in spots if index.of(spot) == paragraph]
    wording = "\n".join(row.text.strip() for row in copy)
    wording = _without_label(_without_number(wording))
    total = sum(len(row.words) for row in copy)
    return Told(
        text_of(row for row in rows if row.role is not Role.WORDING),
        _bare(wording),
        index.stretch(paragraph, *_reach(within), WHOLE),
        paragraph,
        100.0 * len(within) / max(1, total),
    )


def _reach(spots: Sequence[int]) -> tuple[int, int]:
    """
    Return from where to where a changed copy reaches in the draft.

    A few words at its ends that stand far off in the paragraph are there by chance.
    """
    runs: list[list[int]] = []
    for spot in spots:
        if runs and spot == runs[-1][-1] + 1:
            runs[-1].append(spot)
        else:
            runs.append([spot])
    while len(runs) > 1 and runs[-1][0] - runs[-2][-1] > FAR * len(runs[-1]):
        runs.pop()
    while len(runs) > 1 and runs[1][0] - runs[0][-1] > FAR * len(runs[0]):
        runs.pop(0)
    return min(run[0] for run in runs), max(run[-1] for run in runs) + 1


def _without_number(text: str) -> str:
    return said.NUMBERED.sub("", text, count=1).strip()


def _without_label(text: str) -> str:
    found = said.WORDING.match(text)
    return text[found.end() - _opening(found[0]) :].strip() if found else text


def _bare(text: str) -> str:
    """Take off quotation marks that enclose all of a text."""
    closing = _PAIRS.get(text[:1])
    if closing and len(text) > 1 and text.endswith(closing) and closing not in text[1:-1]:
        return text[1:-1].strip()
    return text


def text_of(rows: Iterable[Row]) -> str:
    """Join lines to a text without blank ones at its ends."""
    return "\n".join(row.text.rstrip() for row in rows).strip()
