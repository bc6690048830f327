"""Writing a version with its blocks, each tied to its predecessor. Verbs use it; it is no verb."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from secrets import token_hex

from django.utils.translation import gettext as _

from intersession.decisions.rules import Passage
from intersession.kit.answers import Refused
from intersession.kit.markdown import Paragraph, paragraphs
from intersession.outputs.models import Block, Output, Version
from intersession.outputs.rules import keys, matching
from intersession.people.models import Person


def tidy(text: str) -> str:
    """Return a text as it is kept: one kind of line end, one at its end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip() + "\n"


def passages_of(version: Version) -> list[Passage]:
    """Return the numbered paragraphs of a version as a call freezes them."""
    return [
        Passage(block.number, block.key, block.kind, block.html, block.source)
        for block in version.blocks.order_by("position")
    ]


def write_version(
    output: Output,
    text: str,
    *,
    by: Person,
    at: datetime,
    note: str = "",
    pinned: tuple[int, str] | None = None,
) -> Version:
    """
    Write the next version of a work. The work's row must be locked.

    `pinned` names a line whose block carries on a key, where that is known.

    Raises Refused for an empty text, and above the limits of `kit.markdown`.
    """
    text = tidy(text)
    parsed = paragraphs(text)
    if not parsed:
        raise Refused(_("The text is empty. Write something before you save it."))
    before = output.versions.order_by("-number").first()
    version = Version.objects.create(
        output=output,
        number=before.number + 1 if before else 1,
        text=text,
        hash=sha256(text.encode()).hexdigest(),
        salt=token_hex(16),
        note=note,
        by=by,
        at=at,
    )
    olds = list(before.blocks.order_by("position")) if before else []
    outcome = matching.match(
        [matching.Old(block.key, block.source) for block in olds],
        [part.source for part in parsed],
        _pinned(parsed, pinned),
    )
    Block.objects.bulk_create(_blocks(version, parsed, outcome, olds), batch_size=500)
    version.removed = list(outcome.removed)
    version.save(update_fields=["removed"])
    return version


def _pinned(parsed: Sequence[Paragraph], pinned: tuple[int, str] | None) -> dict[int, str]:
    places = [n for n, part in enumerate(parsed) if pinned and part.start == pinned[0]]
    return {places[0]: pinned[1]} if pinned and places else {}


def _blocks(
    version: Version,
    parsed: Sequence[Paragraph],
    outcome: matching.Outcome,
    olds: Sequence[Block],
) -> list[Block]:
    """Make the rows of a version: numbers in order, keys carried on or new."""
    taken = set(
        Block.objects.filter(version__output=version.output_id).values_list("key", flat=True)
    )
    numbers = {block.key: block.number for block in olds}
    rows: list[Block] = []
    count = 0
    for position, (part, told) in enumerate(zip(parsed, outcome.matches, strict=True)):
        key = told.key or keys.fresh(part.source, taken, f"{version.output_id}:{position}")
        taken.add(key)
        is_numbered = part.kind != "rule"
        count += is_numbered
        rows.append(
            Block(
                version=version,
                position=position,
                key=key,
                number=str(count) if is_numbered else "",
                kind=part.kind,
                level=part.level,
                source=part.source,
                html=part.html,
                text=part.text,
                first_line=part.start,
                end_line=part.end,
                relation=told.relation.value,
                parents=[numbers[parent] for parent in told.parents],
                previous_number=numbers.get(told.key, ""),
                is_edited=told.is_edited,
                is_doubtful=told.is_doubtful,
            )
        )
    return rows
