"""Held posts: approve, reject with the reason, discard, trust, claim, expire (checklist 11)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from intersession.journal.models import Entry
from intersession.kit.answers import Denied, Refused
from intersession.lists import actions, queries
from intersession.lists.actions.expiring import expire_due, forget_decided
from intersession.lists.actions.receiving import receive
from intersession.lists.models import Held, MailingList, Message, PostingRight, Relay
from intersession.lists.queries.held import queues_of
from intersession.lists.states import HeldState, Outcome, Standing
from intersession.lists.testing import a_list
from intersession.membership.testing import a_member
from intersession.outbox.models import Letter
from intersession.people.testing import NOON, a_person
from tests.lists.author import ADDRESS, subscribed
from tests.lists.held import PROVEN, UNPROVEN, a_held_post, a_mail, a_moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk() -> MailingList:
    return a_list()


def letters_to_ada(kind: str) -> list[Letter]:
    return list(Letter.objects.filter(to=ADDRESS, kind=f"lists.{kind}"))


def test_an_approved_post_goes_out_byte_for_byte_as_it_came(talk: MailingList) -> None:
    held = a_held_post(talk)

    message = actions.approve(a_moderator(talk.coalition), held, at=NOON)

    held.refresh_from_db()
    assert (held.state, held.message) == (HeldState.APPROVED, message)
    assert queries.raw_of(message.content) == a_mail(talk.address)
    assert Relay.objects.get().message == message
    [told] = letters_to_ada("went_out")
    assert message.get_absolute_url() in told.body


def test_a_rejected_post_goes_nowhere_and_its_author_reads_the_reason(talk: MailingList) -> None:
    held = a_held_post(talk)

    actions.reject(a_moderator(talk.coalition), held, at=NOON, reason="It is about cats.")

    held.refresh_from_db()
    assert (held.state, held.answer) == (HeldState.REJECTED, "It is about cats.")
    assert not Message.objects.exists()
    [told] = letters_to_ada("rejected")
    assert "It is about cats." in told.body
    assert "The sender is not subscribed to this list." in told.body


def test_a_rejection_needs_a_reason(talk: MailingList) -> None:
    held = a_held_post(talk)

    with pytest.raises(Refused, match="reason"):
        actions.reject(a_moderator(talk.coalition), held, at=NOON, reason="  ")


def test_a_rejection_writes_to_nobody_whose_address_may_be_forged(talk: MailingList) -> None:
    held = a_held_post(talk, authentic=UNPROVEN)

    actions.reject(a_moderator(talk.coalition), held, at=NOON, reason="No.")

    assert not Letter.objects.filter(to=ADDRESS).exists()


def test_a_known_author_hears_of_one_unproven_rejection_a_day(talk: MailingList) -> None:
    subscribed(talk)
    posts = [a_held_post(talk, n, authentic=UNPROVEN, body="unsubscribe") for n in (1, 2)]
    assert {post.state for post in posts} == {HeldState.HELD}
    moderator = a_moderator(talk.coalition)

    for post in posts:
        actions.reject(moderator, post, at=NOON, reason="No.")

    assert len(letters_to_ada("rejected")) == 1


def test_a_robot_s_post_is_rejected_without_a_word_to_it(talk: MailingList) -> None:
    held = a_held_post(talk, more="Auto-Submitted: auto-generated\r\n")

    actions.reject(a_moderator(talk.coalition), held, at=NOON, reason="No robots.")

    assert not Letter.objects.filter(to=ADDRESS).exists()


def test_a_discarded_post_is_told_to_nobody(talk: MailingList) -> None:
    held = a_held_post(talk)
    to_its_author = Letter.objects.filter(to=held.address)
    before = to_its_author.count()

    actions.discard(a_moderator(talk.coalition), held, at=NOON)

    held.refresh_from_db()
    assert held.state == HeldState.DISCARDED
    assert to_its_author.count() == before
    assert not Message.objects.exists()


def test_trust_lets_the_next_first_post_out_at_once(talk: MailingList) -> None:
    talk.holds_first = True
    talk.save(update_fields=["holds_first"])
    subscribed(talk)
    held = a_held_post(talk)
    assert held.reasons == ["first-post"]

    actions.approve_and_trust(a_moderator(talk.coalition), held, at=NOON)

    assert PostingRight.objects.get(until=None).standing == Standing.TRUSTED
    arrival = receive(talk, a_mail(talk.address, 2), at=NOON, envelope=ADDRESS, authentic=PROVEN)
    assert arrival.outcome == Outcome.ARCHIVED


def test_the_first_post_is_held_and_after_approval_the_second_goes_out(talk: MailingList) -> None:
    talk.holds_first = True
    talk.save(update_fields=["holds_first"])
    subscribed(talk)
    actions.approve(a_moderator(talk.coalition), a_held_post(talk), at=NOON)

    arrival = receive(talk, a_mail(talk.address, 2), at=NOON, envelope=ADDRESS, authentic=PROVEN)

    assert arrival.outcome == Outcome.ARCHIVED


def test_one_moderator_has_a_post_in_hand_for_an_hour(talk: MailingList) -> None:
    held = a_held_post(talk)
    ann, ben = a_moderator(talk.coalition), a_moderator(talk.coalition)

    actions.claim_held(ann, held, at=NOON)

    with pytest.raises(Refused, match="in hand until"):
        actions.approve(ben, held, at=NOON + timedelta(minutes=59))
    actions.approve(ben, held, at=NOON + timedelta(minutes=60))


def test_a_post_given_back_is_anybody_s(talk: MailingList) -> None:
    held = a_held_post(talk)
    ann, ben = a_moderator(talk.coalition), a_moderator(talk.coalition)
    actions.claim_held(ann, held, at=NOON)

    with pytest.raises(Refused):
        actions.unclaim_held(ben, held, at=NOON)
    actions.unclaim_held(ann, held, at=NOON)

    actions.claim_held(ben, held, at=NOON)
    held.refresh_from_db()
    assert held.claimed_by == ben


def test_nobody_gives_back_what_they_do_not_have(talk: MailingList) -> None:
    with pytest.raises(Refused):
        actions.unclaim_held(a_moderator(talk.coalition), a_held_post(talk), at=NOON)


VERBS: list[Callable[..., Any]] = [
    actions.approve,
    actions.approve_and_trust,
    lambda actor, held, at: actions.reject(actor, held, at=at, reason="No."),
    actions.discard,
    actions.claim_held,
]


@pytest.mark.parametrize("verb", VERBS)
def test_a_member_decides_about_no_post(talk: MailingList, verb: Callable[..., Any]) -> None:
    held = a_held_post(talk)

    with pytest.raises(Denied, match="moderator"):
        verb(a_member(talk.coalition), held, at=NOON)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    "state", [HeldState.APPROVED, HeldState.REJECTED, HeldState.DISCARDED, HeldState.EXPIRED]
)
def test_what_is_decided_stays_decided(
    talk: MailingList, verb: Callable[..., Any], state: HeldState
) -> None:
    held = a_held_post(talk)
    Held.objects.update(state=state, decided_at=NOON)

    with pytest.raises(Refused, match="does not wait"):
        verb(a_moderator(talk.coalition), held, at=NOON)


@pytest.mark.parametrize("verb", VERBS)
def test_what_its_author_must_confirm_is_not_a_moderator_s(
    talk: MailingList, verb: Callable[..., Any]
) -> None:
    subscribed(talk)
    held = a_held_post(talk, authentic=UNPROVEN)
    assert held.state == HeldState.WAITING

    with pytest.raises(Refused, match="does not wait for a moderator"):
        verb(a_moderator(talk.coalition), held, at=NOON)


def test_a_decision_is_one_entry_that_names_no_author_and_is_not_public(talk: MailingList) -> None:
    held = a_held_post(talk)
    before = Entry.objects.count()

    actions.reject(a_moderator(talk.coalition), held, at=NOON, reason="It is about Ada.")

    [entry] = Entry.objects.order_by("number")[before + 1 :]
    assert (entry.verb, entry.is_public) == ("lists.reject", False)
    written = f"{entry.title} {entry.url} {entry.facts} {entry.digests}"
    assert "Ada" not in written
    assert ADDRESS not in written
    assert "Hello" not in written


def test_a_post_whose_text_was_removed_can_only_be_discarded(talk: MailingList) -> None:
    held = a_held_post(talk)
    Held.objects.update(raw=b"")
    moderator = a_moderator(talk.coalition)

    with pytest.raises(Refused, match="removed"):
        actions.approve(moderator, held, at=NOON)
    actions.discard(moderator, held, at=NOON)


def test_a_closed_list_lets_nothing_out(talk: MailingList) -> None:
    held = a_held_post(talk)
    MailingList.objects.update(closed_at=NOON)

    with pytest.raises(Refused, match="closed"):
        actions.approve(a_moderator(talk.coalition), held, at=NOON)


def test_a_post_expires_after_fourteen_days_and_its_author_is_told(talk: MailingList) -> None:
    held = a_held_post(talk)

    assert expire_due(at=NOON + timedelta(days=14) - timedelta(seconds=1)) == 0
    assert expire_due(at=NOON + timedelta(days=14)) == 1

    held.refresh_from_db()
    assert held.state == HeldState.EXPIRED
    [told] = letters_to_ada("expired")
    assert "14 days" in told.body
    assert expire_due(at=NOON + timedelta(days=15)) == 0


def test_an_unconfirmed_post_expires_after_three_days_without_a_word(talk: MailingList) -> None:
    subscribed(talk)
    a_held_post(talk, authentic=UNPROVEN)
    before = Letter.objects.count()

    assert expire_due(at=NOON + timedelta(days=3)) == 1

    assert Held.objects.get().state == HeldState.EXPIRED
    assert Letter.objects.count() == before


def test_what_went_nowhere_is_forgotten_after_three_months(talk: MailingList) -> None:
    a_held_post(talk)
    waiting = a_held_post(talk, 2)
    actions.discard(a_moderator(talk.coalition), Held.objects.earliest("pk"), at=NOON)

    assert forget_decided(at=NOON + timedelta(days=89)) == 0
    assert forget_decided(at=NOON + timedelta(days=90)) == 1

    discarded = Held.objects.earliest("pk")
    assert (bytes(discarded.raw), discarded.address, discarded.subject) == (b"", "", "")
    waiting.refresh_from_db()
    assert bytes(waiting.raw)


def test_what_waits_stands_with_its_moderators_and_else_with_the_secretariat() -> None:
    talk, other = a_list(), a_list()
    moderator = a_moderator(talk.coalition)
    a_held_post(talk)
    a_held_post(talk, 2)
    a_held_post(other, 3)
    secretariat = a_person(is_secretariat=True)

    [mine] = queues_of(moderator, at=NOON)
    [theirs] = queues_of(secretariat, at=NOON)

    assert (mine.mailing_list, mine.count, mine.until) == (talk, 2, NOON + timedelta(days=14))
    assert (theirs.mailing_list, theirs.count) == (other, 1)
    assert queues_of(a_person(), at=NOON) == []
