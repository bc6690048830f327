import json
from datetime import timedelta

import pytest

from intersession.journal import formats, queries, verify
from intersession.journal.actions import checkpoint, record
from intersession.journal.models import Checkpoint, Entry, Head
from intersession.people.testing import NOON, a_person

pytestmark = pytest.mark.django_db

THING = Head(pk=1)
SECRET = "Only for the Secretariat"


def exported() -> list[bytes]:
    return [line.encode() for line in queries.export()]


def test_the_export_of_what_was_recorded_holds() -> None:
    person = a_person()
    record(
        person,
        "tests.act",
        THING,
        at=NOON,
        title="Açai “x”\n",
        facts={"b": [1, "2", None], "a": {}},
    )
    record(None, "tests.act", THING, at=NOON + timedelta(microseconds=5), digests={"text": "00"})
    record(person, "tests.act", THING, at=NOON, title=SECRET, private=True)

    report = verify.verify(exported(), [])

    assert (report.problem, report.entries) == ("", 3)
    assert report.head == Head.objects.get().hash


def test_a_private_entry_is_exported_as_a_bare_hash() -> None:
    entry = record(a_person(), "tests.act", THING, at=NOON, title=SECRET, private=True)

    (line,) = exported()

    assert json.loads(line) == {
        "body_hash": entry.body_hash, "hash": entry.hash, "number": 1,
        "previous": entry.previous_hash,
    }  # fmt: skip
    assert entry.salt.encode() not in line


def test_the_export_reads_the_record_in_bounded_pieces(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries
) -> None:
    for _number in range(5):
        record(None, "tests.act", THING, at=NOON)
    monkeypatch.setattr(queries, "AT_ONCE", 2)

    with django_assert_num_queries(4):
        assert len(exported()) == 5
    assert [json.loads(line)["number"] for line in queries.export(after=3)] == [4, 5]


def test_a_checkpoint_keeps_how_the_record_stands_and_is_recorded_itself() -> None:
    entry = record(None, "tests.act", THING, at=NOON)

    point = checkpoint(at=NOON)

    assert (point.count, point.hash) == (1, entry.hash)
    last = Entry.objects.get(verb="journal.checkpoint")
    assert last.facts == {"count": 1, "hash": entry.hash}
    points = verify.read_checkpoints(formats.checkpoint_line(point))
    assert verify.verify(exported(), points).checkpoints == 1


def test_an_empty_record_has_a_checkpoint_too() -> None:
    checkpoint(at=NOON)

    points = verify.read_checkpoints(formats.checkpoint_line(Checkpoint.objects.get()))

    assert not verify.verify(exported(), points).problem


def test_parts_of_a_timeline_lead_to_their_neighbours() -> None:
    for _number in range(5):
        record(None, "tests.act", THING, at=NOON)

    first = queries.part(queries.public(), size=2)
    second = queries.part(queries.public(), before=first.earlier, size=2)
    third = queries.part(queries.public(), before=second.earlier, size=2)
    back = queries.part(queries.public(), after=third.later, size=2)

    shown = [[entry.number for entry in part.items] for part in (first, second, third, back)]
    assert shown == [[5, 4], [3, 2], [1], [3, 2]]
    assert (first.later, third.earlier) == ("", "")
    assert back == second
    newest = queries.part(queries.public(), after=second.later, size=9)
    assert (newest.items, newest.later) == (first.items, "")


@pytest.mark.parametrize(
    "key", ["x", "é", "W10", "WyJhIl0", "Wy0xXQ", "WzEwMDAwMDAwMDAwMDAwMDAwMDAwMF0"]
)
def test_a_key_that_somebody_changed_opens_the_newest_part(key: str) -> None:
    record(None, "tests.act", THING, at=NOON)

    assert len(queries.part(queries.public(), before=key).items) == 1
