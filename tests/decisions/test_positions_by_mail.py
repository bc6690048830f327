"""Positions by mail: filed at once, proposed, or neither (consensus-and-dissent, By mail)."""

from datetime import timedelta

import pytest

from intersession.coalitions.testing import a_coalition
from intersession.decisions import actions, queries
from intersession.decisions.models import Objection, Position, Proposal
from intersession.decisions.rules import verify
from intersession.decisions.rules.mailed import MARKS
from intersession.decisions.states import ObjectionState, Stance
from intersession.decisions.testing import (
    HOUR,
    MINUTE,
    a_determination,
    an_amended_text,
    an_open_call,
)
from intersession.journal.models import Entry
from intersession.lists.models import MailAnswer
from intersession.lists.testing import a_list
from intersession.membership import actions as membership
from intersession.membership.states import Kind
from intersession.membership.testing import a_member
from intersession.outbox.models import Letter
from intersession.people.testing import NOON, a_person
from tests.decisions.mailed import LATER, a_call_by_mail, answer, letters

pytestmark = pytest.mark.django_db

OBJECTION = "-1\n\nNo limit is named.\n\nChange: name thirty days.\n"


def stances(person) -> list[tuple[str, bool]]:
    said = Position.objects.filter(person=person).order_by("pk")
    return [(one.stance, one.is_current) for one in said]


def test_the_letter_to_each_says_how_to_answer_and_bears_a_token_of_its_own() -> None:
    call, member, letter = a_call_by_mail()

    assert "-answer+" in letter.reply_to
    for mark in MARKS:
        assert f"  {mark}" in letter.body
    assert "Or answer this letter." in letter.body
    assert "“Change:”" in letter.body
    an_amended_text(call, at=LATER)
    again = Letter.objects.get(kind="decisions.round_opened", to=member.email)
    assert again.reply_to not in ("", letter.reply_to)
    assert "Or answer this letter." in again.body


def test_signs_stand_in_their_order_in_a_letter_that_runs_from_right_to_left() -> None:
    coalition = a_coalition()
    a_list(coalition)
    member = a_member(coalition, language="ar")
    an_open_call(coalition)

    letter = Letter.objects.get(kind="decisions.call_opened", to=member.email)
    for mark in MARKS:
        assert f"\u2066{mark.ljust(2)}\u2069" in letter.body
    answer(letter, "\u2066-0\u2069\n\nالنص طويل.")
    assert stances(member) == [("concern", True)]


def test_without_a_list_the_letter_asks_for_no_answer_by_mail() -> None:
    coalition = a_coalition()
    member = a_member(coalition)
    an_open_call(coalition)

    letter = Letter.objects.get(kind="decisions.call_opened", to=member.email)
    assert letter.reply_to == ""
    assert "answer this letter" not in letter.body


@pytest.mark.parametrize(
    ("body", "stance"),
    [("+1", "support"), ("+0, fine", "live-with"), ("0", "abstain"), ("أؤيد", "support"),
     ("-0\n\nIt is long.", "concern"), (OBJECTION, "object")],
)  # fmt: skip
def test_the_token_and_a_proven_sender_file_a_position_at_once(body: str, stance: str) -> None:
    _, member, letter = a_call_by_mail()

    answer(letter, body)

    said = Position.objects.get()
    assert (said.person, said.stance, said.capacity) == (member, stance, "personal")
    assert said.mail == MailAnswer.objects.get()
    assert not Proposal.objects.exists()
    entry = Entry.objects.get(verb="decisions.take_position")
    assert (entry.actor_id, entry.facts["by_mail"]) == (member.pk, True)
    (receipt,) = letters("position_recorded")
    assert receipt.to == member.email
    assert "/calls/receipts/" in receipt.body


def test_an_objection_by_mail_bears_its_reason_and_the_change_it_asks_for() -> None:
    call, _, letter = a_call_by_mail()

    answer(letter, OBJECTION)

    objection = Objection.objects.get()
    assert objection.position.reason == "No limit is named."
    assert objection.remedy == "name thirty days."
    assert letters("objection_filed")[0].to == call.caller.email


