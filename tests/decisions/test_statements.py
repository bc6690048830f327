"""Minority statements, invitations and the gate."""

import pytest

from intersession.coalitions.testing import a_coalition
from intersession.decisions import actions, queries
from intersession.decisions.models import Call, Invitation, Signature, Statement
from intersession.decisions.states import (
    Capacity,
    Disposition,
    Level,
    Reply,
    Role,
    Stance,
    StatementState,
)
from intersession.decisions.testing import (
    HOUR,
    MINUTE,
    a_determination,
    a_disposed_objection,
    a_voice,
    an_open_call,
)
from intersession.journal.models import Entry
from intersession.kit.answers import Denied, Refused
from intersession.membership.actions import leave
from intersession.membership.testing import a_member
from intersession.outbox.models import Letter
from intersession.people.testing import NOON
from intersession.search.models import Item

pytestmark = pytest.mark.django_db
LATER = NOON + 2 * HOUR


def a_determined_call(level: Level = Level.CONSENSUS, **procedure) -> Call:
    call = an_open_call(a_coalition(**procedure))
    a_voice(call)
    a_disposed_objection(call, Disposition.OUTWEIGHED)
    a_determination(call, level)
    return call


def test_everyone_who_took_part_may_file_one():
    call = an_open_call()
    person = a_voice(call)

    filed = actions.file_statement(
        person, call, at=LATER, text="The rest should come first.", passages=["k2"]
    )

    assert (filed.number, filed.state) == (1, StatementState.FILED)
    assert Item.objects.get(key=f"decisions.statement:{filed.pk}").url == filed.get_absolute_url()
    entry = Entry.objects.get(verb="decisions.file_statement")
    assert "rest should" not in str(entry.facts)
    assert set(entry.digests) == {"statement"}
    shown = queries.statements(call)[0]
    assert (shown.label, shown.passages, shown.places) == ("M1", ("k2",), ("2",))
    assert shown.signers[0].name == str(person)
    assert shown.citation.startswith(f"{person}, Minority statement M1 on ")


def test_who_took_no_part_files_none():
    call = an_open_call()

    with pytest.raises(Denied, match="took a position"):
        actions.file_statement(a_member(call.coalition), call, at=LATER, text="Hm.")


def test_who_left_since_may_still_dissent():
    call = an_open_call()
    person = a_voice(call)
    leave(person, call.coalition, at=LATER)

    assert actions.file_statement(person, call, at=LATER + HOUR, text="Still no.").number == 1


def test_a_statement_keeps_to_the_coalitions_length():
    call = an_open_call(a_coalition(statement_words=5))
    person = a_voice(call)

    with pytest.raises(Refused, match="has 6 words; the coalition’s rule allows 5"):
        actions.file_statement(person, call, at=LATER, text="one two three four five six")
    assert not Statement.objects.exists()


def test_a_draft_is_seen_only_by_its_author_and_becomes_the_statement():
    call = an_open_call()
    person, other = a_voice(call), a_voice(call)
    draft = actions.draft_statement(person, call, at=LATER, text="Half a th")
    actions.draft_statement(person, call, at=LATER, text="Half a thought.")

    assert queries.visible_statements(call, person).count() == 1
    assert queries.visible_statements(call, other).count() == 0
    assert queries.visible_statements(call, None).count() == 0
    assert queries.statements(call) == []
    assert not Item.objects.filter(kind="statement").exists()
    assert not Entry.objects.filter(verb="decisions.draft_statement", is_public=True).exists()

    filed = actions.file_statement(person, call, at=LATER + HOUR, text="A whole thought.")

    assert filed.pk == draft.pk
    assert Statement.objects.count() == 1


def test_a_co_signer_counts_once_they_confirm():
    call = an_open_call()
    author, friend = a_voice(call), a_voice(call)
    filed = actions.file_statement(author, call, at=LATER, text="No.")

    asked = actions.cosign(author, filed, friend, at=LATER)

    assert len(queries.statements(call)[0].signers) == 1
    assert Letter.objects.get(kind="decisions.signature_asked").to == friend.email
    with pytest.raises(Denied, match="Only the person who was asked"):
        actions.confirm_cosign(author, asked, at=LATER)

    actions.confirm_cosign(
        friend, asked, at=LATER, capacity=Capacity.ORGANIZATION, organization="Example Union"
    )

    signers = queries.statements(call)[0].signers
    assert [signer.name for signer in signers] == [str(author), str(friend)]
    assert signers[1].organization == "Example Union"
    with pytest.raises(Refused, match="nothing to confirm"):
        actions.confirm_cosign(friend, asked, at=LATER)


def test_only_people_who_took_part_are_asked_to_sign_and_once():
    call = an_open_call()
    author, friend = a_voice(call), a_voice(call)
    filed = actions.file_statement(author, call, at=LATER, text="No.")
    with pytest.raises(Refused, match="Only people who took a position"):
        actions.cosign(author, filed, a_member(call.coalition), at=LATER)
    actions.cosign(author, filed, friend, at=LATER)

    with pytest.raises(Refused, match="asked already"):
        actions.cosign(author, filed, friend, at=LATER)
    with pytest.raises(Denied, match="Only its authors"):
        actions.cosign(friend, filed, friend, at=LATER)


