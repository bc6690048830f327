"""Commenting on a text."""

from datetime import datetime
from secrets import token_hex

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.decisions.actions import spoken_for
from intersession.decisions.states import Capacity
from intersession.journal.rules import salted_digest
from intersession.kit.answers import Refused, ensure
from intersession.kit.words import moment
from intersession.outputs import permissions, queries
from intersession.outputs.actions.trace import enter, locked
from intersession.outputs.models import Block, Comment, CommentRound, Output
from intersession.outputs.rules.saying import fault
from intersession.people.models import Person


@transaction.atomic
def comment(
    actor: Person,
    period: CommentRound,
    *,
    at: datetime,
    text: str,
    key: str = "",
    wording: str = "",
    capacity: Capacity = Capacity.PERSONAL,
    organization: str = "",
) -> Comment:
    """
    Comment on a paragraph, by its key, or on the whole, with a suggested wording or without.

    Raises Denied to whom the period is not for; Refused after its closing moment, for an empty or
    overlong comment, and for a paragraph that is not in the text.
    """
    ensure(permissions.may_comment(actor, period, at=at))
    output = locked(period.output_id)
    period.refresh_from_db(fields=["closes_at"])
    if not period.is_open(at):
        raise Refused(
            _("The comment period closed on %(moment)s; your text was not filed.")
            % {"moment": moment(period.closes_at)}
        )
    if reason := fault(text, wording, on_paragraph=bool(key)):
        raise Refused(reason)
    named = spoken_for(capacity, organization)
    block = _block_of(output, period, key) if key else None
    said = Comment.objects.create(
        output=output, round=period, version=block.version if block else period.version,
        number=output.comments.count() + 1, key=key, paragraph=block.number if block else "",
        text=text.strip(), wording=wording.replace("\r\n", "\n").strip("\n"), author=actor,
        capacity=capacity, organization=named, salt=token_hex(16), at=at,
    )  # fmt: skip
    enter(
        actor, "comment", output, at=at, url=f"{output.draft_url()}#c{said.number}",
        facts={"number": said.number, "paragraph": said.paragraph, "round": period.number},
        digests={"comment": salted_digest(f"{said.text}\n\n{said.wording}", said.salt)},
    )  # fmt: skip
    return said


def _block_of(output: Output, period: CommentRound, key: str) -> Block:
    """Return the paragraph as it stands, or as it stood when the period was opened."""
    versions = [queries.latest_version(output).pk, period.version_id]
    found = (
        Block.objects.filter(version__in=versions, key=key)
        .select_related("version")
        .order_by("-version__number")
        .first()
    )
    if found is None:
        raise Refused(_("This paragraph is not in the text that is open to comments."))
    return found
