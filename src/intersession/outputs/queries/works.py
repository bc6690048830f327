"""Which works there are, where each stands, and what waits for whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intersession.coalitions.models import Coalition, Seat
from intersession.coalitions.queries import holds_office
from intersession.coalitions.states import Office
from intersession.decisions.models import Statement
from intersession.decisions.queries import Waiting, dissent_considered
from intersession.decisions.states import StatementState
from intersession.kit.composed import Composed
from intersession.membership.models import Membership
from intersession.outputs.models import (
    Comment,
    CommentRound,
    Contributor,
    Output,
    Publication,
    Version,
)
from intersession.outputs.rules import gate
from intersession.outputs.states import Edition, Role, State
from intersession.people.models import Person

OFFICES = (Office.COORDINATOR, Office.EDITOR)


def visible_to(person: Person | None) -> QuerySet[Output]:
    """Return the works this person may read: drafts are as public as what is published."""
    return Output.objects.select_related("coalition")


def of_coalition(coalition: Coalition) -> QuerySet[Output]:
    """Return the works of a coalition, the last touched first."""
    return Output.objects.filter(coalition=coalition).order_by("-touched_at", "-pk")


def is_editor(person: Person | None, output: Output, *, at: datetime) -> bool:
    """Test whether the person edits this work: named as editor, or by office."""
    if person is None:
        return False
    named = Contributor.objects.filter(output=output, person=person, role=Role.EDITOR)
    return named.exists() or holds_office(person, output.coalition, *OFFICES, at=at)


LAST = Composed(
    lambda output: (
        Version.objects.filter(output=output).select_related("by", "call").order_by("-number")[:1]
    )
)


def latest_version(output: Output) -> Version:
    """Return the text as it stands."""
    found = LAST(output=output.pk)
    if not found:
        raise Version.DoesNotExist
    found[0].output = output
    return found[0]


def open_round(output: Output, *, at: datetime) -> CommentRound | None:
    """Return the comment period that is open at a moment."""
    return output.rounds.filter(opened_at__lte=at, closes_at__gt=at).order_by("-number").first()


def state_at(output: Output, *, at: datetime) -> State:
    """Return where the work stands: a comment period ends by the clock alone."""
    if output.state != State.COMMENT:
        return State(output.state)
    last = output.rounds.order_by("-number").first()
    return gate.state_at(State.COMMENT, last.closes_at if last else None, at)


def open_work(at: datetime) -> QuerySet[CommentRound]:
    """Return the comment periods open now, the next to close first, each with its tally."""
    return (
        CommentRound.objects.filter(
            opened_at__lte=at, closes_at__gt=at, output__state=State.COMMENT
        )
        .select_related("output__coalition", "version")
        .annotate(
            said=Count("comments"), unanswered=Count("comments", filter=Q(comments__answer=""))
        )
        .order_by("closes_at", "pk")
    )


CURRENT = Composed(
    lambda output: (
        Publication.objects.filter(output=output, state=Edition.CURRENT)
        .select_related("version__call__determination", "declaration__by")
        .defer("version__text")[:1]
    )
)


def current_publication(output: Output) -> Publication | None:
    """Return the published version that holds, if there is one."""
    return next(iter(CURRENT(output=output.pk)), None)


def late() -> Any:
    """Return a column: how many statements were filed on a version's call after publication."""
    filed = Statement.objects.filter(
        call=OuterRef("version__call"),
        state=StatementState.FILED,
        filed_at__gt=OuterRef("published_at"),
    )
    counted = filed.order_by().values("call").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def latest(n: int) -> QuerySet[Publication]:
    """Return the outputs published last, the newest first."""
    return (
        Publication.objects.filter(state=Edition.CURRENT)
        .select_related("output__coalition", "version__call__determination")
        .annotate(late=late())
        .order_by("-published_at", "-pk")[:n]
    )


def waiting_for(person: Person, at: datetime) -> list[Waiting]:
    """Return what waits for this person in drafts, what ends first at the top."""
    found = [*_to_comment(person, at), *_to_answer(person), *_to_go_on(person, at)]
    return sorted(found, key=lambda one: (one.until or one.since, one.since, one.title))


