import pytest

from intersession.coalitions.testing import a_coalition
from intersession.decisions.queries import current_round
from intersession.journal.models import Entry
from intersession.kit.answers import Denied, Refused
from intersession.membership.testing import a_member
from intersession.outbox.models import Letter
from intersession.outputs import actions, queries
from intersession.outputs.models import Block, Contributor
from intersession.outputs.states import Answer, Kind, State
from intersession.outputs.testing import (
    DAY,
    HOUR,
    TEXT,
    a_call_on,
    a_comment,
    a_draft,
    an_answered_comment,
    an_open_round,
    the_blocks,
    the_editor,
)
from intersession.people.testing import NOON, a_person
from intersession.search.models import Item

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return [e.verb for e in Entry.objects.order_by("number") if e.verb.startswith("outputs")]


def test_a_member_starts_a_draft_which_is_numbered_recorded_and_found() -> None:
    coalition = a_coalition()
    member = a_member(coalition)

    output = actions.start_draft(
        member, coalition, at=NOON, title="Traffic for all", kind=Kind.PAPER, text=TEXT
    )

    assert output.reference == f"{coalition.handle}-2026-01"
    assert output.state == State.DRAFT
    assert [b.number for b in the_blocks(output)] == ["1", "2", "3", "4", "5"]
    assert queries.is_editor(member, output, at=NOON)
    assert verbs() == ["outputs.start_draft"]
    assert list(Item.objects.values_list("key", "kind")) == [
        (f"outputs.output:{output.pk}", "draft")
    ]


def test_the_next_draft_of_the_year_has_the_next_number() -> None:
    coalition = a_coalition()
    a_draft(coalition)

    assert a_draft(coalition).reference == f"{coalition.handle}-2026-02"


def test_a_draft_without_text_is_an_idea_until_one_is_written() -> None:
    output = a_draft(text="")
    assert output.state == State.IDEA

    actions.save_version(the_editor(output), output, at=NOON, text=TEXT, base=0)

    assert output.state == State.DRAFT


def test_somebody_outside_starts_no_draft() -> None:
    with pytest.raises(Denied, match="join first"):
        actions.start_draft(a_person(), a_coalition(), at=NOON, title="X", kind=Kind.PAPER)


def test_a_draft_needs_a_title() -> None:
    with pytest.raises(Refused, match="needs a title"):
        a_draft(title=" ")


def test_a_saved_version_keeps_the_keys_of_its_paragraphs() -> None:
    output = a_draft()
    before = [b.key for b in the_blocks(output)]

    version = actions.save_version(
        the_editor(output), output, at=NOON + HOUR, base=1,
        text=TEXT.replace("whatever it carries", "whatever is in it"), note="Plainer",
    )  # fmt: skip

    assert version.number == 2
    assert [b.key for b in the_blocks(output)] == before
    assert [b.relation for b in the_blocks(output)] == [
        "unchanged", "edited", "unchanged", "unchanged", "unchanged",
    ]  # fmt: skip
    assert verbs() == ["outputs.start_draft", "outputs.save_version"]


def test_a_removed_key_is_never_given_again() -> None:
    output = a_draft()
    gone = the_blocks(output)[1]
    shorter = TEXT.replace(gone.source + "\n\n", "")
    editor = the_editor(output)
    version = actions.save_version(editor, output, at=NOON, base=1, text=shorter)

    actions.save_version(editor, output, at=NOON, base=2, text=TEXT)

    assert version.removed == [gone.key]
    assert Block.objects.filter(version__output=output, key=gone.key).count() == 1


def test_a_stale_save_is_told_which_version_came_between() -> None:
    output = a_draft()
    editor = the_editor(output)
    actions.save_version(editor, output, at=NOON, base=1, text=TEXT + "\nMore of it.")

    with pytest.raises(actions.Stale, match="Draft 2 was saved while you were writing") as stale:
        actions.save_version(editor, output, at=NOON, base=1, text=TEXT + "\nOther.")

    assert (stale.value.base, stale.value.latest) == (1, 2)


def test_an_unchanged_text_is_not_saved_again() -> None:
    output = a_draft()
    with pytest.raises(Refused, match="as it was in draft 1"):
        actions.save_version(
            the_editor(output), output, at=NOON, base=1, text=TEXT.replace("\n", "\r\n")
        )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "The text is empty"),
        (" \n\n ", "The text is empty"),
        ("word " * 400_000, "1000000 characters"),
        ("x\n\n" * 5001, "up to 5000 paragraphs"),
    ],
)
def test_a_text_that_cannot_be_kept_is_refused_with_a_sentence(text: str, told: str) -> None:
    output = a_draft()
    with pytest.raises(Refused, match=told):
        actions.save_version(the_editor(output), output, at=NOON, base=1, text=text)
    assert output.versions.count() == 1


