from datetime import datetime

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from intersession.journal import rules
from intersession.journal.actions import record
from intersession.journal.models import Entry, Head
from intersession.people.testing import NOON, a_person

THING = Head(pk=1)


@pytest.mark.django_db
def test_entries_are_numbered_and_linked() -> None:
    person = a_person()

    first = record(person, "tests.act", THING, at=NOON, facts={"n": 1})
    second = record(None, "tests.act", THING, at=NOON)

    assert [first.number, second.number] == [1, 2]
    assert first.previous_hash == rules.GENESIS
    assert second.previous_hash == first.hash
    assert second.hash == rules.link(first.hash, second.body_hash)
    assert Head.objects.get().hash == second.hash


@pytest.mark.django_db
def test_a_refused_act_leaves_no_entry_and_no_gap() -> None:
    record(None, "tests.act", THING, at=NOON)
    with transaction.atomic():
        record(None, "tests.act", THING, at=NOON)
        transaction.set_rollback(True)

    assert record(None, "tests.act", THING, at=NOON).number == 2
    assert Entry.objects.count() == 2


@pytest.mark.django_db
def test_the_same_private_act_is_hashed_differently_each_time() -> None:
    first = record(None, "tests.act", THING, at=NOON, private=True)
    body = rules.body(
        number=1, at=NOON, actor=None, verb="tests.act", thing="journal.head:1",
        scope="", title="", url="", facts={}, digests={},
    )  # fmt: skip

    assert first.body_hash != rules.body_hash(body, "")
    assert first.body_hash == rules.body_hash(body, first.salt)


@pytest.mark.django_db
@pytest.mark.parametrize(("facts", "problem"), [({"a": 0.5}, ValueError), ({"a": NOON}, TypeError)])
def test_the_record_takes_only_what_every_database_gives_back_alike(
    facts: dict[str, float | datetime], problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        record(None, "tests.act", THING, at=NOON, facts=facts)


@pytest.mark.django_db
def test_recording_takes_three_statements(django_assert_num_queries) -> None:
    person = a_person()

    with django_assert_num_queries(3):
        record(person, "tests.act", THING, at=NOON)


WORDS = st.text(st.characters(codec="utf-8"), max_size=4)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(WORDS, VALUES, max_size=4))
def test_plain_values_are_hashed_alike_before_and_after_a_journey(
    values: dict[str, object],
) -> None:
    once = rules.plain(values)

    assert rules.canonical(rules.plain(once)) == rules.canonical(once)


@pytest.mark.django_db
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20))
def test_what_is_read_back_still_has_its_hash(words: str) -> None:
    entry = record(None, "tests.act", THING, at=NOON, title=words, facts={words: [words, 10**20]})

    back = Entry.objects.get(pk=entry.pk)
    body = rules.body(
        number=back.number, at=back.at, actor=None, verb=back.verb, thing=back.thing,
        scope=back.scope, title=back.title, url=back.url, facts=back.facts, digests=back.digests,
    )  # fmt: skip
    assert rules.body_hash(body, "") == entry.body_hash
