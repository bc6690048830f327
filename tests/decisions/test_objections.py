"""The life of an objection."""

import pytest

from intersession.decisions import actions, queries
from intersession.decisions.models import Objection, Turn
from intersession.decisions.queries.frozen import item_of_turn
from intersession.decisions.states import Disposition, ObjectionState, Stance, TurnKind
from intersession.decisions.testing import (
    HOUR,
    MINUTE,
    a_determination,
    a_disposed_objection,
    a_voice,
    an_amended_text,
    an_answered_objection,
    an_objection,
    an_open_call,
)
from intersession.journal.models import Entry
from intersession.kit.answers import Denied, Refused
from intersession.outbox.models import Letter
from intersession.people.testing import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + 2 * HOUR


def test_an_answer_goes_to_the_objector_and_on_the_record():
    call = an_open_call()
    objection = an_objection(call)

    actions.answer_objection(call.caller, objection, at=LATER, words="Because of the law.")

    assert objection.state == ObjectionState.ANSWERED
    letter = Letter.objects.get(kind="decisions.objection_answered")
    assert letter.to == objection.person.email
    assert "Because of the law." in letter.body
    entry = Entry.objects.get(verb="decisions.answer_objection")
    assert "Because of the law." not in str(entry.facts)
    assert set(entry.digests) == {"turn"}


def test_the_objector_says_whether_they_were_understood_and_is_answered_again():
    call = an_open_call()
    objection = an_answered_objection(call)

    actions.say_understood(objection.person, objection, at=LATER, understood=False)
    actions.answer_objection(call.caller, objection, at=LATER, words="Then so.")
    actions.say_understood(objection.person, objection, at=LATER, understood=True)

    assert [turn.kind for turn in objection.turns.all()] == [
        "answered",
        "not-understood",
        "answered",
        "understood",
    ]


def test_only_the_objector_knows_whether_they_were_understood():
    call = an_open_call()
    objection = an_answered_objection(call)

    with pytest.raises(Denied, match="Only the person who objected"):
        actions.say_understood(call.caller, objection, at=LATER, understood=True)


def test_nobody_is_understood_before_an_answer():
    objection = an_objection(an_open_call())

    with pytest.raises(Refused, match="no answer yet"):
        actions.say_understood(objection.person, objection, at=LATER, understood=True)


@pytest.mark.parametrize("disposition", list(Disposition))
def test_a_disposition_has_a_reason_and_tells_the_objector(disposition):
    call = an_open_call()
    objection = an_answered_objection(call)
    with pytest.raises(Refused, match="its reason"):
        actions.dispose(call.caller, objection, at=LATER, disposition=disposition, reason=" ")

    actions.dispose(call.caller, objection, at=LATER, disposition=disposition, reason="So.")

    assert objection.state == disposition.value
    assert Letter.objects.filter(kind="decisions.objection_disposed").count() == 1


def test_an_answer_comes_before_a_disposition():
    call = an_open_call()
    objection = an_objection(call)

    with pytest.raises(Refused, match="Answer the objection first"):
        actions.dispose(
            call.caller, objection, at=LATER, disposition=Disposition.INVALID, reason="No."
        )


def test_nobody_answers_or_disposes_of_their_own():
    call = an_open_call()
    actions.take_position(
        call.caller, call, at=NOON + HOUR, stance=Stance.OBJECT, reason="No.", remedy="Yes."
    ) if _join(call) else None
    objection = Objection.objects.get()

    with pytest.raises(Denied, match="objection of their own"):
        actions.answer_objection(call.caller, objection, at=LATER, words="Well.")
    with pytest.raises(Denied, match="objection of their own"):
        actions.dispose(
            call.caller, objection, at=LATER, disposition=Disposition.REJECTED, reason="Well."
        )


def _join(call):
    from intersession.membership.actions import join

    return join(call.caller, call.coalition, at=NOON)


