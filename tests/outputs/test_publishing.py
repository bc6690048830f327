import pytest

from intersession.coalitions.testing import a_coalition
from intersession.decisions import actions as decisions
from intersession.decisions.models import Statement
from intersession.decisions.states import Level, Stance
from intersession.decisions.testing import (
    MINUTE,
    a_determination,
    a_disposed_objection,
    a_voice,
    the_coordinator,
)
from intersession.journal.models import Entry
from intersession.kit.answers import Denied, Refused
from intersession.membership.testing import a_member
from intersession.outbox.models import Letter
from intersession.outputs import actions, queries
from intersession.outputs.models import Publication
from intersession.outputs.queries.library import statements_beside
from intersession.outputs.states import Answer, Edition, State
from intersession.outputs.testing import (
    DAY,
    HOUR,
    TEXT,
    a_call_on,
    a_comment,
    a_determined_text,
    a_draft,
    a_publication,
    an_answered_comment,
    an_open_round,
    describe,
    the_blocks,
    the_editor,
)
from intersession.people.testing import NOON
from intersession.search.models import Item

pytestmark = pytest.mark.django_db
LATER = NOON + 15 * DAY


def verbs() -> list[str]:
    return [entry.verb for entry in Entry.objects.order_by("number")]


def test_a_text_goes_to_a_call_with_its_numbered_paragraphs() -> None:
    output = a_draft()

    call = a_call_on(output)

    version = queries.latest_version(output)
    assert (version.call, version.is_snapshot) == (call, True)
    assert call.reference == f"{output.reference} v1"
    parts = call.rounds.get().parts()
    assert [p.key for p in parts] == [b.key for b in the_blocks(output)]
    assert queries.state_at(output, at=LATER) == State.CALL
    assert verbs()[-1] == "decisions.open_call"


def test_a_call_waits_for_the_comment_periods_of_the_procedure() -> None:
    output = a_draft(a_coalition())
    an_open_round(output)
    output.refresh_from_db()
    with pytest.raises(Refused, match="1 of 2 comment periods held"):
        actions.propose_call(the_editor(output), output, at=LATER, question="?")


def test_a_procedure_without_comment_periods_lets_a_draft_go_to_a_call() -> None:
    output = a_draft(a_coalition(comment_rounds=0))
    actions.propose_call(the_editor(output), output, at=NOON, question="Publish?")
    assert output.state == State.CALL


def test_a_call_waits_for_answers_unless_the_editors_say_why() -> None:
    period = an_open_round()
    output = period.output
    a_comment(period)
    output.refresh_from_db()
    with pytest.raises(Refused, match="1 comment without an answer"):
        actions.propose_call(the_editor(output), output, at=LATER, question="Publish?")

    call = actions.propose_call(
        the_editor(output), output, at=LATER, question="Publish?",
        open_comments_reason="It repeats another.",
    )  # fmt: skip

    assert "1 comment without an answer." in call.question
    assert "It repeats another." in call.question


def test_members_do_not_call_for_consensus() -> None:
    output = a_draft()
    with pytest.raises(Denied, match="coordinator"):
        actions.propose_call(a_member(output.coalition), output, at=LATER, question="?")


def test_the_text_is_frozen_while_a_call_is_open() -> None:
    output = a_draft()
    a_call_on(output)
    with pytest.raises(Refused, match="The text is frozen"):
        actions.save_version(the_editor(output), output, at=LATER, base=1, text="Other.")


def test_the_text_under_call_is_amended_by_a_new_version() -> None:
    output = a_draft()
    call = a_call_on(output)

    actions.amend(
        the_editor(output), output, at=LATER + DAY, base=1,
        text=TEXT + "\nAnd a last one.", is_substantive=True, reason="Something was missing.",
    )  # fmt: skip

    version = queries.latest_version(output)
    assert (version.number, version.call) == (2, call)
    assert call.rounds.count() == 2
    assert verbs()[-1] == "decisions.amend"
    with pytest.raises(actions.Stale, match="Draft 2 was saved while you were writing"):
        actions.amend(
            the_editor(output), output, at=LATER + DAY, base=1, text="X", is_substantive=True,
            reason="Y",
        )  # fmt: skip


