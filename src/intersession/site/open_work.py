"""What anyone, or the reader, can take part in now, gathered from every app that opens work."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intersession.decisions import queries as decisions
from intersession.kit.charts import Bar, Piece, Scale, bar
from intersession.kit.composed import Composed
from intersession.outputs import queries as outputs

CALLS = Composed(decisions.open_calls)
ROUNDS: Composed[Any] = Composed(
    lambda at: outputs.open_work(at).select_related(None).select_related("output__coalition")
)
"""Each round carries its tally; the texts stay where they are."""


@dataclass(frozen=True, slots=True)
class Work:
    """Something open: the verb is what the reader can do; half-open from since to until."""

    verb: Any
    title: str
    url: str
    coalition: int
    who: str
    words: Any
    since: datetime
    until: datetime
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A piece of work and its time, drawn alone and on the common scale."""

    work: Work
    bar: Bar
    pieces: Sequence[Piece]


def open_work(at: datetime) -> list[Work]:
    """Gather what is open, the next to close first."""
    return sorted([*_rounds(at), *_calls(at)], key=lambda work: (work.until, work.title))


def _calls(at: datetime) -> Iterator[Work]:
    for call in CALLS(at=at):
        yield Work(
            verb=_("Take a position"),
            title=call.title,
            url=call.get_absolute_url(),
            coalition=call.coalition_id,
            who=call.coalition.acronym or call.coalition.name,
            words=_("A call for consensus on a text, for members of the coalition."),
            since=call.opened_at,
            until=call.closes_at,
            is_sample=call.caller.is_sample,
        )


def _rounds(at: datetime) -> Iterator[Work]:
    for one in ROUNDS(at=at):
        output = one.output
        words = ngettext("%(count)d comment so far.", "%(count)d comments so far.", one.said)
        yield Work(
            verb=_("Comment"),
            title=output.title,
            url=output.draft_url(),
            coalition=output.coalition_id,
            who=output.coalition.acronym or output.coalition.name,
            words=words % {"count": one.said},
            since=one.opened_at,
            until=one.closes_at,
            is_sample=output.is_sample,
        )


def of(coalition: int, work: Iterable[Work]) -> list[Work]:
    """Keep what one coalition opened."""
    return [one for one in work if one.coalition == coalition]


def drawn(work: Iterable[Work], at: datetime) -> list[Drawn]:
    """Draw each piece of work, alone and on the scale of the next months."""
    scale = Scale(at)
    return [
        Drawn(one, bar(one.since, one.until, at), scale.pieces(one.since, one.until))
        for one in work
    ]
