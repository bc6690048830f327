"""Answering comments, and telling their authors once per revision."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.journal.rules import salted_digest
from intersession.kit.answers import Refused, ensure
from intersession.kit.edits import check_seen
from intersession.kit.words import moment
from intersession.outputs import letters, permissions, queries
from intersession.outputs.actions.trace import enter, lock
from intersession.outputs.models import Comment, Version
from intersession.outputs.queries.edits import answered
from intersession.outputs.states import Answer
from intersession.people.models import Person


@transaction.atomic
def answer_comment(
    actor: Person,
    comment: Comment,
    *,
    at: datetime,
    answer: Answer,
    reply: str = "",
    merged_with: Comment | None = None,
    base: str = "",
) -> None:
    """
    Answer a comment. Its author hears of it with the next revision, until when it may change.

    `base` is the mark of the answer that was seen (`kit.edits`). Raises Denied unless the actor
    edits the work; Refused to decline without a reason, to merge with nothing or itself, and once
    the author has been told; Meanwhile where somebody else answered since.
    """
    ensure(permissions.may_edit(actor, comment.output, at=at))
    lock(comment.output)
    comment.refresh_from_db(fields=["told_at", "answer", "reply", "merged_with"])
    if comment.told_at is not None:
        raise Refused(
            _("%(author)s was told of the answer on %(moment)s: it stands.")
            % {"author": comment.author, "moment": moment(comment.told_at)}
        )
    check_seen(base, answered(comment))
    if answer == Answer.DECLINED and not reply.strip():
        raise Refused(_("Say why the comment is declined: its author and the readers are told."))
    if answer == Answer.MERGED:
        _ensure_other(comment, merged_with)
    latest = queries.latest_version(comment.output)
    comment.answer, comment.reply = answer, reply.strip()
    comment.merged_with = merged_with if answer == Answer.MERGED else None
    comment.answered_by, comment.answered_at = actor, at
    comment.answered_in = latest if latest.number > comment.version.number else None
    comment.save(
        update_fields=["answer", "reply", "merged_with", "answered_by", "answered_at",
                       "answered_in"]
    )  # fmt: skip
    enter(
        actor, "answer_comment", comment.output, at=at,
        url=f"{comment.output.draft_url()}#c{comment.number}",
        facts={"number": comment.number, "answer": answer.value},
        digests={"reply": salted_digest(comment.reply, comment.salt)},
    )  # fmt: skip


def _ensure_other(comment: Comment, merged_with: Comment | None) -> None:
    if merged_with is None or merged_with.output_id != comment.output_id:
        raise Refused(_("Name the comment with which this one is merged."))
    if merged_with.pk == comment.pk or merged_with.merged_with_id == comment.pk:
        raise Refused(_("A comment cannot be merged with itself."))


def tell_commenters(version: Version, *, at: datetime) -> None:
    """Write to each whose comments were answered since the last revision. Verbs use it."""
    waiting = (
        Comment.objects.filter(output=version.output, told_at=None)
        .exclude(answer="")
        .select_related("author", "merged_with")
        .order_by("number")
    )
    by_author: dict[Person, list[Comment]] = defaultdict(list)
    for said in waiting:
        by_author[said.author].append(said)
        if said.answered_in_id is None:
            said.answered_in = version
        said.told_at = at
        said.save(update_fields=["answered_in", "told_at"])
    for author, comments in by_author.items():
        letters.tell_answers(author, comments, version, at=at)
