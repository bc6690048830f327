"""What every act on a work shares: the lock, the entry in the record, the search document."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from intersession.decisions.actions import hold
from intersession.journal.actions import record
from intersession.outputs.models import Output, Publication, Version
from intersession.outputs.states import Edition, State
from intersession.people.models import Person
from intersession.search import actions as search
from intersession.search.rules import Document


def lock(output: Output) -> None:
    """
    Take a work as it is now, and keep others off it until the transaction ends.

    The call on its text comes first, as in the verbs of the call.
    """
    _hold_call(output.pk)
    output.refresh_from_db(from_queryset=Output.objects.select_for_update())


def locked(output_id: int) -> Output:
    """Return a work as it is now, with its coalition, as `lock` does."""
    _hold_call(output_id)
    rows = Output.objects.select_for_update(of=("self",)).select_related("coalition")
    return rows.get(pk=output_id)


def _hold_call(output_id: int) -> None:
    versions = Version.objects.filter(output=output_id).order_by("-number")
    if (call := versions.values_list("call", flat=True).first()) is not None:
        hold(call)


def enter(
    actor: Person,
    verb: str,
    output: Output,
    *,
    at: datetime,
    url: str = "",
    facts: Mapping[str, Any] | None = None,
    digests: Mapping[str, str] | None = None,
) -> None:
    """Write the act into the record, under the name of the work."""
    record(
        actor,
        f"outputs.{verb}",
        output,
        at=at,
        scope=output.coalition.slug,
        title=output.title,
        url=url or output.get_absolute_url(),
        facts={"reference": output.reference, **(facts or {})},
        digests=digests,
    )


def put_in_search(output: Output, *, at: datetime) -> None:
    """Keep the one search document of a work: what is published, else the draft as it is."""
    published = (
        Publication.objects.filter(output=output, state=Edition.CURRENT)
        .select_related("version")
        .first()
    )
    version = published.version if published else output.versions.order_by("-number").first()
    search.put([_document(output, version, is_published=published is not None, at=at)])


def _document(
    output: Output, version: Version | None, *, is_published: bool, at: datetime
) -> Document:
    is_gone = output.state == State.WITHDRAWN
    words = [output.reference, output.abstract, " ".join(output.keywords)]
    body = [*words, output.withdrawn_because if is_gone else version.text if version else ""]
    return Document(
        key=f"outputs.output:{output.pk}",
        kind="output" if is_published or is_gone else "draft",
        title=output.title,
        body="\n\n".join(part for part in body if part),
        at=at,
        url=output.get_absolute_url(),
        scope=output.coalition.slug,
        person="",
        language=output.language,
    )
