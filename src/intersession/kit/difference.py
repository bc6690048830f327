"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator

from rapidfuzz.distance import Indel

TOKEN = re.compile(
    r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]"  # Chinese, Japanese, Korean: by character
    r"|[^\W\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]+(?:['’][^\W\u2e80-\u9fff]+)*"
    r"|\s+|[^\w\s]"
)

type Change = tuple[str, str]


def tokens(text: str) -> list[str]:
    """Cut a text into words, blanks and signs that together are the text."""
    return TOKEN.findall(text)


def words(old: str, new: str) -> list[Change]:
    """
    Return the change from `old` to `new` as runs of (`equal` | `delete` | `insert`, text).

    The runs that are not `insert` make up `old`, those that are not `delete` make up `new`. A
    replaced word shows first what goes, then what comes. Time grows with old × new / 64.
    """
    before, after = tokens(old), tokens(new)
    runs: list[Change] = []
    for step in Indel.opcodes(before, after):
        if step.tag == "equal":
            runs.append(("equal", "".join(before[step.src_start : step.src_end])))
        elif step.tag == "delete":
            runs.append(("delete", "".join(before[step.src_start : step.src_end])))
        else:
            runs.append(("insert", "".join(after[step.dest_start : step.dest_end])))
    return list(_joined(runs))


def _joined(runs: list[Change]) -> Iterator[Change]:
    """Gather changes divided by a mere blank, so that a changed phrase reads as one change."""
    gone: list[str] = []
    come: list[str] = []
    for place, (kind, text) in enumerate(runs):
        is_last = place == len(runs) - 1
        if kind == "equal" and text.isspace() and gone and come and not is_last:
            gone.append(text)
            come.append(text)
            continue
        if kind == "equal":
            yield from _told(gone, come)
            gone, come = [], []
            yield kind, text
        else:
            (gone if kind == "delete" else come).append(text)
    yield from _told(gone, come)


def _told(gone: list[str], come: list[str]) -> Iterator[Change]:
    if gone:
        yield "delete", "".join(gone)
    if come:
        yield "insert", "".join(come)