def test_only_the_objector_withdraws():
    call = an_open_call()
    objection = an_objection(call)

    with pytest.raises(Denied, match="Only the person who objected"):
        actions.withdraw_objection(call.caller, objection, at=LATER)


@pytest.mark.parametrize("disposition", [None, *Disposition])
def test_the_objector_withdraws_at_any_time_and_says_where_they_stand(disposition):
    call = an_open_call()
    objection = a_disposed_objection(call, disposition) if disposition else an_objection(call)

    actions.withdraw_objection(
        objection.person, objection, at=call.closes_at + HOUR, stance=Stance.LIVE_WITH
    )

    assert objection.state == ObjectionState.WITHDRAWN
    counts = {count.stance: count.n for count in queries.standing(call).room.counts}
    assert (counts["live-with"], counts["object"]) == (1, 0)


def test_a_withdrawal_after_a_change_is_negotiated():
    call = an_open_call()
    objection = a_disposed_objection(call, Disposition.UPHELD)
    an_amended_text(call, at=LATER)
    objection.refresh_from_db()

    actions.withdraw_objection(objection.person, objection, at=LATER + HOUR)

    assert objection.state == ObjectionState.NEGOTIATED


def test_an_upheld_objection_may_still_stand_on_the_changed_text():
    call = an_open_call()
    objection = a_disposed_objection(call, Disposition.UPHELD)
    an_amended_text(call, at=LATER)

    actions.confirm_stands(objection.person, objection, at=LATER + HOUR, words="Not far enough.")

    assert objection.state == ObjectionState.FILED
    counts = {count.stance: count.n for count in queries.standing(call).room.counts}
    assert counts["object"] == 1
    assert [entry.verb for entry in Entry.objects.order_by("-number")[:1]] == [
        "decisions.confirm_stands"
    ]


def test_after_the_end_nothing_stands_anew():
    call = an_open_call()
    objection = a_disposed_objection(call, Disposition.UPHELD)
    an_amended_text(call, at=LATER)

    with pytest.raises(Refused, match="closed on"):
        actions.confirm_stands(objection.person, objection, at=call.closes_at)


def test_what_was_frozen_stays():
    call = an_open_call()
    a_voice(call)
    objection = a_disposed_objection(call)
    a_determination(call)

    with pytest.raises(Refused, match="has ended"):
        actions.withdraw_objection(objection.person, objection, at=call.closes_at + HOUR)


def test_what_waits_is_said_to_who_has_to_act():
    call = an_open_call()
    objection = an_objection(call, at=NOON + HOUR)

    def waits(person, at=LATER):
        return [one.verb for one in queries.waiting_for(person, at)]

    assert waits(call.caller) == ["Answer"]
    actions.answer_objection(call.caller, objection, at=LATER + MINUTE, words="So.")
    assert waits(call.caller) == ["Dispose"]
    assert waits(objection.person) == ["Tell"]
    actions.say_understood(objection.person, objection, at=LATER, understood=True)
    assert waits(objection.person) == []
    actions.dispose(
        call.caller, objection, at=LATER, disposition=Disposition.UPHELD, reason="True."
    )
    assert waits(call.caller) == ["Change"]
    an_amended_text(call, at=LATER)
    assert waits(objection.person) == ["Confirm", "Speak"]
    assert waits(call.caller, call.closes_at) == ["Determine"]


def test_a_changed_text_that_settles_two_objections_puts_both_on_the_record():
    call = an_open_call()
    for _n in range(2):
        a_disposed_objection(call, Disposition.UPHELD)

    an_amended_text(call, at=NOON + 4 * HOUR)

    settled = Turn.objects.filter(kind=TurnKind.SETTLED).select_related("objection")
    digests = {item_of_turn(turn, turn.objection).digest for turn in settled}
    assert len(digests) == 2
    assert digests <= set(Entry.objects.get(verb="decisions.amend").digests.values())