def test_a_withdrawn_call_gives_the_text_back() -> None:
    output = a_draft()
    call = a_call_on(output)
    decisions.withdraw(call.caller, call, at=LATER + DAY, reason="Too early")
    output.refresh_from_db()
    assert output.state == State.REVISION


def test_an_agreed_text_is_published_with_the_declaration_that_no_dissent_came() -> None:
    published = a_publication()

    output = published.output
    assert (published.number, published.is_agreed, published.declaration.statements) == (1, True, 0)
    assert output.state == State.PUBLISHED
    assert verbs()[-2:] == ["outputs.declare_dissent_considered", "outputs.publish"]
    assert Item.objects.get(key=f"outputs.output:{output.pk}").kind == "output"
    assert Letter.objects.filter(kind="outputs.published", to=published.by.email).count() == 1
    assert list(queries.latest(5)) == [published]


def test_nothing_is_published_before_the_declaration() -> None:
    output = a_draft()
    describe(output)
    a_determined_text(output)
    with pytest.raises(Refused, match="declare first that dissent"):
        actions.publish(the_editor(output), output, at=LATER + 30 * DAY)


def test_nothing_is_declared_before_the_determination() -> None:
    output = a_draft()
    a_call_on(output)
    with pytest.raises(Refused, match="once the call for consensus is determined"):
        actions.declare_dissent_considered(the_editor(output), output, at=LATER, none_received=True)


def test_the_declaration_waits_for_those_invited_to_dissent() -> None:
    output = a_draft()
    call = a_call_on(output)
    a_disposed_objection(call, at=LATER + DAY)
    a_voice(call, at=LATER + DAY)
    a_determined_text(output, call=call)
    with pytest.raises(Refused, match="1 person may still write a minority statement"):
        actions.declare_dissent_considered(
            the_editor(output), output, at=call.closes_at + HOUR, none_received=True
        )


def a_text_with_a_statement() -> Publication:
    output = a_draft()
    describe(output)
    call = a_call_on(output)
    objection = a_disposed_objection(call, at=LATER + DAY)
    a_voice(call, at=LATER + DAY)
    a_determination(call)
    decisions.file_statement(
        objection.person, call, at=call.closes_at + HOUR, text="We hold otherwise.",
        passages=[the_blocks(output)[1].key],
    )  # fmt: skip
    output.refresh_from_db()
    coordinator = the_coordinator(output.coalition)
    with pytest.raises(Refused, match="has to attach it"):
        actions.declare_dissent_considered(
            coordinator, output, at=call.closes_at + 10 * DAY, none_received=True
        )
    actions.declare_dissent_considered(
        coordinator, output, at=call.closes_at + 10 * DAY, none_received=False
    )
    return actions.publish(coordinator, output, at=call.closes_at + 11 * DAY)


def test_a_minority_statement_is_attached_and_none_received_would_be_untrue() -> None:
    assert a_text_with_a_statement().declaration.statements == 1


def test_a_statement_travels_to_the_next_version_until_its_author_confirms_it() -> None:
    first = a_text_with_a_statement()
    output = first.output
    editor = the_editor(output)
    at = first.published_at + DAY
    actions.revise(editor, output, at=at)
    actions.save_version(editor, output, at=at, base=1, text=TEXT + "\nAnd more.")
    an_open_round(output, at=at)
    call = a_call_on(output, at=at + 15 * DAY)
    second = a_publication(output, call=call)

    first.refresh_from_db()
    carried = second.carried.get()
    author = carried.statement.signatures.get().person
    assert (first.state, second.state, second.number) == (Edition.SUPERSEDED, Edition.CURRENT, 2)
    assert (carried.written_on, carried.confirmed_at) == (1, None)
    with pytest.raises(Denied, match="Only the authors"):
        actions.confirm_statement(editor, carried, at=at)

    actions.confirm_statement(author, carried, at=second.published_at + DAY)

    assert second.carried.get().confirmed_by == author


