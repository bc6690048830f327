"""What each line of a reply is: quoted, added by a program, a signature, or written anew."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from intersession.outputs.rules.replying import said
from intersession.outputs.rules.replying.aligning import Index
from intersession.outputs.rules.replying.copies import mark_copies
from intersession.outputs.rules.replying.endings import mark_endings
from intersession.outputs.rules.replying.lines import Row
from intersession.outputs.rules.replying.shapes import Role

HEAD = 9
"""Lines in which the fields of an answered mail's head stand."""
ABOVE = 4
"""Lines over which the sentence above a quotation may be broken."""
NEAR = 12
"""Lines below the head of an answered mail in which our draft begins, where it is ours."""


def judge(rows: list[Row], index: Index, *, name: str = "") -> list[Row]:
    """Give every line its role. `name` is the writer's, who may sign with it alone."""
    for row in rows:
        if row.depth and row.covered:
            row.role = Role.QUOTED
    mark_heads(rows)
    rows = mark_copies(rows, index)
    mark_attributions(rows)
    mark_what_others_wrote(rows)
    mark_endings(rows, name=name)
    return rows


def mark_heads(rows: Sequence[Row]) -> None:
    """Mark the heads of answered mails, and sentences that say who wrote what follows."""
    own = [row for row in rows if row.role is Role.OWN]
    place = 0
    while place < len(own):
        row = own[place]
        nearby = own[place + 1 : place + HEAD]
        if said.is_head(row.text, [other.text for other in nearby]):
            place = _mark_head(own, place)
        elif said.ORIGINAL.match(row.text[: said.LONGEST]) and _leads_to_head(nearby[:3]):
            row.role = Role.ATTRIBUTION
        elif count := _attributed(own, place):
            for one in own[place - count + 1 : place + 1]:
                one.role = Role.ATTRIBUTION
        place += 1


def _attributed(own: Sequence[Row], place: int) -> int:
    """Return over how many lines up from here a sentence says who wrote what follows."""
    if not own[place].text.rstrip().endswith((":", "：")):
        return 0
    above = [own[place].text]
    for before in range(place - 1, max(-1, place - ABOVE), -1):
        if own[before].number != own[place].number - len(above) or own[before].role is not Role.OWN:
            break
        above.append(own[before].text)
    return said.attributed(above, beside_quote=False)


def _leads_to_head(nearby: Sequence[Row]) -> bool:
    return any(said.is_field(row.text) for row in nearby)


def _mark_head(own: Sequence[Row], place: int) -> int:
    """Mark the fields of a head, and the long ones that go over several lines."""
    last = place
    for at in range(place, min(place + HEAD, len(own))):
        if said.is_field(own[at].text):
            last = at
        elif own[at].number > own[at - 1].number + 1:
            break
    for row in own[place : last + 1]:
        row.role = Role.ATTRIBUTION
    return last


def mark_attributions(rows: Sequence[Row]) -> None:
    """Mark the lines directly above quotations that say who wrote what is quoted."""
    for place, row in enumerate(rows):
        if row.role not in (Role.QUOTED, Role.OTHER):
            continue
        before = _before(rows, place)
        if not before or before[0].role is not Role.OWN:
            continue
        if said.ORIGINAL.match(before[0].text[: said.LONGEST]):
            before[0].role = Role.ATTRIBUTION
            continue
        count = said.attributed([one.text for one in before], beside_quote=True)
        for one in before[:count]:
            one.role = Role.ATTRIBUTION


def _before(rows: Sequence[Row], place: int) -> list[Row]:
    """Return the own lines that stand together right above, the nearest first."""
    at = place - 1
    while at >= 0 and rows[at].role is Role.BLANK:
        at -= 1
    found: list[Row] = []
    while at >= 0 and rows[at].role is Role.OWN and len(found) < ABOVE:
        found.append(rows[at])
        at -= 1
    return found


def mark_what_others_wrote(rows: Sequence[Row]) -> None:
    """
    Mark what stands unmarked below the head of a mail that is not our draft.

    Directly below ours, what is not in the draft was written into it; but what comes before its
    first words is the beginning of the letter.
    """
    is_others = False
    for start, end in _regions(rows):
        region = [row for row in rows[start:end] if row.role is not Role.BLANK]
        if not region or region[0].depth or _quotes_with_marks(rows[start - 1], region):
            continue
        is_ours = any(row.role is Role.QUOTED and not row.depth for row in region[:NEAR])
        is_others = is_others or not is_ours
        has_begun = False
        for row in region:
            has_begun = has_begun or row.role is Role.QUOTED
            if row.role is Role.OWN and (is_others or not has_begun):
                row.role = Role.OTHER


def _quotes_with_marks(head: Row, region: Sequence[Row]) -> bool:
    """Test whether what follows a sentence of attribution is marked, though not from its start."""
    return not said.is_field(head.text) and any(row.depth for row in region)


def _regions(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Give what stands between the heads of answered mails, as half-open places."""
    starts = [
        place + 1
        for place, (row, following) in enumerate(pairwise(rows))
        if row.role is Role.ATTRIBUTION and following.role is not Role.ATTRIBUTION
    ]
    yield from pairwise([*starts, len(rows)])