def _edited_by(person: Person) -> Q:
    """Return the works that this person edits, by name or by an office held now."""
    named = Contributor.objects.filter(person=person, role=Role.EDITOR).values("output")
    seats = Seat.objects.filter(person=person, until=None, office__in=OFFICES)
    return Q(pk__in=named) | Q(coalition__in=seats.values("coalition"))


def _to_comment(person: Person, at: datetime) -> Iterator[Waiting]:
    belongs = Membership.objects.filter(
        Q(until=None) | Q(until__gt=at), person=person, since__lte=at
    )
    said = Comment.objects.filter(author=person, round=OuterRef("pk")).values("round")
    rounds = open_work(at).filter(output__coalition__in=belongs.values("coalition"))
    for one in rounds.alias(mine=Subquery(said[:1])).filter(mine=None):
        yield Waiting(
            _("Comment"),
            one.output.title,
            one.output.draft_url(),
            _("A draft of your coalition is open to comments."),
            one.opened_at,
            one.closes_at,
        )


def _to_answer(person: Person) -> Iterator[Waiting]:
    first = Comment.objects.filter(output=OuterRef("pk"), answer="").order_by("number")
    works = (
        Output.objects.filter(_edited_by(person))
        .annotate(
            n=Count("comments", filter=Q(comments__answer="")),
            first_at=Subquery(first.values("at")[:1]),
        )
        .filter(n__gt=0)
        .exclude(state__in=[State.WITHDRAWN, State.PUBLISHED])
    )
    for work in works:
        words = ngettext(
            "%(n)d comment waits for an answer.", "%(n)d comments wait for an answer.", work.n
        )
        yield Waiting(
            _("Answer"),
            work.title,
            work.draft_url() + "#waiting",
            words % {"n": work.n},
            work.first_at,
            None,
        )


def _to_go_on(person: Person, at: datetime) -> Iterator[Waiting]:
    """Yield works that were agreed and can be published, or were not and need a decision."""
    last = Version.objects.filter(output=OuterRef("pk")).order_by("-number")
    works = Output.objects.filter(
        _edited_by(person), state__in=[State.AGREED, State.NOT_AGREED]
    ).annotate(last=Subquery(last.values("pk")[:1]))
    versions = Version.objects.select_related("call__determination").in_bulk(
        [work.last for work in works]
    )
    for work in works:
        call = versions[work.last].call
        if call is None or not dissent_considered(call, at):
            continue
        verb, words = (
            (_("Publish"), _("Agreed: declare dissent considered, and publish."))
            if work.state == State.AGREED
            else (_("Decide"), _("Not agreed: take it back into revision, or publish it as such."))
        )
        yield Waiting(verb, work.title, work.draft_url(), words, work.touched_at, None)


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work in a list: where it stands, and until when it is open."""

    output: Output
    state: State
    closes_at: datetime | None
    since: datetime | None
    version: int | None
    published: int | None
    said: int
    unanswered: int


def works_of(coalition: Coalition, *, at: datetime) -> list[Work]:
    """Return a coalition's works as rows: what is open first, then the last touched."""
    last_round = CommentRound.objects.filter(output=OuterRef("pk")).order_by("-number")
    last = Version.objects.filter(output=OuterRef("pk")).order_by("-number")
    current = Publication.objects.filter(output=OuterRef("pk"), state=Edition.CURRENT)
    rows = of_coalition(coalition).annotate(
        closes_at=Subquery(last_round.values("closes_at")[:1]),
        opened_at=Subquery(last_round.values("opened_at")[:1]),
        version=Subquery(last.values("number")[:1]),
        call_closes_at=Subquery(last.values("call__closes_at")[:1]),
        call_opened_at=Subquery(last.values("call__opened_at")[:1]),
        edition=Subquery(current.values("number")[:1]),
        said=Count("comments"),
        unanswered=Count("comments", filter=Q(comments__answer="")),
    )
    found = [_work(row, at) for row in rows]
    return sorted(found, key=lambda one: one.state not in (State.COMMENT, State.CALL))


def _work(row: Any, at: datetime) -> Work:
    state = gate.state_at(State(row.state), row.closes_at, at)
    since, until = None, None
    if state == State.COMMENT:
        since, until = row.opened_at, row.closes_at
    elif state == State.CALL:
        since, until = row.call_opened_at, row.call_closes_at
    return Work(row, state, until, since, row.version, row.edition, row.said, row.unanswered)
