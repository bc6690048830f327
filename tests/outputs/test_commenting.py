import pytest

from intersession.coalitions.testing import a_coalition
from intersession.decisions.states import Capacity
from intersession.journal.models import Entry
from intersession.kit.answers import Denied, Refused
from intersession.membership.testing import a_member
from intersession.outbox.models import Letter
from intersession.outputs import actions, queries
from intersession.outputs.rules.ledger import sentence
from intersession.outputs.states import Answer, Audience, State
from intersession.outputs.testing import (
    DAY,
    HOUR,
    TEXT,
    a_comment,
    a_draft,
    an_answered_comment,
    an_open_round,
    the_blocks,
    the_editor,
)
from intersession.people.testing import NOON, a_person

pytestmark = pytest.mark.django_db


def test_a_round_freezes_a_version_and_asks_the_members() -> None:
    output = a_draft()
    member = a_member(output.coalition)

    period = an_open_round(output, questions="Is anything missing?")

    assert period.version.is_snapshot
    assert queries.state_at(output, at=NOON) == State.COMMENT
    letters = Letter.objects.filter(kind="outputs.round_opened", to=member.email)
    assert "Is anything missing?" in letters.get().body
    assert Entry.objects.order_by("number").last().verb == "outputs.open_round"


def test_a_round_is_as_long_as_the_procedure_gives() -> None:
    output = a_draft(a_coalition(round_days=10))
    with pytest.raises(Refused, match="at least 10 days"):
        an_open_round(output, closes_at=NOON + 9 * DAY)


def test_a_second_round_waits_for_the_end_of_the_first() -> None:
    period = an_open_round()
    output = period.output
    with pytest.raises(Refused, match="Open to comments"):
        an_open_round(output, at=NOON + DAY)

    assert an_open_round(output, at=period.closes_at).number == 2


def test_an_idea_cannot_be_opened_to_comments() -> None:
    with pytest.raises(Refused, match="Idea"):
        an_open_round(a_draft(text=""))


def test_only_editors_open_a_round() -> None:
    output = a_draft()
    with pytest.raises(Denied, match="Only the editors"):
        actions.open_round(a_member(output.coalition), output, at=NOON, closes_at=NOON + 20 * DAY)


def test_anybody_signed_in_comments_where_everyone_is_asked() -> None:
    period = an_open_round()

    said = a_comment(period, by=a_person())

    assert (said.number, said.paragraph, said.version.number) == (1, "2", 1)
    entry = Entry.objects.order_by("number").last()
    assert entry.verb == "outputs.comment"
    assert set(entry.digests) == {"comment"}
    assert "measures" not in str(entry.facts)


def test_a_round_for_members_takes_no_comment_from_outside() -> None:
    period = an_open_round(audience=Audience.MEMBERS)
    with pytest.raises(Denied, match="join first"):
        a_comment(period, by=a_person())


def test_a_comment_at_the_closing_moment_is_late_and_told_when_it_closed() -> None:
    period = an_open_round()
    with pytest.raises(Refused, match="closed on 15 March 2026, 12:00 UTC"):
        a_comment(period, at=period.closes_at)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"text": "  "}, "The comment is empty"),
        ({"text": "x" * 10_001}, "up to 10000 characters, and this one has 10001"),
        ({"key": "zzzzzz"}, "not in the text"),
        ({"key": "", "wording": "Other"}, "for a paragraph"),
        ({"capacity": Capacity.ORGANIZATION}, "Name the organization"),
    ],
)
def test_a_comment_that_cannot_be_kept_is_refused(given: dict[str, str], told: str) -> None:
    period = an_open_round()
    with pytest.raises(Refused, match=told):
        a_comment(period, **given)


def test_the_end_of_a_round_moves_with_a_reason() -> None:
    period = an_open_round()
    editor = the_editor(period.output)

    actions.move_close(editor, period, at=NOON + DAY, closes_at=NOON + 20 * DAY, reason="A holiday")

    assert period.is_open(NOON + 19 * DAY)
    with pytest.raises(Refused, match="Say why"):
        actions.move_close(editor, period, at=NOON + DAY, closes_at=NOON + 30 * DAY, reason="")


def test_a_round_closed_early_is_over_at_once() -> None:
    period = an_open_round()
    actions.move_close(
        the_editor(period.output), period, at=NOON + DAY, closes_at=NOON, reason="All have spoken"
    )
    assert queries.state_at(period.output, at=NOON + DAY) == State.REVISION


def test_every_answer_is_counted() -> None:
    period = an_open_round()
    for answer in (Answer.ACCEPTED, Answer.IN_PART, Answer.DECLINED, Answer.OUT_OF_SCOPE):
        an_answered_comment(period, answer)
    a_comment(period)

    assert sentence(queries.tally_of(period.output)) == (
        "5 comments by 5 people: 1 accepted, 1 in part, 1 declined with reason, "
        "1 out of scope, 1 open."
    )


def test_declining_needs_a_reason() -> None:
    said = a_comment(an_open_round())
    with pytest.raises(Refused, match="Say why the comment is declined"):
        actions.answer_comment(
            the_editor(said.output), said, at=NOON + DAY, answer=Answer.DECLINED, reply=" "
        )


def test_a_comment_is_merged_with_another_but_not_with_itself() -> None:
    period = an_open_round()
    one, other = a_comment(period), a_comment(period)
    editor = the_editor(period.output)
    with pytest.raises(Refused, match="with itself"):
        actions.answer_comment(editor, one, at=NOON, answer=Answer.MERGED, merged_with=one)
    with pytest.raises(Refused, match="Name the comment"):
        actions.answer_comment(editor, one, at=NOON, answer=Answer.MERGED)

    actions.answer_comment(editor, one, at=NOON, answer=Answer.MERGED, merged_with=other)

    assert one.merged_with == other


def test_an_answer_stands_once_its_author_was_told() -> None:
    period = an_open_round()
    said = an_answered_comment(period)
    editor = the_editor(period.output)
    actions.save_version(editor, period.output, at=NOON + DAY, base=1, text=TEXT + "\nMore.")
    said.refresh_from_db()

    with pytest.raises(Refused, match="was told of the answer"):
        actions.answer_comment(editor, said, at=NOON + DAY, answer=Answer.DECLINED, reply="No.")


def test_a_commenter_answers_nothing() -> None:
    said = a_comment(an_open_round())
    with pytest.raises(Denied, match="Only the editors"):
        actions.answer_comment(said.author, said, at=NOON, answer=Answer.ACCEPTED)


def test_a_comment_waits_for_the_editors_and_a_round_for_the_members() -> None:
    period = an_open_round()
    output = period.output
    member = a_member(output.coalition)

    before = queries.waiting_for(member, NOON + HOUR)
    said = a_comment(period, by=member)

    assert [(w.verb, w.until) for w in before] == [("Comment", period.closes_at)]
    assert queries.waiting_for(member, NOON + DAY) == []
    waiting = queries.waiting_for(the_editor(output), NOON + DAY)
    assert [(w.verb, w.words, w.since) for w in waiting] == [
        ("Answer", "1 comment waits for an answer.", said.at)
    ]


def test_open_rounds_are_open_work_with_their_counts() -> None:
    period = an_open_round()
    an_answered_comment(period)
    a_comment(period)

    (one,) = queries.open_work(NOON + DAY)

    assert (one, one.said, one.unanswered) == (period, 2, 1)
    assert list(queries.open_work(period.closes_at)) == []
    assert the_blocks(period.output)


def test_a_comment_in_a_personal_capacity_names_no_organization() -> None:
    said = a_comment(an_open_round(), organization="Example Union")
    assert said.organization == ""
