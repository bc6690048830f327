"""The facts of an entry are read in words, whatever the record holds."""

import pytest
from django.test import Client

from intersession.coalitions.testing import a_coalition, a_coordinator
from intersession.journal.actions import record
from intersession.journal.models import Entry
from intersession.kit.labels import Label
from intersession.people.testing import NOON, a_person
from intersession.site.reading import facts, said


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "yes"), (False, "no"), (None, "none"), ("", "none"), ([], "none"), ({}, "none"),
        (3, "3"), (0, "0"), (["a", "b"], "first, b"), ("a", "first"),
        ({"a": 2, "c": {"d": 1}}, "first: 2; c: d: 1"),
        ("2026-03-01T12:00:00+00:00", "1 March 2026, 12:00 UTC"),
    ],
)  # fmt: skip
def test_a_value_is_said_in_words(value: object, words: str) -> None:
    assert said(value, Label("Name", {"a": "first"})) == words


@pytest.mark.django_db
def test_the_page_of_an_entry_names_its_facts(client: Client) -> None:
    a_coordinator(a_coalition())

    page = client.get(f"/record/{Entry.objects.get().number}/").content.decode()

    assert "<dt>Office</dt><dd><bdi>Coordinator</bdi></dd>" in page


@pytest.mark.django_db
def test_a_fact_that_nobody_named_stands_as_it_is() -> None:
    person = a_person()
    entry = record(person, "people.arrive", person, at=NOON, facts={"strange": "ab" * 32})

    (fact,) = facts(entry)

    assert (fact.label, fact.value, fact.is_code) == ("strange", "ab" * 32, True)


@pytest.mark.django_db
def test_keys_of_rows_stand_with_the_hashes_and_what_is_none_is_left_out() -> None:
    person = a_person()
    held = {"attached": ["decisions.statement:1"], "reason": "", "settled": [], "round": 0}
    entry = record(person, "outputs.publish", person, at=NOON, facts=held)

    told = [(fact.label, fact.value, fact.is_code) for fact in facts(entry)]

    assert told == [
        ("Minority statements attached", "decisions.statement:1", True), ("Round", "0", False),
    ]  # fmt: skip
