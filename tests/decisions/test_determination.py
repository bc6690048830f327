"""Declaring how a call ended."""

import json
import logging

import pytest

from intersession.coalitions.testing import a_coalition, a_coordinator
from intersession.decisions import actions, queries, rules
from intersession.decisions.models import Call, Position, Round
from intersession.decisions.states import CallState, Disposition, Level, Stance
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
from intersession.membership.actions import join
from intersession.membership.testing import a_member
from intersession.outbox.models import Letter
from intersession.people.testing import NOON
from intersession.search.models import Item

pytestmark = pytest.mark.django_db


def a_mixed_call() -> Call:
    call = an_open_call()
    a_voice(call)
    a_voice(call, Stance.CONCERN)
    a_disposed_objection(call, Disposition.OUTWEIGHED)
    return call


def test_a_determination_freezes_everything_under_a_root_that_anybody_can_check():
    call = a_mixed_call()

    end = a_determination(call)

    export = json.loads(json.dumps(queries.export(Call.objects.get(pk=call.pk))))
    kinds = [leaf["kind"] for leaf in export["leaves"]]
    assert rules.verify(export)
    assert kinds == [
        "call", "text", "position", "position", "position", "objection", "turn", "turn",
        "determination",
    ]  # fmt: skip
    entry = Entry.objects.get(verb="decisions.determine")
    assert entry.facts["root"] == end.root == export["root"]
    assert call.state == CallState.DETERMINED
    assert Item.objects.filter(key=f"decisions.call:{call.pk}").count() == 1


def test_the_journal_holds_the_digests_that_were_frozen():
    call = a_mixed_call()

    end = a_determination(call)

    recorded = {
        digest
        for entry in Entry.objects.filter(verb__startswith="decisions.")
        for digest in entry.digests.values()
    }
    assert {leaf["digest"] for leaf in end.leaves} <= recorded


def test_an_erased_reason_leaves_the_rest_provable():
    call = a_mixed_call()
    end = a_determination(call)
    said = Position.objects.get(stance="concern")

    Position.objects.filter(pk=said.pk).update(reason="[erased]", salt="")

    export = queries.export(Call.objects.get(pk=call.pk))
    verdict = rules.verify(export)
    assert verdict
    assert verdict.erased == (f"position {said.pk}",)
    assert export["root"] == end.root
    assert "erased" not in json.dumps(export)


def test_a_changed_reason_shows():
    call = a_mixed_call()
    a_determination(call)

    Position.objects.filter(stance="concern").update(reason="I was never concerned.")

    assert not rules.verify(queries.export(Call.objects.get(pk=call.pk)))


def test_a_changed_text_shows_in_the_export():
    call = a_mixed_call()
    a_determination(call)

    Round.objects.update(text="Other words.")

    problems = rules.verify(queries.export(Call.objects.get(pk=call.pk))).problems
    assert problems == ("text 1 has another hash than was frozen",)


def test_nobody_determines_before_the_end():
    call = an_open_call()
    a_voice(call)

    with pytest.raises(Refused, match="open until 15 March 2026, 23:59 UTC"):
        a_determination(call, at=call.closes_at - MINUTE)


@pytest.mark.parametrize("make", [an_objection, an_answered_objection])
def test_an_undisposed_objection_comes_first(make):
    call = an_open_call()
    a_voice(call)
    make(call)

    with pytest.raises(Refused, match="1 objection is not disposed of yet"):
        a_determination(call)


def test_an_upheld_objection_blocks_until_a_changed_text_settles_it():
    call = an_open_call()
    a_disposed_objection(call, Disposition.UPHELD)
    with pytest.raises(Refused, match="upheld"):
        a_determination(call)

    an_amended_text(call, at=call.closes_at + HOUR)
    a_voice(call, at=call.closes_at - HOUR)

    assert a_determination(call).level == Level.CONSENSUS


def test_who_has_objected_does_not_determine_even_after_withdrawing():
    call = an_open_call()
    join(call.caller, call.coalition, at=NOON)
    actions.take_position(
        call.caller, call, at=NOON + HOUR, stance=Stance.OBJECT, reason="No.", remedy="Yes."
    )
    actions.take_position(call.caller, call, at=NOON + 2 * HOUR, stance=Stance.SUPPORT)

    with pytest.raises(Denied, match="somebody else has to determine"):
        a_determination(call)


def test_another_coordinator_determines_then():
    call = an_open_call()
    a_voice(call)
    other = a_coordinator(call.coalition)

    actions.determine(
        other, call, at=call.closes_at, level=Level.FULL, summary="Agreed.", reopens="News."
    )

    assert call.determination.by == other


def test_a_member_does_not_determine():
    call = an_open_call()

    with pytest.raises(Denied, match="caller or a coordinator"):
        actions.determine(
            a_member(call.coalition), call, at=call.closes_at, level=Level.NONE,
            summary="No.", reopens="No.",
        )  # fmt: skip