def test_somebody_else_does_not_write_on_my_draft() -> None:
    output = a_draft()
    with pytest.raises(Denied, match="Only the editors"):
        actions.save_version(a_member(output.coalition), output, at=NOON, base=1, text="Mine now.")


def test_scripts_in_a_text_are_words() -> None:
    output = a_draft(text="<script>alert(1)</script>\n\n[x](javascript:alert(1))")
    assert [b.html for b in the_blocks(output)] == [
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
        "<p>[x](javascript:alert(1))</p>",
    ]


def test_a_doubtful_match_is_confirmed_or_parted() -> None:
    old = "Members of the group meet every month to plan their work for the year."
    new = "Members of the group meet twice a year to plan what others then do."
    output = a_draft(text=f"A first one.\n\n{old}")
    editor = the_editor(output)
    actions.save_version(editor, output, at=NOON, base=1, text=f"A first one.\n\n{new}")
    block = the_blocks(output)[1]
    was = block.key
    assert block.is_doubtful

    actions.confirm_match(editor, block, at=NOON, is_same=False)

    after = the_blocks(output)[1]
    assert (after.is_doubtful, after.relation) == (False, "new")
    assert after.key != was
    with pytest.raises(Refused, match="waits for no confirmation"):
        actions.confirm_match(editor, after, at=NOON, is_same=True)


def test_a_paragraph_of_a_text_under_call_keeps_the_name_to_which_people_point() -> None:
    old = "Members of the group meet every month to plan their work for the year."
    new = "Members of the group meet twice a year to plan what others then do."
    output = a_draft(text=f"A first one.\n\n{old}")
    call = a_call_on(output)
    actions.amend(
        call.caller, output, at=call.opened_at, text=f"A first one.\n\n{new}", base=1,
        is_substantive=True, reason="It was too often.",
    )  # fmt: skip
    block = the_blocks(output)[1]
    assert block.is_doubtful

    with pytest.raises(Refused, match="keep their names"):
        actions.confirm_match(the_editor(output), block, at=call.opened_at, is_same=False)

    assert block.key in [part.key for part in current_round(call).parts()]


def test_a_suggestion_is_taken_over_with_one_act_and_its_author_credited() -> None:
    period = an_open_round()
    output = period.output
    said = a_comment(period, wording="Traffic is treated equally.", text="Shorter.")

    actions.apply_suggestion(the_editor(output), said, at=NOON + DAY)

    said.refresh_from_db()
    assert (said.answer, said.answered_in.number) == (Answer.ACCEPTED, 2)
    assert the_blocks(output)[1].source == "Traffic is treated equally."
    assert the_blocks(output)[1].key == said.key
    assert Contributor.objects.filter(output=output, person=said.author).exists()
    assert verbs()[-1] == "outputs.apply_suggestion"


def test_a_suggestion_for_a_list_item_keeps_the_item() -> None:
    period = an_open_round()
    item = the_blocks(period.output)[3]
    said = a_comment(period, key=item.key, wording="follow a law")

    actions.apply_suggestion(the_editor(period.output), said, at=NOON + DAY)

    assert the_blocks(period.output)[3].source == "- follow a law"


def test_a_comment_without_wording_cannot_be_taken_over() -> None:
    said = a_comment(an_open_round())
    with pytest.raises(Refused, match="suggests no wording"):
        actions.apply_suggestion(the_editor(said.output), said, at=NOON + DAY)


def test_each_commenter_hears_once_per_revision() -> None:
    period = an_open_round()
    first, second = an_answered_comment(period), an_answered_comment(period, Answer.DECLINED)
    a_comment(period, by=first.author)
    output, editor = period.output, the_editor(period.output)

    actions.save_version(editor, output, at=NOON + DAY, base=1, text=TEXT + "\nAnd more.")
    actions.save_version(editor, output, at=NOON + DAY, base=2, text=TEXT + "\nAnd less.")

    told = Letter.objects.filter(kind="outputs.answers").order_by("pk")
    assert [letter.to for letter in told] == [first.author.email, second.author.email]
    assert "Declined, with reason" in told[1].body
    first.refresh_from_db()
    assert (first.answered_in.number, first.told_at) == (2, NOON + DAY)


def test_the_abstract_has_two_hundred_words_at_most() -> None:
    output = a_draft()
    with pytest.raises(Refused, match="up to 200 words, and this one has 201"):
        actions.describe(
            the_editor(output), output, at=NOON, title="T", kind=Kind.PAPER, abstract="word " * 201
        )


def test_each_decides_how_to_be_named() -> None:
    output = a_draft()
    mine = output.contributors.get()

    actions.take_credit(the_editor(output), mine, at=NOON, is_named=False, affiliation="Somewhere")

    mine.refresh_from_db()
    assert (mine.is_named, mine.affiliation) == (False, "")
    with pytest.raises(Denied, match="Only the person named"):
        actions.take_credit(a_person(), mine, at=NOON, is_named=True, affiliation="")
