"""Starting a work, and saying what it is."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from intersession.coalitions.models import Coalition, Theme
from intersession.journal.rules import salted_digest
from intersession.kit.answers import Refused, ensure
from intersession.kit.edits import check_seen
from intersession.kit.facts import publish as tell
from intersession.lists.models import Message
from intersession.outputs import permissions
from intersession.outputs.actions.naming import add_contributor
from intersession.outputs.actions.texts import write_version
from intersession.outputs.actions.trace import enter, lock, put_in_search
from intersession.outputs.events import DraftStarted
from intersession.outputs.models import Output, Subject
from intersession.outputs.queries.edits import described
from intersession.outputs.rules.description import fault
from intersession.outputs.rules.reference import reference
from intersession.outputs.states import Kind, Licence, Role, State
from intersession.people.models import Person


@transaction.atomic
def start_draft(
    actor: Person,
    coalition: Coalition,
    *,
    at: datetime,
    title: str,
    kind: Kind,
    text: str = "",
    origin: Message | None = None,
    language: str = "en",
) -> Output:
    """
    Start a piece of work, with a first text or as an idea that waits for one.

    `origin` is the message that opened the discussion it came from. Raises Denied unless the actor
    belongs to the coalition, Refused without a title or for a text beyond the limits.
    """
    ensure(permissions.may_start(actor, coalition, at=at))
    if not title.strip():
        raise Refused(_("A draft needs a title."))
    if origin is not None and origin.mailing_list.coalition_id != coalition.pk:
        raise Refused(_("This discussion is on the list of another coalition."))
    serial = _next_serial(coalition, at.year)
    output = Output.objects.create(
        coalition=coalition,
        reference=reference(coalition.handle, at.year, serial),
        year=at.year,
        serial=serial,
        kind=kind,
        title=title.strip(),
        language=language,
        state=State.IDEA,
        origin=origin,
        started_by=actor,
        started_at=at,
        touched_at=at,
        is_sample=actor.is_sample,
    )
    add_contributor(output, actor, Role.EDITOR, at=at)
    digests = {}
    if text.strip():
        version = write_version(output, text, by=actor, at=at)
        digests["text"] = salted_digest(version.text, version.salt)
        output.follow("write")
        output.save(update_fields=["state"])
    enter(actor, "start_draft", output, at=at, facts={"kind": kind.value}, digests=digests)
    put_in_search(output, at=at)
    tell(DraftStarted(output.pk, at))
    return output


def _next_serial(coalition: Coalition, year: int) -> int:
    """Return the next number of the year, while the coalition's row is locked."""
    Coalition.objects.select_for_update().get(pk=coalition.pk)
    last = Output.objects.filter(coalition=coalition, year=year).aggregate(last=Max("serial"))
    return int(last["last"] or 0) + 1


@transaction.atomic
def describe(
    actor: Person,
    output: Output,
    *,
    at: datetime,
    title: str,
    kind: Kind,
    abstract: str,
    keywords: Sequence[str] = (),
    themes: Collection[Theme] = (),
    licence: Licence = Licence.BY,
    language: str = "en",
    readers: str = "",
    asks: str = "",
    base: str = "",
) -> None:
    """
    Say what a work is, for whom, and what it asks.

    `base` is the mark of the description that was seen (`kit.edits`). Raises Denied unless the
    actor edits it, Refused without a title, for an abstract of more than 200 words, or while the
    text is frozen, Meanwhile where somebody changed it since it was seen.
    """
    ensure(permissions.may_edit(actor, output, at=at))
    lock(output)
    check_seen(base, described(output))
    if reason := fault(State(output.state), title, abstract):
        raise Refused(reason)
    output.title, output.kind, output.abstract = title.strip(), kind, abstract.strip()
    output.keywords, output.licence, output.language = list(keywords), licence, language
    output.readers, output.asks, output.touched_at = readers.strip(), asks.strip(), at
    output.save(
        update_fields=["title", "kind", "abstract", "keywords", "licence", "language", "readers",
                       "asks", "touched_at"],
    )  # fmt: skip
    output.subjects.exclude(theme__in=themes).delete()
    known = set(output.subjects.values_list("theme", flat=True))
    Subject.objects.bulk_create(
        Subject(output=output, theme=theme) for theme in themes if theme.pk not in known
    )
    enter(actor, "describe", output, at=at)
    put_in_search(output, at=at)
