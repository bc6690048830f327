"""Signatures, what programs add below a mail, legal notices, and mere courtesies."""

import re
from collections.abc import Iterator, Sequence

from intersession.outputs.rules.replying import said
from intersession.outputs.rules.replying.lines import Row, words
from intersession.outputs.rules.replying.shapes import Role

LINES = 12
"""Lines of a signature; what is longer was written to be read."""
SHORT = 70
"""Signs of a line below a closing phrase that is still name, office or address."""


def mark_endings(rows: Sequence[Row], *, name: str = "") -> None:
    """Mark, in every run of own lines, what is no word on the draft."""
    runs = list(_runs(rows))
    for place, run in enumerate(runs):
        _mark_programs(run)
        _mark_notices(run)
        _mark_foot(run)
        _mark_delimited(run)
        if place in (0, len(runs) - 1):
            _mark_closing(run, name)
        if place == 0:
            _mark_courtesy(run)


def _runs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Give own lines with the blank ones between them."""
    run: list[Row] = []
    for row in rows:
        if row.role in (Role.OWN, Role.WORDING, Role.BLANK):
            run.append(row)
        elif run:
            yield from _if_said(run)
            run = []
    yield from _if_said(run)


def _if_said(run: list[Row]) -> Iterator[list[Row]]:
    if any(row.role is Role.OWN for row in run):
        yield run


def _own(run: Sequence[Row]) -> list[Row]:
    return [row for row in run if row.role is Role.OWN]


def _mark_programs(run: Sequence[Row]) -> None:
    for row in _own(run):
        if said.PROGRAM.match(row.text[: said.LONGEST]):
            row.role = Role.FOOTER


def _mark_notices(run: Sequence[Row]) -> None:
    """Mark whole passages that begin as legal notices and warnings of mail gates do."""
    for block in blocks(run):
        text = " ".join(row.text for row in block[:6])[: said.LONGEST]
        if said.DISCLAIMER.match(text) and said.OF_A_NOTICE.search(text):
            for row in block:
                row.role = Role.DISCLAIMER


def _mark_foot(run: Sequence[Row]) -> None:
    """Mark the foot that a list adds, from its line or its sentence to the end."""
    own = _own(run)
    for place, row in enumerate(own):
        text = row.text[: said.LONGEST]
        if not said.LIST_FOOT.match(text):
            continue
        rest = own[place + 1 : place + 2 + LINES]
        if not any("://" in one or "@" in one for one in (text, *(r.text for r in rest[:4]))):
            continue
        for other in [row, *rest] if len(rest) <= LINES else [row]:
            other.role = Role.FOOTER
        return


def _mark_delimited(run: Sequence[Row]) -> None:
    """Mark what stands below the line of a signature (RFC 3676, 4.3)."""
    own = _own(run)
    for place, row in enumerate(own):
        if not said.DELIMITER.match(row.text):
            continue
        rest = own[place + 1 : place + 2 + LINES]
        if len(rest) <= LINES:
            for other in [row, *rest]:
                other.role = Role.SIGNATURE
        return


def _mark_closing(run: Sequence[Row], name: str) -> None:
    """Mark a closing phrase with the name and the offices below it; a postscript stays."""
    own = _own(run)
    if len(own) == 1 and said.THANKS.match(own[0].text[: said.LONGEST]):
        return  # nothing else is said here, so that this is the answer
    for place in range(len(own) - 1, max(-1, len(own) - LINES), -1):
        row = own[place]
        below = _to_postscript(own[place + 1 :])
        is_closing = said.CLOSING.match(row.text[: said.LONGEST]) or _is_name(row.text, name)
        if is_closing and all(_is_of_a_name(other.text) for other in below):
            if said.GREETING.match(row.text) and place == 0:
                return
            for other in [row, *below]:
                other.role = Role.SIGNATURE


def _to_postscript(rows: Sequence[Row]) -> list[Row]:
    found: list[Row] = []
    for row in rows:
        if said.POSTSCRIPT.match(row.text):
            break
        found.append(row)
    return found


def _is_of_a_name(text: str) -> bool:
    text = text.strip()
    if text[:1].islower() and not _ADDRESS.match(text):
        return False
    if len(text) > SHORT or said.BRACKETED.match(text) or said.NAMED.match(text):
        return False
    count = len(words(text))
    return count <= 9 and not text.endswith(_STOPS) and not (count > 3 and text.endswith("."))


_ADDRESS = re.compile(r"(?:www\.|https?:|tel|mob|fax|e-?mail|\S+@|\S+\.\w+/?$)")
_STOPS = ("?", "!", ";", ":", "？", "！", "。", "؟", "：")


def _is_name(text: str, name: str) -> bool:
    """Test whether a line is the writer's name, its first or its initials, and nothing else."""
    held, line = words(name), words(text)
    if not held or not line:
        return False
    initials = "".join(word[0] for word in held)
    return line == held or (line == held[:1] and len(held[0]) > 1) or "".join(line) == initials


def _mark_courtesy(run: Sequence[Row]) -> None:
    """
    Mark a greeting above what follows, and a line that only says where the answers stand.

    A greeting that goes on with words on the draft in its line is left where it is.
    """
    for row in _own(run)[:4]:
        text = row.text[: said.LONGEST].strip()
        if said.POINTER.match(text) or (said.GREETING.match(text) and _only_greets(text)):
            row.role = Role.COURTESY
        else:
            return


def _only_greets(text: str) -> bool:
    """Test whether a line that begins with a greeting ends with it: a comma, or very few words."""
    inside = text.rstrip(",،，.:：!！ ")
    if any(sign in inside for sign in ".;?؟。"):
        return False
    count = len(words(text))
    if any(sign in inside for sign in ",،，:：!！"):
        return count <= 6 and text.endswith((",", "،", "，", ":", "："))
    return count <= 12 and (inside != text or count <= 3)


def blocks(run: Sequence[Row]) -> Iterator[list[Row]]:
    """Give the own lines of a run that stand together."""
    block: list[Row] = []
    for row in run:
        if row.role is Role.OWN:
            block.append(row)
        elif block:
            yield block
            block = []
    if block:
        yield block
