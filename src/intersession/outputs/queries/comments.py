"""The ledger: every comment with its answer."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from django.db.models import QuerySet

from intersession.kit.composed import Composed
from intersession.kit.paging import Part, from_key, to_key
from intersession.outputs.models import Comment, Output
from intersession.outputs.rules.ledger import Tally, tally


def ledger_of(output: Output) -> QuerySet[Comment]:
    """Return all comments on a work, in their order, with their people."""
    return (
        Comment.objects.filter(output=output)
        .select_related("author", "answered_by", "answered_in", "merged_with", "version", "round")
        .order_by("number")
    )


ANSWERS: Composed[tuple[str, int]] = Composed(
    lambda output: (
        Comment.objects.filter(output=output).order_by().values_list("answer", "author_id")
    )
)


def tally_of(output: Output) -> Tally:
    """Count the comments on a work by their answers."""
    return tally(ANSWERS(output=output.pk))


def first_unanswered(output: Output) -> list[Comment]:
    """Return the comments that wait for an answer, the oldest first, as many as fit on a page."""
    return list(ledger_of(output).filter(answer="")[:EACH])


EACH = 50
"""Comments of one part of the ledger."""


def ledger_part(output: Output, *, after: str = "") -> Part[Comment]:
    """Return a part of the ledger, after the comment of a key."""
    rows = ledger_of(output)
    key = from_key(after) if after else None
    if key and isinstance(key[0], int):
        rows = rows.filter(number__gt=key[0])
    found = list(rows[: EACH + 1])
    later = to_key(found[EACH - 1].number) if len(found) > EACH else ""
    return Part(found[:EACH], later=later)


def rows_of(output: Output) -> Iterator[Sequence[str | int]]:
    """Give the ledger as rows of a table, the head first; no text of it runs in a spreadsheet."""
    yield [
        "number", "paragraph", "draft", "from", "organization", "at", "comment", "wording",
        "answer", "reason", "answered at", "answered in draft",
    ]  # fmt: skip
    for said in ledger_of(output).iterator(chunk_size=200):
        yield [
            said.number,
            said.paragraph,
            said.version.number,
            _plain(str(said.author)),
            _plain(said.organization),
            said.at.isoformat(),
            _plain(said.text),
            _plain(said.wording),
            said.answer,
            _plain(said.reply),
            said.answered_at.isoformat() if said.answered_at else "",
            said.answered_in.number if said.answered_in else "",
        ]


def _plain(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def last_day_offered(at: datetime, days: int) -> date:
    """Return the first day whose end gives the full period that the procedure asks for."""
    return (at.astimezone(UTC) + timedelta(days=days, minutes=1)).date()
