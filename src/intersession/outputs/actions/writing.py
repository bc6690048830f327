"""Writing: new versions, paragraphs tied to their past, suggestions taken over."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.journal.rules import salted_digest
from intersession.kit.answers import Refused, ensure
from intersession.outputs import permissions, queries
from intersession.outputs.actions.answering import tell_commenters
from intersession.outputs.actions.naming import add_contributor
from intersession.outputs.actions.texts import tidy, write_version
from intersession.outputs.actions.trace import enter, lock, locked, put_in_search
from intersession.outputs.models import Block, Comment, CommentRound, Output, Version
from intersession.outputs.rules import keys, wording
from intersession.outputs.rules.matching import Relation
from intersession.outputs.states import WRITING, Answer, Role, State
from intersession.people.models import Person


class Stale(Refused):
    """Somebody saved in the meantime. Nothing is lost: the text can be merged."""

    def __init__(self, base: int, latest: int) -> None:
        super().__init__(
            _("Draft %(latest)d was saved while you were writing on draft %(base)d.")
            % {"latest": latest, "base": base}
        )
        self.base = base
        self.latest = latest


@transaction.atomic
def save_version(
    actor: Person, output: Output, *, at: datetime, text: str, base: int, note: str = ""
) -> Version:
    """
    Save the next version, written on version `base` (0 where there was none).

    Raises Denied unless the actor edits the work; Stale where somebody saved since; Refused while
    the text is frozen, for an empty or unchanged text, and above the limits.
    """
    ensure(permissions.may_edit(actor, output, at=at))
    work = locked(output.pk)
    before = work.versions.order_by("-number").first()
    _ensure_open(work, before, base)
    if before and before.text == tidy(text):
        raise Refused(_("The text is as it was in draft %(n)d.") % {"n": before.number})
    version = write_version(work, text, by=actor, at=at, note=note.strip())
    _go_on(work, at=at)
    add_contributor(work, actor, Role.EDITOR, at=at)
    _enter_version(actor, "save_version", version, at=at)
    tell_commenters(version, at=at)
    put_in_search(work, at=at)
    output.refresh_from_db(fields=["state", "touched_at"])
    return version


def _ensure_open(work: Output, before: Version | None, base: int) -> None:
    if work.state not in WRITING:
        raise Refused(_("The text is frozen: its state is “%s”.") % State(work.state).label)
    latest = before.number if before else 0
    if latest != base:
        raise Stale(base, latest)


def _go_on(work: Output, *, at: datetime) -> None:
    """Move an idea to a draft; everything else stays where it is."""
    if work.state in (State.IDEA, State.DRAFT):
        work.follow("write")
    work.touched_at = at
    work.save(update_fields=["state", "touched_at"])


def _enter_version(actor: Person, verb: str, version: Version, *, at: datetime) -> None:
    enter(
        actor, verb, version.output, at=at, url=version.output.draft_url(),
        facts={"version": version.number},
        digests={"text": salted_digest(version.text, version.salt)},
    )  # fmt: skip


@transaction.atomic
def apply_suggestion(actor: Person, comment: Comment, *, at: datetime) -> Version:
    """
    Put a suggested wording into the text as a new version, and credit its author.

    The comment is answered with that: accepted. Raises Denied unless the actor edits the work,
    Refused where nothing was suggested, it was answered before, or the paragraph is gone.
    """
    output = comment.output
    ensure(permissions.may_edit(actor, output, at=at))
    work = locked(output.pk)
    comment.refresh_from_db(fields=["answer"])
    before = work.versions.order_by("-number").get(number=queries.latest_version(work).number)
    _ensure_open(work, before, before.number)
    text, pinned = _with_suggestion(before, comment)
    version = write_version(work, text, by=actor, at=at, note=_note_of(comment), pinned=pinned)
    _go_on(work, at=at)
    comment.answer, comment.answered_in = Answer.ACCEPTED, version
    comment.answered_by, comment.answered_at = actor, at
    comment.save(update_fields=["answer", "answered_in", "answered_by", "answered_at"])
    add_contributor(work, comment.author, Role.CONTRIBUTOR, at=at)
    _enter_version(actor, "apply_suggestion", version, at=at)
    tell_commenters(version, at=at)
    put_in_search(work, at=at)
    return version


def _note_of(comment: Comment) -> str:
    return _("Wording of %(author)s (comment %(n)d)") % {
        "author": comment.author,
        "n": comment.number,
    }


def _with_suggestion(before: Version, comment: Comment) -> tuple[str, tuple[int, str]]:
    """Return the text with the suggested wording, and the line where it now stands."""
    if not comment.wording.strip():
        raise Refused(_("This comment suggests no wording."))
    if comment.answer:
        raise Refused(_("This comment was answered already."))
    block = before.blocks.filter(key=comment.key).first() if comment.key else None
    if block is None:
        raise Refused(_("The paragraph is no longer in the text: change the text by hand."))
    text = wording.replaced(before.text, block.first_line, block.end_line, comment.wording)
    return text, (block.first_line, block.key)


@transaction.atomic
def confirm_match(actor: Person, block: Block, *, at: datetime, is_same: bool) -> None:
    """
    Say that a paragraph is, or is not, the earlier one it was tied to.

    Raises Denied unless the actor edits the work, Refused where it was not in doubt, is no longer
    the latest text, or was opened to comments or put to a call under its name.
    """
    version = block.version
    ensure(permissions.may_edit(actor, version.output, at=at))
    lock(version.output)
    block.refresh_from_db(fields=["is_doubtful"])
    if not block.is_doubtful or version.number != queries.latest_version(version.output).number:
        raise Refused(_("This paragraph waits for no confirmation."))
    block.is_doubtful = False
    if not is_same:
        _ensure_free(version)
        taken = set(
            Block.objects.filter(version__output=version.output_id).values_list("key", flat=True)
        )
        version.removed = [*version.removed, block.key]
        version.save(update_fields=["removed"])
        block.key = keys.fresh(block.source, taken, f"{version.output_id}:{block.position}:new")
        block.relation, block.previous_number, block.is_edited = Relation.NEW.value, "", False
    block.save(update_fields=["is_doubtful", "key", "relation", "previous_number", "is_edited"])
    enter(
        actor, "confirm_match", version.output, at=at, url=block.get_absolute_url(),
        facts={"version": version.number, "number": block.number, "is_same": is_same},
    )  # fmt: skip


def _ensure_free(version: Version) -> None:
    """Refuse to rename paragraphs to which comments, objections or statements may point."""
    if version.call_id is not None:
        raise Refused(_("This text was put to a call: its paragraphs keep their names."))
    if CommentRound.objects.filter(version=version).exists():
        raise Refused(
            _("This text was opened to comments: its paragraphs keep their names from then on.")
        )
