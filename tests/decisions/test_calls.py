"""Opening, changing, deferring and withdrawing a call."""

from datetime import timedelta

import pytest

from intersession.coalitions.testing import a_coalition
from intersession.decisions import actions, queries, rules
from intersession.decisions.models import Call
from intersession.decisions.states import CallState, Disposition, ObjectionState, Stance
from intersession.decisions.testing import (
    HOUR,
    MINUTE,
    a_disposed_objection,
    a_voice,
    an_amended_text,
    an_objection,
    an_open_call,
    some_passages,
)
from intersession.journal.models import Entry
from intersession.kit.answers import Denied, Refused
from intersession.membership import actions as membership
from intersession.membership.testing import a_member
from intersession.outbox.models import Letter
from intersession.people.testing import NOON
from intersession.search.models import Item

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return [
        entry.verb
        for entry in Entry.objects.filter(verb__startswith="decisions.").order_by("number")
    ]


def test_opening_freezes_the_text_and_the_rule_and_tells_everybody():
    coalition = a_coalition(call_days=10, silence=True, minimum_groups=2, statement_words=300)
    member = a_member(coalition)

    call = an_open_call(coalition)

    text = queries.current_round(call)
    assert text.is_untouched()
    assert call.closes_at >= NOON + timedelta(days=10)
    assert call.rule() == queries.rule_of(coalition)
    assert call.asked == 1
    assert call.slug == f"{coalition.handle.lower()}-2026-01-v1"
    assert verbs() == ["decisions.open_call"]
    assert Entry.objects.get(verb="decisions.open_call").facts["hash"] == text.hash
    assert Item.objects.get(key=f"decisions.call:{call.pk}").url == call.get_absolute_url()
    letter = Letter.objects.get(kind="decisions.call_opened")
    assert letter.to == member.email
    assert "tacit agreement" in letter.body
    assert "23:59 UTC" in letter.body


def test_a_later_change_of_the_procedure_does_not_touch_an_open_call():
    coalition = a_coalition(silence=False)
    call = an_open_call(coalition)

    coalition.procedure.silence = True
    coalition.procedure.save()

    assert not Call.objects.get(pk=call.pk).rule().silence


def test_only_a_coordinator_or_an_editor_calls():
    coalition = a_coalition()
    member = a_member(coalition)

    with pytest.raises(Denied, match="coordinator"):
        actions.open_call(
            member, coalition, at=NOON, title="T", question="Q?", text="T",
            passages=(), reference="R", address="",
        )  # fmt: skip


def test_a_clock_shorter_than_the_rule_is_refused():
    with pytest.raises(Refused, match="14 full days"):
        an_open_call(closes_at=NOON + timedelta(days=13))


def test_a_second_call_on_a_reference_has_its_own_address():
    coalition = a_coalition()
    first, second = an_open_call(coalition), an_open_call(coalition)

    assert second.slug == f"{first.slug}-2"


def test_a_change_of_substance_gives_a_fresh_full_period():
    call = an_open_call()
    later = NOON + timedelta(days=9)

    changed = an_amended_text(call, at=later)

    assert changed.number == 2
    assert call.closes_at == changed.closes_at >= later + timedelta(days=14)
    assert verbs()[-1] == "decisions.amend"


def test_a_change_of_wording_lets_the_clock_run_on():
    call = an_open_call()
    before = call.closes_at

    changed = an_amended_text(call, at=NOON + HOUR, is_substantive=False)

    assert call.closes_at == changed.closes_at == before
    assert queries.clock_round(call).number == 1


def test_wording_cannot_change_after_the_end_without_a_new_round():
    call = an_open_call()

    with pytest.raises(Refused, match="new round"):
        an_amended_text(call, at=call.closes_at + MINUTE, is_substantive=False)


def test_a_position_on_an_earlier_text_does_not_count_for_a_changed_one():
    call = an_open_call()
    a_voice(call)

    an_amended_text(call, at=NOON + 2 * HOUR)

    standing = queries.standing(call)
    assert (standing.voices, standing.earlier) == (0, 1)


def test_a_position_counts_on_through_a_change_of_wording():
    call = an_open_call()
    a_voice(call)

    an_amended_text(call, at=NOON + 2 * HOUR, is_substantive=False)

    assert queries.standing(call).voices == 1


def test_a_changed_text_settles_what_was_upheld_and_asks_its_author():
    call = an_open_call()
    upheld = a_disposed_objection(call, Disposition.UPHELD)
    other = an_objection(call)

    an_amended_text(call, at=NOON + 3 * HOUR)

    upheld.refresh_from_db()
    other.refresh_from_db()
    assert upheld.state == ObjectionState.SETTLED
    assert other.state == ObjectionState.FILED
    asked = Letter.objects.get(kind="decisions.objection_settled")
    assert asked.to == upheld.person.email


def test_the_same_text_is_no_change():
    call = an_open_call()

    with pytest.raises(Refused, match="already"):
        actions.amend(
            call.caller, call, at=NOON + HOUR, text="First things first.\n\nThen the rest.",
            passages=some_passages(), reference="R", is_substantive=True, reason="Why not.",
        )  # fmt: skip


def test_a_call_is_deferred_after_its_end_with_a_reason():
    call = an_open_call()
    with pytest.raises(Refused, match="open until"):
        actions.defer(call.caller, call, at=NOON + HOUR, reason="Too few.")
    with pytest.raises(Refused, match="why"):
        actions.defer(call.caller, call, at=call.closes_at, reason=" ")

    actions.defer(call.caller, call, at=call.closes_at, reason="Too few answered.")

    assert Call.objects.get(pk=call.pk).state == CallState.DEFERRED
    assert verbs()[-1] == "decisions.defer"


def test_a_call_is_withdrawn_with_a_reason_and_takes_no_positions_then():
    call = an_open_call()

    actions.withdraw(call.caller, call, at=NOON + HOUR, reason="The text was the wrong one.")

    assert call.state == CallState.WITHDRAWN
    with pytest.raises(Refused, match="has ended"):
        a_voice(call, at=NOON + 2 * HOUR)


@pytest.mark.parametrize("verb", ["defer", "withdraw"])
def test_a_member_does_not_end_a_call(verb):
    call = an_open_call()
    member = a_member(call.coalition)

    with pytest.raises(Denied, match="caller or a coordinator"):
        getattr(actions, verb)(member, call, at=call.closes_at, reason="Mine.")


def test_who_leaves_keeps_what_was_said():
    call = an_open_call()
    person = a_voice(call)

    membership.leave(person, call.coalition, at=NOON + 2 * HOUR)

    assert queries.standing(call).voices == 1
    with pytest.raises(Denied, match="join first"):
        actions.take_position(person, call, at=NOON + 3 * HOUR, stance=Stance.ABSTAIN)


def test_the_text_hash_is_plain_sha_256_of_canonical_json():
    call = an_open_call()
    text = queries.current_round(call)

    assert text.hash == rules.text_hash(text.text, text.parts())
