"""Reading what is known of outputs published elsewhere."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.db.models import Count, F, OuterRef, Prefetch, QuerySet, Subquery

from intersession.coalitions.models import Coalition
from intersession.outputs.models import ListedBy, ListedOutput, Uptake
from intersession.search.rules import Document


def known(*, coalition: str = "", kind: str = "") -> QuerySet[ListedOutput]:
    """Return the outputs published elsewhere, newest first, those of no known year last."""
    rows = ListedOutput.objects.all()
    if coalition:
        rows = rows.filter(by__coalition__slug=coalition)
    if kind:
        rows = rows.filter(kind=kind)
    newest = F("year").desc(nulls_last=True)
    named = ListedBy.objects.select_related("coalition").only(
        "output_id", "coalition__slug", "coalition__name", "coalition__acronym"
    )
    used = Uptake.objects.filter(output=OuterRef("pk")).order_by().values("output")
    counted = rows.annotate(uses=Subquery(used.annotate(n=Count("pk")).values("n")))
    return counted.prefetch_related(Prefetch("by", named)).order_by(newest, "title")


def uptake_of(coalition: Coalition) -> QuerySet[Uptake]:
    """Return who used the coalition's outputs or its work as such, newest first."""
    newest = F("year").desc(nulls_last=True)
    rows = Uptake.objects.filter(of__coalition=coalition).select_related("output")
    return rows.order_by(newest, "by_whom")


def sources() -> QuerySet[Coalition]:
    """Return the coalitions that published something elsewhere, by name."""
    return Coalition.objects.filter(pk__in=ListedBy.objects.values("coalition")).order_by("name")


def documents(*, at: datetime) -> Iterator[Document]:
    """Give every output published elsewhere to the search index, with who used it."""
    for output in known().prefetch_related("uptake"):
        coalitions = output.coalitions
        names = [f"{one.name} {one.acronym}" for one in coalitions]
        uses = [f"{use.by_whom}: {use.summary}" for use in output.uptake.all()]
        parts = [output.get_kind_display(), output.form, output.body, output.note]
        yield Document(
            key=f"outputs.listed:{output.pk}", kind="output", title=output.title,
            body="\n".join(filter(None, [*parts, *names, *output.partners, *uses])),
            at=datetime(output.year, 1, 1, tzinfo=UTC) if output.year else at,
            url=output.get_absolute_url(), scope=coalitions[0].slug if coalitions else "",
            language="en",
        )  # fmt: skip