def test_the_token_without_proof_only_proposes() -> None:
    _, member, letter = a_call_by_mail()

    answer(letter, "+1", proven=False)

    assert not Position.objects.exists()
    made = Proposal.objects.get()
    assert (made.person, made.stance, made.doubt) == (member, "support", "not_proven")
    (asked,) = letters("position_proposed")
    assert asked.to == member.email
    assert "Nothing proves who sent the mail." in asked.body
    assert Entry.objects.get(verb="decisions.propose_position").actor_id is None


def test_a_forwarded_token_in_the_hands_of_another_proposes_to_whom_it_was_sent() -> None:
    call, member, letter = a_call_by_mail()
    other = membership.join(bo := a_person(email="bo@example.org"), call.coalition, at=NOON)
    assert other is not None

    answer(letter, "-1\nNo.\n\nChange: all of it", author="bo@example.org")

    made = Proposal.objects.get()
    assert (made.person, made.doubt) == (member, "not_theirs")
    assert not Position.objects.exists()
    assert not Letter.objects.filter(kind="decisions.position_proposed", to=bo.email).exists()


def test_a_position_from_an_address_that_nobody_verified_is_proposed() -> None:
    _, member, letter = a_call_by_mail()
    member.emailaddress_set.create(email="new@example.org", verified=False)

    answer(letter, "+1", author="new@example.org")

    assert Proposal.objects.get().doubt == "not_theirs"


@pytest.mark.parametrize("mark", ["-0", "-1"])
def test_a_difference_without_its_reason_is_proposed_with_the_question_why(mark: str) -> None:
    _, _, letter = a_call_by_mail()

    answer(letter, mark)

    assert Proposal.objects.get().doubt == "no_reason"
    (asked,) = letters("position_proposed")
    assert "Why do you say so?" in asked.body
    assert asked.reply_to != ""


def test_an_answer_with_the_reason_fills_it_in_and_files_it() -> None:
    _, member, letter = a_call_by_mail()
    answer(letter, "-0")

    answer(letters("position_proposed")[0], "It is too long.\n\n> Why do you say so?", at=LATER)

    assert stances(member) == [("concern", True)]
    assert Position.objects.get().reason == "It is too long."
    assert Proposal.objects.get().state == "replaced"
    assert len(letters("position_recorded")) == 1


def test_an_objection_without_a_change_is_asked_for_it_as_the_law_demands_one() -> None:
    _, member, letter = a_call_by_mail()

    answer(letter, "-1 no limit is named")
    asked = letters("position_proposed")[0]
    assert "Which change would remove your objection?" in asked.body
    answer(asked, "Name thirty days.")

    assert stances(member) == [("object", True)]
    assert Objection.objects.get().remedy == "Name thirty days."


def test_an_unproven_answer_with_the_reason_still_needs_the_click() -> None:
    _, _, letter = a_call_by_mail()
    answer(letter, "-0")

    answer(letters("position_proposed")[0], "It is too long.", proven=False)

    assert not Position.objects.exists()
    waiting = Proposal.objects.get(state="proposed")
    assert (waiting.reason, waiting.doubt) == ("It is too long.", "not_proven")


def test_of_two_mails_in_a_minute_the_later_stands_and_both_are_kept() -> None:
    call, member, letter = a_call_by_mail()

    answer(letter, "+1", at=LATER)
    answer(letter, OBJECTION, at=LATER + MINUTE / 2)

    assert stances(member) == [("support", False), ("object", True)]
    assert MailAnswer.objects.count() == 2
    assert queries.standing(call).voices == 1
    assert len(letters("position_recorded")) == 2


def test_a_mail_after_the_closing_moment_is_kept_and_answered_once_with_the_moment() -> None:
    call, _, letter = a_call_by_mail()

    for minutes in (0, 1, 2):
        answer(letter, "+1", at=call.closes_at + minutes * MINUTE)

    assert not Position.objects.exists()
    assert MailAnswer.objects.count() == 3
    (told,) = letters("answer_late")
    assert "closed on 15 March 2026, 23:59 UTC" in told.body