def test_who_is_only_asked_to_sign_anew_loses_no_earlier_statement() -> None:
    first = a_text_with_a_statement()
    output = first.output
    author = Statement.objects.get().signatures.get().person
    editor, at = the_editor(output), first.published_at + DAY
    actions.revise(editor, output, at=at)
    actions.save_version(editor, output, at=at, base=1, text=TEXT + "\nAnd more.")
    an_open_round(output, at=at)
    call = a_call_on(output, at=at + 15 * DAY)
    other = a_voice(call, at=call.opened_at + HOUR)
    decisions.take_position(author, call, at=call.opened_at + HOUR, stance=Stance.SUPPORT)
    anew = decisions.file_statement(other, call, at=call.opened_at + DAY, text="Nor do I.")
    decisions.cosign(other, anew, author, at=call.opened_at + DAY)

    second = a_publication(output, call=call)

    assert [row.statement.text for row in second.carried.all()] == ["We hold otherwise."]


def test_dissent_stays_with_a_text_that_goes_back_and_is_called_again() -> None:
    output = a_draft()
    describe(output)
    first = a_call_on(output)
    objection = a_disposed_objection(first, at=LATER + DAY)
    a_voice(first, at=LATER + DAY)
    a_determination(first)
    decisions.file_statement(
        objection.person, first, at=first.closes_at + HOUR, text="We hold otherwise."
    )
    output.refresh_from_db()
    editor, at = the_editor(output), first.closes_at + 10 * DAY
    actions.return_to_draft(editor, output, at=at, reason="To find words")
    actions.save_version(editor, output, at=at, base=1, text=TEXT + "\nAnd more.")
    second = actions.propose_call(editor, output, at=at, question="Now?")
    a_voice(second, at=at + DAY)
    a_determination(second)
    output.refresh_from_db()
    late = second.closes_at + 10 * DAY
    with pytest.raises(Refused, match="has to attach it"):
        actions.declare_dissent_considered(editor, output, at=late, none_received=True)

    actions.declare_dissent_considered(editor, output, at=late, none_received=False)
    published = actions.publish(editor, output, at=late + DAY)

    assert [row.statement.text for row in published.carried.all()] == ["We hold otherwise."]
    assert [one.said.text for one in statements_beside(published, [], None)] == [
        "We hold otherwise."
    ]


def test_a_text_that_was_not_agreed_returns_to_draft_with_a_reason() -> None:
    output = a_draft()
    call = a_call_on(output)
    a_voice(call, at=LATER + HOUR)
    a_determined_text(output, Level.NONE, call=call)
    assert output.state == State.NOT_AGREED
    editor = the_editor(output)
    with pytest.raises(Refused, match="Say why"):
        actions.return_to_draft(editor, output, at=LATER, reason="")

    actions.return_to_draft(editor, output, at=call.closes_at + DAY, reason="To find words")

    assert output.state == State.REVISION


def test_a_text_that_was_not_agreed_is_published_as_such() -> None:
    output = a_draft()
    describe(output)
    call = a_call_on(output)

    published = a_publication(output, Level.NONE, call=call)

    assert not published.is_agreed
    assert "not agreed" in Letter.objects.filter(kind="outputs.published").first().subject


def test_an_output_needs_an_abstract() -> None:
    output = a_draft()
    call = a_call_on(output)
    with pytest.raises(Refused, match="with an abstract"):
        a_publication(output, call=call)


def test_comments_answered_after_the_last_draft_are_told_when_the_call_opens() -> None:
    period = an_open_round()
    said = an_answered_comment(period, Answer.IN_PART)
    a_call_on(period.output)
    assert Letter.objects.filter(kind="outputs.answers", to=said.author.email).count() == 1


def test_a_withdrawn_output_says_why_and_keeps_its_text() -> None:
    published = a_publication()
    output = published.output
    coordinator = the_coordinator(output.coalition)
    with pytest.raises(Refused, match="Say why"):
        actions.withdraw(coordinator, output, at=published.published_at + DAY, reason="")

    actions.withdraw(
        coordinator, output, at=published.published_at + DAY, reason="The facts were wrong."
    )

    published.refresh_from_db()
    assert (output.state, published.state) == (State.WITHDRAWN, Edition.WITHDRAWN)
    assert list(queries.latest(5)) == []


def test_an_agreed_text_waits_for_its_editors_to_publish_it() -> None:
    output = a_determined_text()
    version = queries.latest_version(output)
    assert version.call is not None
    after = version.call.determination.statements_due_at + MINUTE
    waiting = queries.waiting_for(the_editor(output), after)
    assert [one.verb for one in waiting] == ["Publish"]
