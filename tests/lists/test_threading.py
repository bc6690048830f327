"""Threads: the law alone."""

import json
import random
import re
from email import message_from_bytes
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.lists.rules.identity import message_id, references
from intersession.lists.rules.subjects import base_subject, reply_depth, title
from intersession.lists.rules.threading import Stub, components, forest, parents_here
from tests.shared_data import shared

KEYS = st.integers(0, 12)
STUBS = st.dictionaries(
    KEYS, st.tuples(st.integers(0, 5), st.lists(KEYS, max_size=5)), max_size=10
).map(lambda drawn: [Stub(key, at, tuple(named)) for key, (at, named) in drawn.items()])


@given(STUBS, st.randoms(use_true_random=False))
def test_the_forest_does_not_depend_on_the_order_of_arrival(
    stubs: list[Stub[int]], chance: random.Random
) -> None:
    shuffled = list(stubs)
    chance.shuffle(shuffled)

    assert forest(shuffled) == forest(stubs)
    assert parents_here(shuffled) == parents_here(stubs)


@given(STUBS)
def test_nothing_goes_in_a_circle_and_nothing_is_lost(stubs: list[Stub[int]]) -> None:
    tree = forest(stubs)

    assert {stub.key for stub in stubs} <= tree.keys()
    for key in tree:
        seen = []
        above: int | None = key
        while above is not None:
            seen.append(above)
            above = tree[above]
        assert len(seen) == len(set(seen))


@given(STUBS)
def test_a_message_and_its_parent_are_in_one_thread(stubs: list[Stub[int]]) -> None:
    groups = components(stubs)

    for key, parent in parents_here(stubs).items():
        if parent is not None:
            assert any({key, parent} <= group for group in groups)


def test_answers_to_a_message_that_nobody_has_are_one_thread() -> None:
    stubs = [Stub("a", 1, ("gone",)), Stub("b", 2, ("gone",))]

    assert parents_here(stubs) == {"a": None, "b": None}
    assert components(stubs) == [{"a", "b"}]


def test_a_ghost_hangs_where_the_earliest_who_names_it_says() -> None:
    stubs = [Stub("root", 1, ()), Stub("a", 3, ("ghost",)), Stub("b", 2, ("root", "ghost"))]

    assert forest(stubs)["ghost"] == "root"
    assert parents_here(stubs) == {"root": None, "a": "root", "b": "root"}


def test_two_that_answer_each_other_do_not_go_in_a_circle() -> None:
    stubs = [Stub("a", 1, ("b",)), Stub("b", 2, ("a",))]

    assert forest(stubs) == {"a": None, "b": "a"}


def test_a_chain_of_three_thousand_is_no_deeper_than_it_is_long() -> None:
    keys = [f"m{n}" for n in range(3000)]
    stubs = [Stub("m0", 0, ()), *(Stub(b, n, (a,)) for n, (a, b) in enumerate(pairwise(keys), 1))]

    assert parents_here(stubs)["m2999"] == "m2998"
    assert len(references(" ".join(f"<{key}>" for key in keys), "")) == 32


CASES = "data/threads/imaptest-rfc5256"


def messages_of(name: str) -> list[Stub[str]]:
    raw = (shared(CASES) / f"{name}.mbox").read_bytes()
    stubs = []
    for number, block in enumerate(re.split(rb"^From .*\n", raw, flags=re.MULTILINE)[1:], 1):
        mail = message_from_bytes(block)
        own = message_id(mail["message-id"] or "")
        key = own if own and own not in [stub.key for stub in stubs] else f"{own}#{number}"
        named = references(mail["references"] or "", mail["in-reply-to"] or "")
        stubs.append(Stub(key, number, named))
    return stubs


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        ("thread", [{1, 2, 3}]),
        ("thread2", [{1}, {2}]),
        ("thread4", [{1, 2}]),
        ("thread5", [{1, 2, 3, 4, 5}]),
        ("thread6", [{1, 2}]),
        ("thread7", [{1, 2, 3, 4}]),
        ("thread8", [{1, 2, 3}]),
    ],
)
def test_the_cases_of_imaptest_fall_into_their_threads(name: str, groups: list[set[int]]) -> None:
    stubs = messages_of(name)
    numbers = {stub.key: number for number, stub in enumerate(stubs, 1)}

    found = [{numbers[key] for key in group} for group in components(stubs)]

    assert sorted(found, key=min) == groups


def test_in_a_loop_the_next_reference_that_leads_out_of_it_counts() -> None:
    tree = parents_here(messages_of("thread"))

    assert tree == {"a@b": None, "b@b": "a@b", "c@b": "b@b"}


def test_base_subjects_are_those_of_the_known_cases() -> None:
    cases = json.loads((shared("data/threads") / "subject-cases-mailkit.json").read_text())

    assert [(base_subject(c["input"]), reply_depth(c["input"])) for c in cases] == [
        (c["base_subject"], c["reply_depth"]) for c in cases
    ]


def test_the_title_of_a_thread_keeps_every_tag_but_that_of_its_list() -> None:
    assert title("Re: [talk] RE: [PATCH 1/3] Words", "talk") == "[PATCH 1/3] Words"


def test_the_cases_are_where_they_are_expected() -> None:
    assert Path(shared(CASES)).is_dir()
