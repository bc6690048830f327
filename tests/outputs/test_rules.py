from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.outputs.rules import gate, history, keys, ledger, merge, reference, wording
from intersession.outputs.rules.history import Step
from intersession.outputs.states import LIFE, State
from intersession.people.testing import NOON

TEXT = "# Title\n\nFirst.\n\nSecond.\n\n- one\n- two\n\nLast.\n"


def test_a_reference_names_coalition_year_and_number() -> None:
    assert reference.reference("DC3", 2026, 1) == "DC3-2026-01"
    assert reference.cited("DC3-2026-01", 2) == "DC3-2026-01 v2"
    assert reference.is_reference("IPv6-IoT-2026-11")
    assert not reference.is_reference("DC3-26-1")


def test_the_ledger_says_every_count_with_its_whole() -> None:
    rows = [("accepted", 1), ("accepted", 2), ("in-part", 2), ("declined", 3), ("", 3)]
    assert ledger.sentence(ledger.tally(rows)) == (
        "5 comments by 3 people: 2 accepted, 1 in part, 1 declined with reason, 1 open."
    )


def test_a_ledger_of_one_bends_its_words() -> None:
    counted = ledger.tally([("merged", 1)])
    assert ledger.sentence(counted) == (
        "1 comment by 1 person: 0 accepted, 0 in part, 0 declined with reason, "
        "1 merged with another, 0 open."
    )
    assert ledger.sentence(ledger.tally([])) == "No comments yet."


@given(st.lists(st.tuples(st.sampled_from(["", "accepted", "declined", "merged"]), st.integers())))
def test_the_answers_add_up_to_the_whole(rows: list[tuple[str, int]]) -> None:
    t = ledger.tally(rows)
    assert t.total == (t.accepted + t.in_part + t.declined + t.out_of_scope + t.merged + t.waiting)


def test_changes_of_two_people_in_different_paragraphs_both_hold() -> None:
    mine = TEXT.replace("First.", "First of all.")
    theirs = TEXT.replace("- two", "- two\n- three").replace("Last.", "At last.")
    merged = merge.merge(TEXT, mine, theirs)
    assert merged.text == (
        "# Title\n\nFirst of all.\n\nSecond.\n\n- one\n- two\n\n- three\n\nAt last.\n"
    )
    assert merged.conflicts == ()


def test_a_paragraph_that_both_changed_stands_in_both_wordings() -> None:
    merged = merge.merge(TEXT, TEXT.replace("Second.", "Mine."), TEXT.replace("Second.", "Theirs."))
    assert "Theirs.\n\nMine.\n" in merged.text
    assert [(c.theirs, c.mine) for c in merged.conflicts] == [("Theirs.", "Mine.")]


def test_the_same_change_twice_is_made_once() -> None:
    changed = TEXT.replace("Second.", "Other.")
    assert merge.merge(TEXT, changed, changed).text == changed


def test_paragraphs_added_by_both_at_the_end_stay_two() -> None:
    merged = merge.merge("One.\n", "One.\n\nMine.", "One.\n\nTheirs.")
    assert merged.text == "One.\n\nTheirs.\n\nMine.\n"


LINES = st.lists(st.sampled_from(["Aa.", "Bb.", "Cc.", "Dd.", "Ee."]), max_size=6)


@given(LINES, LINES, LINES)
def test_merging_loses_no_word_that_somebody_added(
    base: list[str], mine: list[str], theirs: list[str]
) -> None:
    texts = ["\n\n".join(part) + "\n" for part in (base, mine, theirs)]
    merged = merge.merge(*texts).text
    added = (set(mine) | set(theirs)) - set(base)
    assert added <= set(merged.split())


@given(LINES, LINES)
def test_a_change_of_one_side_alone_is_taken(base: list[str], mine: list[str]) -> None:
    old, new = "\n\n".join(base) + "\n", "\n\n".join(mine) + "\n"
    assert merge.merge(old, new, old).text.split() == new.split()
    assert merge.merge(old, old, new).text.split() == new.split()


def test_a_suggested_wording_takes_the_place_of_its_lines() -> None:
    assert wording.replaced("A\n\nB\nb\n\nC\n", 2, 4, "New B") == "A\n\nNew B\n\nC\n"


def test_an_item_keeps_its_mark() -> None:
    assert wording.replaced("- one\n- two\n", 1, 2, "second") == "- one\n- second\n"
    assert wording.replaced("## Old\n\nx\n", 0, 1, "New") == "## New\n\nx\n"


def test_a_key_is_new_and_the_same_for_the_same_input() -> None:
    key = keys.fresh("text", set(), "7")
    assert key == keys.fresh("text", set(), "7")
    assert keys.fresh("text", {key}, "7") != key


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([Step(1, "new", "1"), Step(2, "unchanged", "1", "1")], ["Unchanged since draft 1"]),
        (
            [Step(1, "new", "1"), Step(2, "edited", "1", "1", True)],
            ["Changed in draft 2"],
        ),
        ([Step(3, "new", "4")], ["New in draft 3"]),
        ([Step(1, "new", "4")], []),
        (
            [Step(1, "new", "6"), Step(2, "moved", "4", "6")],
            ["Moved up in draft 2; was ¶ 6", "Unchanged since draft 1"],
        ),
        (
            [Step(1, "new", "7"), Step(2, "merged", "5", "7", True, ("8",))],
            ["Joined from ¶ 7 and ¶ 8 in draft 2", "Changed in draft 2"],
        ),
    ],
)
def test_the_history_of_a_paragraph_is_told(steps: list[Step], told: list[str]) -> None:
    assert history.sentences(steps) == told


def test_that_a_paragraph_stayed_as_it_was_is_told_only_where_somebody_asks() -> None:
    moved = [Step(1, "new", "6"), Step(2, "moved", "4", "6")]

    assert history.sentences(moved, unchanged=False) == ["Moved up in draft 2; was ¶ 6"]


def test_a_period_is_over_at_its_closing_moment() -> None:
    assert gate.state_at(State.COMMENT, NOON, NOON) == State.REVISION
    assert gate.state_at(State.COMMENT, NOON, NOON - timedelta(seconds=1)) == State.COMMENT


def test_what_is_missing_before_consensus_is_listed() -> None:
    checks = gate.before_consensus(ended=1, needed=2, open_until=NOON, waiting=4, doubtful=0)
    assert [(c.is_met, c.words) for c in checks] == [
        (False, "1 of 2 comment periods held. One is open until 1 March 2026, 12:00 UTC."),
        (False, "4 comments without an answer."),
        (True, "Every paragraph is tied to its earlier wording."),
    ]
    assert not gate.is_ready(checks, "they repeat one another")


def test_open_comments_may_be_left_with_a_reason() -> None:
    checks = gate.before_consensus(ended=2, needed=2, open_until=None, waiting=1, doubtful=0)
    assert not gate.is_ready(checks, " ")
    assert gate.is_ready(checks, "It came after the close.")


def test_none_received_is_declared_only_when_none_was() -> None:
    assert gate.may_declare(0, none_received=True) == ""
    assert gate.may_declare(2, none_received=False) == ""
    assert "2 minority statements were received" in gate.may_declare(2, none_received=True)
    assert "No minority statement" in gate.may_declare(0, none_received=False)


def test_every_state_of_the_life_can_be_left_but_the_last() -> None:
    starts = {start for start, _verb, _end in LIFE.edges()}
    assert set(State) - starts == {State.WITHDRAWN}
