"""The law of a call, without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.decisions import rules
from intersession.decisions.rules import Leaf, Passage, Rule, Tally, Voice
from intersession.decisions.states import Level, Stance
from intersession.kit.answers import Refused
from intersession.people.states import Group, Region

RULE = Rule(
    days=14,
    silence=False,
    minimum_voices=2,
    minimum_groups=2,
    publishable=("full-consensus", "consensus"),
    statement_words=500,
    statement_days=7,
    appeal_days=14,
)
START = datetime(2020, 1, 1, tzinfo=UTC)
moments = st.integers(0, 20 * 365 * 86_400).map(lambda s: START + timedelta(seconds=s))
voices = st.lists(
    st.builds(
        Voice,
        group=st.sampled_from(["", *Group.values]),
        region=st.sampled_from(["", *Region.values]),
        stance=st.sampled_from(Stance.values),
        is_observer=st.booleans(),
    ),
    max_size=40,
)
leaves = st.lists(
    st.builds(
        Leaf,
        kind=st.sampled_from(["text", "position", "turn"]),
        key=st.text("1a.é规", max_size=5),
        digest=st.binary(min_size=32, max_size=32).map(bytes.hex),
    ),
    max_size=20,
)


@given(moments, st.integers(1, 60))
def test_a_period_is_full_and_ends_with_a_day(at, days):
    end = rules.closing(at, days)

    assert timedelta(days=days) <= end - at < timedelta(days=days + 1)
    assert (end.hour, end.minute) == (23, 59)


def test_the_closing_moment_itself_is_out():
    end = datetime(2026, 12, 3, 23, 59, tzinfo=UTC)

    assert rules.is_open(end - timedelta(seconds=1), end)
    assert not rules.is_open(end, end)


@pytest.mark.parametrize("stance", [Stance.CONCERN, Stance.OBJECT])
def test_a_concern_and_an_objection_need_a_reason(stance):
    with pytest.raises(Refused, match="reason"):
        rules.check_position(stance, " \n", "Another text.")


def test_an_objection_says_what_would_remove_it():
    with pytest.raises(Refused, match="what change"):
        rules.check_position(Stance.OBJECT, "Not so.", " ")
    rules.check_position(Stance.CONCERN, "Not so.", "")


@pytest.mark.parametrize("stance", [Stance.SUPPORT, Stance.LIVE_WITH, Stance.ABSTAIN])
def test_who_does_not_differ_needs_no_reason(stance):
    rules.check_position(stance, "", "")


def test_too_few_voices_are_named_with_their_number():
    answer = rules.enough(Tally({"support": 1}, groups=1), RULE)

    assert not answer
    assert "at least 2 voices" in answer.reason
    assert "heard on this text: 1" in answer.reason
    assert "deferred" in answer.reason


def test_too_few_groups_are_named_with_their_number():
    answer = rules.enough(Tally({"support": 5}, groups=1), RULE)

    assert "at least 2 stakeholder groups" in answer.reason


def test_enough_is_enough():
    assert rules.enough(Tally({"support": 1, "object": 1}, groups=2), RULE)


@given(voices)
def test_observers_are_in_no_count_of_members(some):
    members = [voice for voice in some if not voice.is_observer]

    assert rules.tally_of(some) == rules.tally_of(members)
    assert rules.tally_of(some).voices == rules.room(some).voices == len(members)


@given(voices)
def test_every_member_has_exactly_one_mark_in_the_room(some):
    room = rules.room(some)
    marks = [mark for row in room.rows for cell in row.cells for mark in cell.marks]

    assert len(marks) == room.voices == sum(row.heard for row in room.rows)
    assert sorted(marks) == sorted(c.mark for c in room.counts for _ in range(c.n))
    assert room.observers_heard + room.voices == len(some)
    assert all(len(row.cells) == len(room.columns) for row in room.rows)


@given(voices)
def test_the_empty_chairs_are_always_there(some):
    room = rules.room(some)
    heard = {voice.group for voice in some if not voice.is_observer}

    assert len(room.rows) >= 5
    assert len(room.columns) >= 5
    assert {str(label) for label in room.silent_groups} == {
        str(group.label) for group in Group if group.value not in heard and group != Group.OTHER
    }


def test_silence_is_never_support():
    silent = Tally({}, groups=0)
    tacit = Rule(**{**_values(RULE), "silence": True})

    assert not rules.level_table(silent, RULE)[Level.CONSENSUS]
    assert rules.level_table(silent, tacit)[Level.CONSENSUS]
    assert not rules.level_table(silent, tacit)[Level.STRONG]
    assert silent.agreeing == 0


def test_full_consensus_leaves_no_objection_behind():
    table = rules.level_table(Tally({"support": 9}, groups=3, unaccommodated=1), RULE)

    assert not table[Level.FULL]
    assert "not accommodated" in table[Level.FULL].reason
    assert table[Level.CONSENSUS]
    assert table[Level.STRONG]


def test_opposition_needs_somebody_opposed():
    table = rules.level_table(Tally({"support": 9}, groups=3), RULE)

    assert table[Level.FULL]
    assert not table[Level.STRONG]


@given(st.dictionaries(st.sampled_from(Stance.values), st.integers(0, 9)), st.integers(0, 3))
def test_divergence_and_no_consensus_can_always_be_said(counts, standing):
    table = rules.level_table(Tally(counts, groups=1, unaccommodated=standing), RULE)

    assert set(table) == set(Level)
    assert table[Level.DIVERGENCE]
    assert table[Level.NONE]
    assert table[Level.CONSENSUS] or not table[Level.FULL]


def test_only_known_levels_are_published_and_two_by_default():
    assert rules.publishable([]) == ("full-consensus", "consensus")
    assert rules.publishable(["strong-support", "made-up"]) == ("strong-support",)


def test_a_withdrawal_after_a_change_is_negotiated():
    assert rules.withdrawal(changed_since=True) == "negotiate"
    assert rules.withdrawal(changed_since=False) == "withdraw"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Plain words, three.", 3),
        ("the coalition’s well-kept list", 4),
        ("共识 call", 3),
        ("Мы не согласны", 3),
        ("نحن لا نوافق", 3),
    ],
)
def test_words_are_counted(text, count):
    assert rules.count_words(text) == count


def test_the_hash_holds_text_and_passages():
    passage = Passage("1", "a", "paragraph", "<p>A</p>", "A")
    other = Passage("1", "a", "paragraph", "<p>B</p>", "B")

    assert rules.text_hash("A", [passage]) == rules.text_hash("A", [passage])
    assert len({rules.text_hash("A", [passage]), rules.text_hash("A", [other]),
                rules.text_hash("B", [passage])}) == 3  # fmt: skip
    assert rules.from_json(rules.to_json([passage])) == (passage,)


@given(leaves, st.data())
def test_no_leaf_can_change_without_the_root(some, data):
    if not some:
        return
    place = data.draw(st.integers(0, len(some) - 1))
    changed = list(some)
    old = changed[place]
    changed[place] = Leaf(old.kind, old.key + "x", old.digest)

    assert rules.root(some) != rules.root(changed)
    assert rules.root(some) != rules.root(some[:-1])


def _export(contents):
    items = [
        {"kind": "position", "key": str(n), "salt": f"{n:02x}" * 8, "content": content}
        for n, content in enumerate(contents)
    ]
    for item in items:
        item["digest"] = rules.digest(item["content"], item["salt"])
    found = [Leaf(item["kind"], item["key"], item["digest"]) for item in items]
    return {"leaves": items, "root": rules.root(found), "texts": {}}


letters = st.text('aé规"\\ ', max_size=6)
contents = st.lists(
    st.dictionaries(letters, st.one_of(letters, st.integers(-9, 9)), max_size=4),
    min_size=1,
    max_size=9,
)


@given(contents)
def test_an_export_proves_itself(some):
    verdict = rules.verify(_export(some))

    assert verdict
    assert verdict.erased == ()


@given(contents, st.data())
def test_an_erased_item_leaves_the_rest_provable(some, data):
    export = _export(some)
    gone = data.draw(st.integers(0, len(some) - 1))
    export["leaves"][gone].update(content=None, salt=None)

    verdict = rules.verify(export)

    assert verdict
    assert verdict.erased == (f"position {gone}",)


@given(contents, st.data())
def test_an_altered_item_is_named(some, data):
    export = _export(some)
    bad = data.draw(st.integers(0, len(some) - 1))
    export["leaves"][bad]["content"] = {"forged": True}

    assert rules.verify(export).problems == (f"position {bad} is not what was frozen",)


@given(contents)
def test_a_dropped_item_shows_in_the_root(some):
    export = _export(some)
    del export["leaves"][0]

    assert "the root does not fit the leaves" in rules.verify(export).problems


def _values(rule):
    return {name: getattr(rule, name) for name in Rule.__dataclass_fields__}


@given(st.integers(1, 10_000))
def test_every_objection_is_in_the_part_that_its_number_names(number):
    first, last = rules.numbers_of(rules.part_of(number))

    assert first <= number <= last
    assert last - first == rules.OBJECTIONS - 1


@given(st.lists(st.integers(0, 20_000), max_size=40))
def test_a_part_of_the_positions_is_bounded_or_a_single_one(lengths):
    count = rules.fitting(lengths)

    assert count <= rules.POSITIONS
    assert bool(count) == bool(lengths)
    assert count == 1 or sum(lengths[:count]) <= rules.WORDS
    assert count in (len(lengths), rules.POSITIONS) or sum(lengths[: count + 1]) > rules.WORDS