def test_too_few_voices_offer_to_defer():
    call = an_open_call(a_coalition(minimum_voices=3))
    a_voice(call)

    with pytest.raises(
        Refused, match=r"at least 3 voices of members.*heard on this text: 1.*deferred"
    ):
        a_determination(call)


def test_too_few_groups_offer_to_defer():
    call = an_open_call(a_coalition(minimum_groups=2))
    a_voice(call)

    with pytest.raises(Refused, match="at least 2 stakeholder groups"):
        a_determination(call)


def test_silence_counts_only_as_the_rule_said_and_never_as_support():
    tacit = an_open_call(a_coalition(silence=True))
    plain = an_open_call(a_coalition())
    for call in (tacit, plain):
        a_voice(call, Stance.ABSTAIN)

    assert a_determination(tacit).level == Level.CONSENSUS
    with pytest.raises(Refused, match="Nobody supports"):
        a_determination(plain)
    counts = {count.stance: count.n for count in queries.standing(tacit).room.counts}
    assert counts["support"] == 0


def test_the_silent_are_counted_as_silent():
    coalition = a_coalition()
    speaker, _silent = a_member(coalition), a_member(coalition)
    call = an_open_call(coalition)
    actions.take_position(speaker, call, at=NOON + HOUR, stance=Stance.SUPPORT)

    assert a_determination(call).silent == 1
    assert queries.standing(call).asked == 2


def test_a_text_that_was_tampered_with_raises_an_alarm_and_is_not_determined(caplog):
    call = an_open_call()
    a_voice(call)
    Round.objects.update(text="Other words.")

    with (
        caplog.at_level(logging.ERROR),
        pytest.raises(Refused, match="not the one that was frozen"),
    ):
        a_determination(call)

    assert "tampered" in caplog.text
    assert Call.objects.get(pk=call.pk).state == CallState.OPEN


def test_a_text_tampered_with_together_with_its_hash_is_caught_by_the_journal(caplog):
    call = an_open_call()
    a_voice(call)
    text = queries.current_round(call)
    Round.objects.update(text="Other", hash=rules.text_hash("Other", text.parts()))

    with (
        caplog.at_level(logging.ERROR),
        pytest.raises(Refused, match="not the one that was frozen"),
    ):
        a_determination(call)


def test_a_determination_says_what_was_decided_and_what_reopens_it():
    call = an_open_call()
    a_voice(call)

    with pytest.raises(Refused, match="reopen"):
        actions.determine(
            call.caller, call, at=call.closes_at, level=Level.FULL, summary="Yes.", reopens=" "
        )
    assert Call.objects.get(pk=call.pk).state == CallState.OPEN


def test_everybody_who_spoke_hears_how_it_ended():
    call = a_mixed_call()

    a_determination(call)

    assert Letter.objects.filter(kind="decisions.determined").count() == 3


def test_everyone_not_accommodated_is_invited_with_a_deadline():
    call = an_open_call()
    a_voice(call)
    for disposition in (Disposition.REJECTED, Disposition.OUTWEIGHED, Disposition.INVALID):
        a_disposed_objection(call, disposition)

    end = a_determination(call)

    assert call.invitations.count() == 3
    assert {one.due_at for one in call.invitations.all()} == {end.statements_due_at}
    letters = Letter.objects.filter(kind="decisions.invitation")
    assert letters.count() == 3
    assert "up to 500 words" in letters[0].body


def test_a_correction_is_a_new_entry_and_changes_nothing_frozen():
    call = a_mixed_call()
    end = a_determination(call)

    actions.correct(call.caller, call, at=call.closes_at + HOUR, words="The law is of 2017.")

    assert [one.words for one in end.corrections.all()] == ["The law is of 2017."]
    assert rules.verify(queries.export(Call.objects.get(pk=call.pk)))
    entry = Entry.objects.get(verb="decisions.correct")
    assert "2017" not in str(entry.facts)


def test_nothing_is_corrected_before_it_is_determined():
    call = an_open_call()

    with pytest.raises(Refused, match="no determination"):
        actions.correct(call.caller, call, at=NOON + HOUR, words="Hm.")


def test_the_next_deadline_is_the_closing_moment_and_then_the_end_of_invitations():
    call = an_open_call()
    a_voice(call)
    a_disposed_objection(call)

    assert queries.next_deadline(NOON) == call.closes_at
    end = a_determination(call)
    assert queries.next_deadline(end.at) == end.statements_due_at
    assert queries.next_deadline(end.statements_due_at) is None


def test_the_export_names_everybody_whom_it_knows_by_number():
    call = an_open_call()
    a_voice(call)
    objection = an_answered_objection(call)
    other = a_coordinator(call.coalition)
    actions.dispose(
        other, objection, at=NOON + 2 * HOUR, disposition=Disposition.REJECTED, reason="Because."
    )
    a_determination(call)

    assert queries.export(call)["people"][str(other.pk)] == str(other)