def test_a_mail_about_a_call_that_was_withdrawn_is_answered_with_its_moment() -> None:
    call, _, letter = a_call_by_mail()
    actions.withdraw(call.caller, call, at=LATER, reason="Wrong text.")

    answer(letter, "+1", at=LATER + HOUR)

    assert not Position.objects.exists()
    assert "ended on 1 March 2026, 13:00 UTC. Its state is: Withdrawn." in (
        letters("answer_late")[0].body
    )


def test_whoever_left_the_coalition_is_told_why_once() -> None:
    call, member, letter = a_call_by_mail()
    membership.leave(member, call.coalition, at=LATER)

    answer(letter, "+1", at=LATER + MINUTE)
    answer(letter, "+1", at=LATER + 2 * MINUTE)

    assert not Position.objects.exists()
    (told,) = letters("answer_not_entitled")
    assert "Joining is open to everybody" in told.body


def test_an_answer_to_the_letter_of_an_earlier_text_is_proposed() -> None:
    call, member, letter = a_call_by_mail()
    an_amended_text(call, at=LATER)

    answer(letter, "+1", at=LATER + HOUR)

    assert Proposal.objects.get().doubt == "old_text"
    assert stances(member) == []


def test_a_change_of_wording_leaves_the_letters_that_went_out_good() -> None:
    call, member, letter = a_call_by_mail()
    an_amended_text(call, at=LATER, is_substantive=False)

    answer(letter, "+1", at=LATER + HOUR)

    assert stances(member) == [("support", True)]


def test_a_first_line_that_is_no_position_is_said_once_a_day_and_only_to_its_author() -> None:
    _, member, letter = a_call_by_mail()

    answer(letter, "Dear all,\n+1")
    answer(letter, "+1 or -1")
    answer(letter, "Hello", proven=False)

    assert (stances(member), Proposal.objects.count()) == ([], 0)
    (told,) = letters("answer_unclear")
    assert told.reply_to == letter.reply_to


def test_a_mark_in_a_quoted_line_or_a_signature_takes_no_position() -> None:
    _, member, letter = a_call_by_mail()

    answer(letter, "> +1\n> -1\n\nI will read it.\n-- \n-1\n")

    assert (stances(member), Proposal.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    "given",
    [{"envelope": ""}, {"more": "Auto-Submitted: auto-replied\r\n"},
     {"author": "mailer-daemon@example.org"}, {"more": "Precedence: bulk\r\n"},
     {"more": "Content-Type: multipart/report; boundary=x\r\n"}],
)  # fmt: skip
def test_robots_and_bounces_do_nothing_and_get_no_answer(given) -> None:
    _, _, letter = a_call_by_mail()
    before = Letter.objects.count()

    answer(letter, "+1", **given)

    assert not Position.objects.exists()
    assert not Proposal.objects.exists()
    assert Letter.objects.count() == before


def test_a_flood_of_unproven_mails_proposes_no_more_than_a_few() -> None:
    _, _, letter = a_call_by_mail()

    for number in range(10):
        answer(letter, f"+1\n\n{number}", proven=False)

    assert len(letters("position_proposed")) == 5
    assert Proposal.objects.filter(state="proposed").count() == 1


def test_the_digest_of_the_mail_is_frozen_with_the_record() -> None:
    call, _, letter = a_call_by_mail()
    answer(letter, "+1")

    a_determination(call)

    call.refresh_from_db()
    record = queries.export(call)
    kept = [leaf["content"] for leaf in record["leaves"] if leaf["kind"] == "position"]
    assert kept[0]["mail"] == MailAnswer.objects.get().digest
    assert verify(record)


def test_an_observer_answers_by_mail_and_is_heard_apart() -> None:
    call, member, letter = a_call_by_mail()
    observer_since = NOON + timedelta(minutes=1)
    membership.leave(member, call.coalition, at=observer_since)
    membership.join(member, call.coalition, at=observer_since + MINUTE, kind=Kind.OBSERVER)

    answer(letter, "+1")

    assert Position.objects.get().is_observer


def test_another_stance_by_mail_takes_an_objection_back() -> None:
    _, _, letter = a_call_by_mail()
    answer(letter, OBJECTION)

    answer(letter, "+0", at=LATER + HOUR)

    assert Objection.objects.get().state == ObjectionState.WITHDRAWN
    assert Position.objects.get(is_current=True).stance == Stance.LIVE_WITH