def test_only_authors_withdraw_and_a_co_author_is_one():
    call = an_open_call()
    author, second, signer = a_voice(call), a_voice(call), a_voice(call)
    filed = actions.file_statement(author, call, at=LATER, text="No.")
    for person, role in ((second, Role.AUTHOR), (signer, Role.COSIGNER)):
        actions.confirm_cosign(
            person, actions.cosign(author, filed, person, at=LATER, role=role), at=LATER
        )

    with pytest.raises(Denied, match="Only its authors"):
        actions.withdraw_statement(signer, filed, at=LATER)
    with pytest.raises(Denied, match="Only its authors"):
        actions.withdraw_statement(call.caller, filed, at=LATER)
    actions.withdraw_statement(second, filed, at=LATER)

    assert queries.statements(call) == []
    assert queries.visible_statements(call, None).get().state == StatementState.WITHDRAWN
    assert not Item.objects.filter(kind="statement").exists()


def test_the_gate_waits_for_invitations():
    call = a_determined_call()
    end = call.determination

    assert "1 person may still write" in queries.gate(call, end.at).reason
    assert queries.gate(call, end.statements_due_at)


def test_a_filed_statement_answers_the_invitation_and_opens_the_gate():
    call = a_determined_call()
    invitation = Invitation.objects.get()

    actions.file_statement(
        invitation.person, call, at=call.determination.at + HOUR, text="I dissent."
    )

    invitation.refresh_from_db()
    assert invitation.reply == Reply.FILED
    assert queries.gate(call, call.determination.at + HOUR)


def test_a_declined_invitation_opens_the_gate():
    call = a_determined_call()
    invitation = Invitation.objects.get()
    with pytest.raises(Denied, match="was invited"):
        actions.decline_invitation(call.caller, invitation, at=call.determination.at + HOUR)

    actions.decline_invitation(invitation.person, invitation, at=call.determination.at + HOUR)

    assert queries.gate(call, call.determination.at + HOUR)
    with pytest.raises(Refused, match="already"):
        actions.decline_invitation(invitation.person, invitation, at=call.determination.at)


def test_a_statement_filed_before_the_determination_answers_at_once():
    call = an_open_call()
    a_voice(call)
    objection = a_disposed_objection(call)
    actions.file_statement(objection.person, call, at=LATER, text="I dissent.")

    end = a_determination(call)

    assert Invitation.objects.get().reply == Reply.FILED
    assert not Letter.objects.filter(kind="decisions.invitation").exists()
    assert queries.gate(call, end.at)


def test_the_gate_is_shut_before_a_determination_and_for_a_level_that_does_not_publish():
    call = an_open_call()
    assert "not determined" in queries.gate(call, NOON).reason

    other = a_determined_call(Level.STRONG)

    shut = queries.gate(other, other.determination.statements_due_at)
    assert "discussion paper, not agreed" in shut.reason
    assert queries.dissent_considered(other, other.determination.statements_due_at)


def test_a_coalition_may_publish_other_levels():
    call = a_determined_call(Level.STRONG, publishable=["strong-support"])

    assert queries.gate(call, call.determination.statements_due_at)


def test_after_the_window_no_statement_is_taken_and_the_moment_is_named():
    call = a_determined_call()
    due = call.determination.statements_due_at
    person = Invitation.objects.get().person

    with pytest.raises(Refused, match=r"until 22 March 2026, 23:59 UTC|until 23 March 2026"):
        actions.file_statement(person, call, at=due, text="Too late.")


def test_a_withdrawn_call_has_nothing_to_dissent_from():
    call = an_open_call()
    person = a_voice(call, Stance.CONCERN)
    actions.withdraw(call.caller, call, at=LATER, reason="Wrong text.")

    with pytest.raises(Refused, match="without a determination"):
        actions.file_statement(person, call, at=LATER + MINUTE, text="No.")


def test_what_two_do_to_a_statement_at_once_is_done_once():
    call = an_open_call()
    author, friend = a_voice(call), a_voice(call)
    filed = actions.file_statement(author, call, at=LATER, text="No.")
    asked = actions.cosign(author, filed, friend, at=LATER)
    twin, asked_twin = Statement.objects.get(), Signature.objects.get(pk=asked.pk)
    actions.confirm_cosign(friend, asked, at=LATER)
    with pytest.raises(Refused, match="nothing to confirm"):
        actions.confirm_cosign(friend, asked_twin, at=LATER)
    actions.withdraw_statement(author, filed, at=LATER)
    with pytest.raises(Refused):
        actions.withdraw_statement(author, twin, at=LATER)
    with pytest.raises(Refused, match="not withdrawn"):
        actions.cosign(author, twin, a_voice(call), at=LATER)
