"""The library of what is published, and one output as readers find it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.cache import caches
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import get_language

from intersession.coalitions.models import Coalition, Theme
from intersession.decisions import queries as decisions
from intersession.decisions.models import Call, Signature, Statement
from intersession.decisions.queries import MinorityStatement, Standing
from intersession.decisions.queries.dissent import view
from intersession.decisions.states import Stance, StatementState
from intersession.kit.composed import Composed
from intersession.kit.paging import Part as Page
from intersession.kit.paging import moment_and_number, to_key
from intersession.outputs.models import (
    CarriedStatement,
    Contributor,
    Declaration,
    Output,
    Publication,
)
from intersession.outputs.queries.comments import tally_of
from intersession.outputs.queries.texts import Part, part_of
from intersession.outputs.queries.works import late
from intersession.outputs.rules.ledger import sentence
from intersession.outputs.rules.reference import cited
from intersession.outputs.states import Edition, Kind
from intersession.people.models import Person

EACH = 30
KEPT = 300
"""Seconds that what is frozen is kept in memory: a name may change, or be taken back."""
AROUND = 700
"""Bytes that the published page writes around a paragraph."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for in the library; empty is any."""

    kind: str = ""
    theme: str = ""
    coalition: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A part of the library and the filters that can be set, each with how many it holds."""

    page: Page[Publication]
    total: int
    kinds: Sequence[tuple[str, Any, int]]
    themes: Sequence[Theme]
    coalitions: Sequence[Coalition]
    years: Sequence[int]


def published(wanted: Wanted) -> QuerySet[Publication]:
    """Return what is published and current, newest first."""
    rows = Publication.objects.filter(state=Edition.CURRENT)
    if wanted.kind:
        rows = rows.filter(output__kind=wanted.kind)
    if wanted.theme:
        rows = rows.filter(output__subjects__theme__code=wanted.theme)
    if wanted.coalition:
        rows = rows.filter(output__coalition__slug=wanted.coalition)
    if wanted.year:
        rows = rows.filter(published_at__year=wanted.year)
    rows = rows.select_related("output__coalition", "version__call__determination", "declaration")
    return rows.annotate(late=late())


def library(wanted: Wanted, *, after: str = "") -> Found:
    """Find outputs, a part at a time, by key."""
    rows = published(wanted)
    total = rows.count()
    listed = _after(rows.order_by("-published_at", "-pk"), after)
    page = list(listed[: EACH + 1])
    last = page[EACH - 1] if len(page) > EACH else None
    later = to_key(last.published_at.isoformat(), last.pk) if last else ""
    current = Publication.objects.filter(state=Edition.CURRENT)
    labels = dict(Kind.choices)
    kinds = current.values("output__kind").annotate(n=Count("pk")).order_by("output__kind")
    return Found(
        page=Page(page[:EACH], later=later),
        total=total,
        kinds=[(row["output__kind"], labels[row["output__kind"]], row["n"]) for row in kinds],
        themes=list(
            Theme.objects.filter(pk__in=current.values("output__subjects__theme")).order_by("name")
        ),
        coalitions=list(
            Coalition.objects.filter(pk__in=current.values("output__coalition")).order_by("name")
        ),
        years=[moment.year for moment in current.dates("published_at", "year", order="DESC")],
    )


def _after(rows: QuerySet[Publication], after: str) -> QuerySet[Publication]:
    if place := moment_and_number(after):
        at, pk = place
        return rows.filter(Q(published_at__lt=at) | Q(published_at=at, pk__lt=pk))
    return rows


@dataclass(frozen=True, slots=True)
class Beside:
    """A minority statement as it stands beside the text; `is_late` was filed after publication."""

    said: MinorityStatement
    anchor: str
    key: str
    written_on: int | None = None
    is_late: bool = False
    confirmed_at: datetime | None = None
    statement_id: int = 0
    may_confirm: bool = False


@dataclass(frozen=True, slots=True)
class OutputPage:
    """A published text with who stood where and what was said against it."""

    output: Output
    publication: Publication
    cite: str
    part: Part
    standing: Standing | None
    agreeing: int
    differing: int
    beside: Mapping[str, Sequence[Beside]]
    whole: Sequence[Beside]
    statements: Sequence[Beside]
    withdrawn: Sequence[Statement]
    editions: Sequence[Publication]
    contributors: Sequence[Contributor]
    ledger: str

    @property
    def is_current(self) -> bool:
        """Test whether this is the version that holds."""
        return self.publication.state == Edition.CURRENT

    @property
    def current(self) -> Publication | None:
        """Return the version that holds."""
        return next((one for one in self.editions if one.state == Edition.CURRENT), None)


EDITIONS = Composed(lambda output: Publication.objects.filter(output=output).order_by("-number"))
CONTRIBUTORS = Composed(
    lambda output: Contributor.objects.filter(output=output).select_related("person")
)


def output_page(publication: Publication, reader: Person | None, *, start: str = "") -> OutputPage:
    """Gather the page of one published version."""
    output, version = publication.output, publication.version
    version.output = output
    call: Call | None = version.call
    standing = stood(call) if call else None
    counts = {count.stance: count.n for count in standing.room.counts} if standing else {}
    part = part_of(version, start=start, comments=False, each=AROUND)
    places = [key for span in part.spans for key in span.keys]
    statements = statements_beside(publication, places, reader)
    keys = {paragraph.block.key for paragraph in part.paragraphs}
    beside: dict[str, list[Beside]] = {}
    for one in statements:
        if one.key in keys:
            beside.setdefault(one.key, []).append(one)
    return OutputPage(
        output=output,
        publication=publication,
        cite=cited(output.reference, publication.number),
        part=part,
        standing=standing,
        agreeing=counts.get(Stance.SUPPORT, 0) + counts.get(Stance.LIVE_WITH, 0),
        differing=counts.get(Stance.CONCERN, 0) + counts.get(Stance.OBJECT, 0),
        beside=beside,
        whole=[one for one in statements if not one.key],
        statements=statements,
        withdrawn=withdrawn_since(publication, statements),
        editions=EDITIONS(output=output.pk),
        contributors=[one for one in CONTRIBUTORS(output=output.pk) if one.is_named],
        ledger=sentence(tally_of(output)),
    )


def stood(call: Call) -> Standing:
    """Return who stood where in a determined call. It is frozen, so it is kept for a while."""
    key = f"outputs.standing:{call.salt}:{get_language()}"
    kept: Standing | None = caches["near"].get(key)
    if kept is None:
        kept = decisions.standing(call)
        caches["near"].set(key, kept, KEPT)
    return kept


FILED: Composed[tuple[int, int]] = Composed(
    lambda call: (
        Statement.objects.filter(call=call, state=StatementState.FILED)
        .order_by("number")
        .annotate(n=Count("signatures", filter=~Q(signatures__confirmed_at=None)))
        .values_list("pk", "n")
    )
)
"""The statements filed on a call, each with how many signed it."""


def filed_on(call: Call) -> list[MinorityStatement]:
    """Return the statements on a call, kept until one is filed, signed or withdrawn."""
    mark = "-".join(f"{pk}.{n}" for pk, n in FILED(call=call.pk))
    key = f"outputs.statements:{call.salt}:{get_language()}:{mark}"
    kept: list[MinorityStatement] | None = caches["near"].get(key) if mark else []
    if kept is None:
        kept = decisions.statements(call)
        caches["near"].set(key, kept, KEPT)
    return kept


def statements_beside(
    publication: Publication, places: Sequence[str], reader: Person | None
) -> list[Beside]:
    """
    Return the statements on this version, then those carried from earlier ones.

    `places` are the keys of the version's paragraphs, in their order.
    """
    call = publication.version.call
    filed = filed_on(call) if call else []
    own = [_own(said, places, publication) for said in filed]
    signed = Prefetch(
        "statement__signatures", Signature.objects.select_related("person").order_by("pk")
    )
    carried = (
        publication.carried.filter(statement__state=StatementState.FILED)
        .select_related("statement__call__coalition", "statement__round")
        .prefetch_related(signed)
    )
    if publication.number == 1 and _is_own_alone(publication.declaration, filed):
        return own
    return [*own, *(_carried(row, places, reader) for row in carried)]


def _is_own_alone(declared: Declaration, filed: Sequence[MinorityStatement]) -> bool:
    """Test whether all that was attached stands on the version's own call: nothing was carried."""
    here = {said.url for said in filed}
    return declared.statements == len(declared.attached) and all(
        one["url"] in here for one in declared.attached
    )


