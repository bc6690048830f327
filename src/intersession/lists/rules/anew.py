"""What a person wrote anew in an answer: without quotes, heads of answered mails, signatures."""

from collections.abc import Sequence

from intersession.lists.rules.commanding import ANSWERED, QUOTED

MOST = 20_000
"""Signs of an answer that are read."""
LINES = 1_000

_SIGNATURES = frozenset(["--", "—", "__"])


def written_anew(text: str) -> str:
    """
    Return the text of an answer as its author wrote it now, its paragraphs apart by blank lines.

    An answer may stand above the mail it answers, below it, or between its lines: the line that
    says who wrote is left out with the quoted lines below it. Where that line is followed by what
    nobody marked as quoted, all below it is the answered mail. So is all below a signature's line.
    """
    lines = text[:MOST].replace("\r\n", "\n").split("\n", LINES)[:LINES]
    own: list[str] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        if line.strip() in _SIGNATURES:
            break
        if (head := _head(lines, place)) and not _is_quoted_after(lines, place + head):
            break
        if not head and not QUOTED.match(line):
            own.append(line.rstrip())
        place += head or 1
    return _joined(own)


def _head(lines: Sequence[str], place: int) -> int:
    """Count the lines, two at most, that say who wrote what is answered; 0 where none do."""
    line = lines[place].strip()
    if not line:
        return 0
    if ANSWERED.match(line):
        return 1
    after = lines[place + 1].strip() if place + 1 < len(lines) else ""
    if after and not QUOTED.match(after) and ANSWERED.match(f"{line} {after}"):
        return 2
    return int(line.endswith((":", "：")) and _is_quoted_after(lines, place + 1))


def _is_quoted_after(lines: Sequence[str], place: int) -> bool:
    """Test whether the next line that is not blank is a quoted one."""
    return QUOTED.match(next((one for one in lines[place:] if one.strip()), "")) is not None


def _joined(lines: Sequence[str]) -> str:
    """Join lines; blank ones stand only between paragraphs, one at a time."""
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1].strip()):
            kept.append(line)
    return "\n".join(kept).strip()
