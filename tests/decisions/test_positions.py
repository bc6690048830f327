"""Taking positions."""

import pytest

from intersession.decisions import actions, queries
from intersession.decisions.models import Objection, Position
from intersession.decisions.states import Capacity, ObjectionState, Stance
from intersession.decisions.testing import (
    HOUR,
    MINUTE,
    a_voice,
    an_amended_text,
    an_objection,
    an_open_call,
)
from intersession.journal.models import Entry
from intersession.kit.answers import Denied, Refused
from intersession.membership import actions as membership
from intersession.membership.states import Kind
from intersession.membership.testing import a_member
from intersession.outbox.models import Letter
from intersession.people.testing import NOON, a_person

pytestmark = pytest.mark.django_db


def test_a_position_leaves_one_entry_and_only_a_digest_of_its_reason():
    call = an_open_call()
    member = a_member(call.coalition)

    said = actions.take_position(
        member, call, at=NOON + HOUR, stance=Stance.CONCERN, reason="A private thought."
    )

    entry = Entry.objects.get(verb="decisions.take_position")
    assert entry.actor_id == member.pk
    assert entry.facts["stance"] == "concern"
    assert "private thought" not in str(entry.facts) + str(entry.digests)
    frozen = {item.key: item for item in queries.items_so_far(call) if item.kind == "position"}
    assert entry.digests["position"] == frozen[str(said.pk)].digest


def test_after_the_end_a_position_is_refused_with_the_moment_named():
    call = an_open_call()
    member = a_member(call.coalition)

    with pytest.raises(Refused, match="closed on 15 March 2026, 23:59 UTC"):
        actions.take_position(member, call, at=call.closes_at, stance=Stance.SUPPORT)
    assert not Position.objects.exists()


def test_of_two_answers_in_a_minute_the_later_stands_and_both_are_kept():
    call = an_open_call()
    person = a_voice(call, Stance.SUPPORT, at=NOON + HOUR)

    actions.take_position(person, call, at=NOON + HOUR + MINUTE / 2, stance=Stance.ABSTAIN)

    said = list(Position.objects.filter(person=person).order_by("pk"))
    assert [(one.stance, one.is_current) for one in said] == [
        ("support", False),
        ("abstain", True),
    ]
    assert queries.standing(call).voices == 1


@pytest.mark.parametrize("stance", [Stance.CONCERN, Stance.OBJECT])
def test_who_differs_says_why(stance):
    call = an_open_call()
    member = a_member(call.coalition)

    with pytest.raises(Refused, match="reason"):
        actions.take_position(member, call, at=NOON + HOUR, stance=stance, remedy="Less.")


def test_an_objection_says_what_would_remove_it_and_tells_the_caller():
    call = an_open_call()
    member = a_member(call.coalition)
    with pytest.raises(Refused, match="what change"):
        actions.take_position(
            member, call, at=NOON + HOUR, stance=Stance.OBJECT, reason="No limit is named."
        )

    actions.take_position(
        member, call, at=NOON + HOUR, stance=Stance.OBJECT, reason="No limit is named.",
        remedy="Thirty days.", passages=["k2"],
    )  # fmt: skip

    objection = Objection.objects.get()
    assert (objection.number, objection.passages, objection.state) == (1, ["k2"], "filed")
    letter = Letter.objects.get(kind="decisions.objection_filed")
    assert letter.to == call.caller.email
    assert "Thirty days." in letter.body


def test_an_objection_points_only_at_passages_that_are_there():
    call = an_open_call()
    member = a_member(call.coalition)

    with pytest.raises(Refused, match="only at paragraphs"):
        actions.take_position(
            member, call, at=NOON + HOUR, stance=Stance.OBJECT, reason="No.", remedy="Yes.",
            passages=["k9"],
        )  # fmt: skip


def test_somebody_who_does_not_belong_is_told_how_to():
    call = an_open_call()

    with pytest.raises(Denied, match="join first"):
        actions.take_position(a_person(), call, at=NOON + HOUR, stance=Stance.SUPPORT)


def test_observers_are_heard_apart():
    call = an_open_call()
    observer = a_person()
    membership.join(observer, call.coalition, at=NOON, kind=Kind.OBSERVER)

    actions.take_position(observer, call, at=NOON + HOUR, stance=Stance.SUPPORT)

    standing = queries.standing(call)
    assert (standing.voices, standing.room.observers_heard) == (0, 1)


def test_speaking_for_an_organization_names_it():
    call = an_open_call()
    member = a_member(call.coalition)
    with pytest.raises(Refused, match="Name the organization"):
        actions.take_position(
            member, call, at=NOON + HOUR, stance=Stance.SUPPORT, capacity=Capacity.ORGANIZATION
        )

    said = actions.take_position(
        member, call, at=NOON + HOUR, stance=Stance.SUPPORT, capacity=Capacity.ORGANIZATION,
        organization="Example Union",
    )  # fmt: skip

    assert said.organization == "Example Union"


def test_what_a_person_does_not_show_is_not_in_the_room():
    call = an_open_call()

    a_voice(call, shown=[])

    assert Position.objects.get().group == ""
    assert queries.standing(call).room.rows[-1].heard == 1


def test_a_text_that_changed_while_somebody_typed_is_named():
    call = an_open_call()
    member = a_member(call.coalition)
    an_amended_text(call, at=NOON + HOUR)

    with pytest.raises(Refused, match="text changed while you were writing"):
        actions.take_position(member, call, at=NOON + 2 * HOUR, stance=Stance.SUPPORT, on_round=1)


def test_another_position_takes_an_objection_back():
    call = an_open_call()
    objection = an_objection(call)

    actions.take_position(objection.person, call, at=NOON + 2 * HOUR, stance=Stance.SUPPORT)

    objection.refresh_from_db()
    assert objection.state == ObjectionState.WITHDRAWN
    assert [turn.kind for turn in objection.turns.all()] == ["withdrawn"]
    assert Entry.objects.filter(verb__startswith="decisions.").count() == 3
