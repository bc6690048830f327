"""Many acts of a kind, recorded in one locked step."""

import pytest

from intersession.coalitions.testing import a_coalition
from intersession.journal import formats, verify
from intersession.journal.actions import Act, record, record_many
from intersession.journal.models import Entry
from intersession.people.testing import NOON, a_person

pytestmark = pytest.mark.django_db


def test_many_entries_are_linked_to_those_before_and_after() -> None:
    person, coalition = a_person(), a_coalition()
    record(person, "tests.act", coalition, at=NOON)

    acts = [Act(coalition, facts={"n": n}) for n in range(3)]
    assert record_many(person, "tests.act", acts, at=NOON, scope="dc-1", title="Ä") == 3
    record_many(person, "tests.act", [Act(coalition)], at=NOON, private=True)
    record(person, "tests.act", coalition, at=NOON)

    entries = list(Entry.objects.order_by("number"))
    report = verify.verify([formats.line(entry).encode() for entry in entries], [])
    assert not report.problem, report.sentence
    assert [entry.facts.get("n") for entry in entries[-5:]] == [0, 1, 2, None, None]
    assert [entry.is_public for entry in entries[-2:]] == [False, True]


def test_no_acts_leave_no_entry() -> None:
    before = Entry.objects.count()

    assert record_many(None, "tests.act", [], at=NOON) == 0

    assert Entry.objects.count() == before
