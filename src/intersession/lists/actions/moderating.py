"""What moderators do with held posts: whole messages only, never edited."""

import zlib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.journal.actions import record
from intersession.kit import words
from intersession.kit.answers import Refused, ensure
from intersession.kit.facts import publish
from intersession.lists import permissions
from intersession.lists.actions.receiving import release
from intersession.lists.actions.standing import ensure_may_end, stand
from intersession.lists.events import HeldPostDecided
from intersession.lists.letters import moderating as letters
from intersession.lists.models import Held, Message, Question
from intersession.lists.rules import addresses
from intersession.lists.rules.holding import in_hand_until
from intersession.lists.states import HELD, HeldState, Standing
from intersession.people.models import Person


@transaction.atomic
def approve(actor: Person, held: Held, *, at: datetime) -> Message:
    """
    Let a held post out as it came, to the archive and to every subscriber.

    Raises Denied for who does not moderate the list; Refused where it was decided already, another
    moderator has it in hand, the list is closed, or its content was removed.
    """
    post = _to_decide(actor, held, at=at)
    message = _let_out(post, actor, at=at)
    _finish("lists.approve", actor, post, at=at)
    letters.tell_went_out(post, at=at)
    publish(HeldPostDecided(post.pk, at))
    return message


@transaction.atomic
def approve_and_trust(actor: Person, held: Held, *, at: datetime) -> Message:
    """
    Let a held post out, and its author's next ones without a moderator.

    Raises as `approve` does; Denied also where the author is suspended and the actor suspends
    nobody, Refused where the post names no author. Trust is no rank above the list's rules: mail
    that proves no author still waits.
    """
    post = _to_decide(actor, held, at=at)
    author = addresses.normal(post.address)
    ensure_may_end(actor, post.mailing_list, author, at=at)
    if not addresses.is_address(author):
        raise Refused(_("Mail cannot come from this address. Check how it is written."))
    message = _let_out(post, actor, at=at)
    stand(post.mailing_list, author, Standing.TRUSTED, at=at, by=actor)
    _finish("lists.approve_and_trust", actor, post, at=at)
    letters.tell_went_out(post, at=at)
    publish(HeldPostDecided(post.pk, at))
    return message


@transaction.atomic
def reject(actor: Person, held: Held, *, at: datetime, reason: str) -> None:
    """
    Refuse a held post with the reason, which its author reads where they may be written to.

    Raises Denied and Refused as `approve` does, Refused also without a reason.
    """
    post = _to_decide(actor, held, at=at)
    if not reason.strip():
        raise Refused(_("Please give the reason; the author reads it."))
    _decide("reject", post, actor, at=at, answer=reason.strip()[:1000])
    _finish("lists.reject", actor, post, at=at)
    letters.tell_rejected(post, at=at)
    publish(HeldPostDecided(post.pk, at))


@transaction.atomic
def discard(actor: Person, held: Held, *, at: datetime) -> None:
    """
    Throw a held post away without a word, as spam is. Raises as `approve` does.

    What the letters to moderators cite of it goes with it.
    """
    post = _to_decide(actor, held, at=at)
    _decide("discard", post, actor, at=at)
    _finish("lists.discard", actor, post, at=at)
    letters.forget_asked(post.pk)
    publish(HeldPostDecided(post.pk, at))


@transaction.atomic
def claim_held(actor: Person, held: Held, *, at: datetime) -> None:
    """
    Take a held post in hand for an hour, so that two people do not work on one.

    Raises Denied for who does not moderate the list, Refused where it was decided already or
    another moderator has it in hand.
    """
    post = _to_decide(actor, held, at=at)
    post.claimed_by, post.claimed_at = actor, at
    post.save(update_fields=["claimed_by", "claimed_at"])
    _note("lists.claim_held", actor, post, at=at)


@transaction.atomic
def unclaim_held(actor: Person, held: Held, *, at: datetime) -> None:
    """Give a held post back to the others. Raises Refused for who does not have it in hand."""
    post = _to_decide(actor, held, at=at)
    if in_hand_until(post.claimed_at, at) is None:
        raise Refused(_("You do not have this post in hand."))
    post.claimed_by, post.claimed_at = None, None
    post.save(update_fields=["claimed_by", "claimed_at"])
    _note("lists.unclaim_held", actor, post, at=at)


def _to_decide(actor: Person, held: Held, *, at: datetime) -> Held:
    """Load a post for a decision while nobody else decides about it."""
    ensure(permissions.may_moderate(actor, held.mailing_list, at=at))
    locked = Held.objects.select_for_update(of=("self",))
    post = locked.select_related("mailing_list__coalition", "claimed_by").get(pk=held.pk)
    if post.state != HeldState.HELD:
        raise Refused(
            _("This post does not wait for a moderator: %(state)s.")
            % {"state": post.get_state_display()}
        )
    until = in_hand_until(post.claimed_at, at)
    if until is not None and post.claimed_by != actor:
        told = {"name": post.claimed_by, "until": words.moment(until)}
        raise Refused(_("%(name)s has this post in hand until %(until)s.") % told)
    return post


def _let_out(post: Held, actor: Person, *, at: datetime) -> Message:
    if post.mailing_list.closed_at is not None:
        raise Refused(_("This list is closed. Its archive stays open."))
    try:
        return release(post, at=at, by=actor)
    except zlib.error:
        raise Refused(_("What this post said was removed for good. Discard it.")) from None


def _decide(verb: str, post: Held, actor: Person | None, *, at: datetime, answer: str = "") -> None:
    post.state = HELD.after(verb, HeldState(post.state))
    post.decided_at, post.decided_by, post.answer = at, actor, answer
    post.save(update_fields=["state", "decided_at", "decided_by", "answer"])


def _finish(verb: str, actor: Person, post: Held, *, at: datetime) -> None:
    """Close what was asked about the post, and write the entry."""
    Question.objects.filter(held=post, answered_at=None).update(answered_at=at)
    _note(verb, actor, post, at=at)


def _note(verb: str, actor: Person | None, post: Held, **given: Any) -> None:
    """Write an entry that is not public: the public reads how many, never whose (checklist 11)."""
    record(
        actor, verb, post, scope=post.mailing_list.coalition.slug,
        title=str(post.mailing_list), url=post.mailing_list.get_absolute_url(), private=True,
        **given,
    )  # fmt: skip
