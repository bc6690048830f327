"""Comment periods: opening one, moving its end. At its end it is over by the clock alone."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intersession.coalitions.queries import procedure_of
from intersession.kit.answers import Refused, ensure
from intersession.kit.facts import publish as tell
from intersession.kit.words import moment
from intersession.outputs import letters, permissions, queries
from intersession.outputs.actions.trace import enter, lock, put_in_search
from intersession.outputs.events import RoundOpened
from intersession.outputs.models import CommentRound, Output
from intersession.outputs.states import LIFE, Audience
from intersession.people.models import Person


@transaction.atomic
def open_round(
    actor: Person,
    output: Output,
    *,
    at: datetime,
    closes_at: datetime,
    audience: Audience = Audience.EVERYONE,
    questions: str = "",
) -> CommentRound:
    """
    Open the text as it stands to comments, on paragraphs and on the whole.

    Raises Denied unless the actor edits the work, Refused where there is no text, a period is open
    already, or the time is shorter than the coalition's procedure gives.
    """
    ensure(permissions.may_edit(actor, output, at=at))
    lock(output)
    _ensure_long_enough(output, at, closes_at)
    entered = LIFE.after("open_round", queries.state_at(output, at=at))
    version = queries.latest_version(output)
    version.is_snapshot = True
    version.save(update_fields=["is_snapshot"])
    opened = CommentRound.objects.create(
        output=output, version=version, number=output.rounds.count() + 1, audience=audience,
        questions=questions.strip(), opened_by=actor, opened_at=at, closes_at=closes_at,
    )  # fmt: skip
    output.state, output.touched_at = entered, at
    output.save(update_fields=["state", "touched_at"])
    enter(
        actor, "open_round", output, at=at, url=output.draft_url(),
        facts={"round": opened.number, "version": version.number, "audience": audience.value,
               "closes_at": closes_at.isoformat()},
    )  # fmt: skip
    letters.tell_round_opened(opened, at=at)
    put_in_search(output, at=at)
    tell(RoundOpened(opened.pk, at))
    return opened


def _ensure_long_enough(output: Output, at: datetime, closes_at: datetime) -> None:
    days = procedure_of(output.coalition).round_days
    if closes_at - at < timedelta(days=days):
        raise Refused(
            ngettext(
                "The coalition’s procedure gives at least %(n)d day to comment.",
                "The coalition’s procedure gives at least %(n)d days to comment.",
                days,
            )
            % {"n": days}
        )


@transaction.atomic
def move_close(
    actor: Person,
    period: CommentRound,
    *,
    at: datetime,
    closes_at: datetime,
    reason: str,
) -> None:
    """
    Extend an open comment period, or close it early (at once, if the new end is now).

    Raises Denied unless the actor edits the work; Refused once it is over, or without a reason.
    """
    ensure(permissions.may_edit(actor, period.output, at=at))
    lock(period.output)
    period.refresh_from_db(fields=["closes_at"])
    if not period.is_open(at):
        raise Refused(
            _("This comment period closed on %(moment)s.") % {"moment": moment(period.closes_at)}
        )
    if not reason.strip():
        raise Refused(_("Say why the end moves: people have planned with it."))
    before = period.closes_at
    period.closes_at = max(closes_at, at, period.opened_at + timedelta(seconds=1))
    period.save(update_fields=["closes_at"])
    enter(
        actor, "move_close", period.output, at=at, url=period.output.draft_url(),
        facts={"round": period.number, "from": before.isoformat(),
               "to": period.closes_at.isoformat(), "reason": reason.strip()},
    )  # fmt: skip