def withdrawn_since(publication: Publication, shown: Sequence[Beside]) -> list[Statement]:
    """Return the statements attached at publication whose authors have withdrawn them since."""
    here = {one.said.url for one in shown}
    attached = publication.declaration.attached
    keys = [int(one["key"].rpartition(":")[2]) for one in attached if one["url"] not in here]
    if not keys:
        return []
    gone = Statement.objects.filter(pk__in=keys, state=StatementState.WITHDRAWN)
    return list(gone.select_related("call").order_by("pk"))


def _own(said: MinorityStatement, places: Sequence[str], publication: Publication) -> Beside:
    is_late = said.filed_at is not None and said.filed_at > publication.published_at
    return replace(_beside(said, places, f"m{said.number}"), is_late=is_late)


def _beside(said: MinorityStatement, places: Sequence[str], anchor: str) -> Beside:
    """Place a statement at the first of its paragraphs that is in this text."""
    here = [key for key in places if key in said.passages]
    return Beside(said, anchor, here[0] if here else "")


def _carried(row: CarriedStatement, places: Sequence[str], reader: Person | None) -> Beside:
    said = view(row.statement)
    waits = row.confirmed_at is None
    return replace(
        _beside(said, places, f"v{row.written_on}-m{said.number}"),
        written_on=row.written_on,
        confirmed_at=row.confirmed_at,
        statement_id=row.statement_id,
        may_confirm=waits and decisions.is_author(reader, row.statement),
    )
