from random import Random
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st

from intersession.outputs.rules.matching import Old, Outcome, Relation, match

A = "Internet traffic is to be treated equally, whoever sends it and whatever it carries."
B = "A provider may interfere only where this is strictly necessary and proportionate."
C = "This holds for every service of access and transit, whatever the technology of the line."
D = "Specialised services may stand outside this principle where they are clearly apart."


def old(*texts: str) -> list[Old]:
    return [Old(chr(ord("a") + n), text) for n, text in enumerate(texts)]


def told(outcome: Outcome) -> list[tuple[str, str]]:
    return [(m.relation.value, m.key) for m in outcome.matches]


def test_the_same_text_keeps_its_keys() -> None:
    outcome = match(old(A, B), [A, B])
    assert told(outcome) == [("unchanged", "a"), ("unchanged", "b")]
    assert outcome.removed == ()


def test_an_edited_block_keeps_its_key() -> None:
    outcome = match(old(A, B, C), [A, B.replace("only", "solely") + " It says so.", C])
    assert told(outcome) == [("unchanged", "a"), ("edited", "b"), ("unchanged", "c")]
    assert not any(m.is_doubtful for m in outcome.matches)


def test_a_block_put_in_between_is_new() -> None:
    outcome = match(old(A, B), [A, D, B])
    assert told(outcome) == [("unchanged", "a"), ("new", ""), ("unchanged", "b")]


def test_a_block_taken_out_is_removed() -> None:
    assert match(old(A, B, C), [A, C]).removed == ("b",)


def test_a_block_moved_up_has_moved_and_the_others_have_not() -> None:
    outcome = match(old(A, B, C, D), [D, A, B, C])
    assert told(outcome)[0] == ("moved", "d")
    assert [m.relation for m in outcome.matches[1:]] == [Relation.UNCHANGED] * 3


def test_a_block_moved_and_edited_keeps_its_key() -> None:
    outcome = match(old(A, B, C, D), [D.replace("clearly", "quite"), A, B, C])
    assert told(outcome)[0] == ("moved", "d")
    assert outcome.matches[0].is_edited


def test_a_block_cut_in_two_is_a_split_and_its_longer_half_keeps_the_key() -> None:
    half = "Few may do so without a reason given in advance to all who are touched."
    outcome = match(old(A, f"{B} {half}", C), [A, B, half, C])
    kinds = [m.relation for m in outcome.matches]
    assert kinds == [Relation.UNCHANGED, Relation.SPLIT, Relation.SPLIT, Relation.UNCHANGED]
    assert sorted(m.key for m in outcome.matches[1:3]) == ["", "b"]
    assert [m.parents for m in outcome.matches[1:3] if not m.key] == [("b",)]


def test_two_blocks_joined_are_a_merger_that_names_both() -> None:
    outcome = match(old(A, B, C), [f"{A} {B}", C])
    assert outcome.matches[0].relation is Relation.MERGED
    assert {outcome.matches[0].key, *outcome.matches[0].parents} == {"a", "b"}
    assert outcome.removed == ()


def test_a_distant_likeness_is_left_to_the_editor() -> None:
    outcome = match(
        old(A, "Members of the group meet every month to plan their work for the year.", C),
        [A, "Members of the group meet twice a year to plan what others then do.", C],
    )
    assert outcome.matches[1].is_doubtful
    assert outcome.matches[1].key == "b"


def test_a_list_item_renumbered_is_unchanged() -> None:
    outcome = match(old("1. First of all points", "2. Next"), ["1. Zero", "2. First of all points"])
    assert told(outcome)[1] == ("unchanged", "a")


TEXTS = st.lists(
    st.lists(
        st.sampled_from(["one", "two", "three", "four", "five", "six", "seven"]), max_size=9
    ).map(" ".join),
    max_size=9,
)


@given(TEXTS, TEXTS)
def test_each_old_key_goes_on_once_at_most_and_every_block_is_told(
    before: list[str], after: list[str]
) -> None:
    olds = old(*before)
    outcome = match(olds, after)
    keys = [m.key for m in outcome.matches if m.key]
    parents = {key for m in outcome.matches for key in m.parents}
    assert len(outcome.matches) == len(after)
    assert len(keys) == len(set(keys))
    assert set(keys) | parents | set(outcome.removed) == {o.key for o in olds}
    assert not set(outcome.removed) & set(keys)


@given(TEXTS)
def test_a_text_matched_with_itself_is_unchanged(texts: list[str]) -> None:
    outcome = match(old(*texts), texts)
    assert all(m.relation is Relation.UNCHANGED for m in outcome.matches)


@given(TEXTS, st.randoms(use_true_random=False))
def test_a_text_found_once_on_both_sides_keeps_its_key(texts: list[str], chance: Random) -> None:
    single = list(dict.fromkeys(text for text in texts if text))
    shuffled = chance.sample(single, len(single))
    outcome = match(old(*single), shuffled)
    kept = {shuffled[n]: m.key for n, m in enumerate(outcome.matches)}
    assert kept == {o.text: o.key for o in old(*single)}


@given(TEXTS, TEXTS)
def test_the_same_input_gives_the_same_answer(before: list[str], after: list[str]) -> None:
    assert match(old(*before), after) == match(old(*before), after)


@settings(deadline=None, max_examples=1)
@given(st.just(1500))
def test_thousands_of_blocks_all_edited_take_seconds(count: int) -> None:
    chance = Random(1)
    words = [f"word{n}" for n in range(2000)]
    texts = [" ".join(chance.choices(words, k=60)) for _ in range(count)]
    olds = [Old(str(n), text) for n, text in enumerate(texts)]
    begun = process_time()
    outcome = match(olds, [text + " and a little more" for text in texts])
    assert process_time() - begun < 5
    assert [m.key for m in outcome.matches] == [str(n) for n in range(count)]


def test_a_thousand_equal_blocks_take_no_longer() -> None:
    begun = process_time()
    match([Old(str(n), "the same words again") for n in range(3000)], ["the same words"] * 2500)
    assert process_time() - begun < 5
