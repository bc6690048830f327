"""Putting a suggested wording in the place of a block of the text."""

import re

LEAD = re.compile(r"\s*(?:[-*+]\s+|\d{1,9}[.)]\s+|#{1,6}\s+|\[\^[^\]]+\]:\s*)?")


def replaced(text: str, first_line: int, end_line: int, wording: str) -> str:
    """
    Return the text with the lines of one block (half-open) in a new wording.

    A heading, item or footnote keeps its mark where the wording comes without one.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    block = lines[first_line:end_line]
    tail = 0
    while tail < len(block) and not block[-1 - tail].strip():
        tail += 1
    new = wording.replace("\r\n", "\n").strip("\n")
    if block:
        old_mark, new_mark = LEAD.match(block[0]), LEAD.match(new)
        if old_mark and old_mark[0].strip() and new_mark and not new_mark[0].strip():
            new = old_mark[0] + new.lstrip()
    return "\n".join([*lines[:first_line], new, *[""] * tail, *lines[end_line:]])
