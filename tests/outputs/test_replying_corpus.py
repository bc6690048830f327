"""The corpus of replies: every mail is read as a person reads it."""

import pytest

from tests.outputs.replies.corpus import Case, cases, score, told

TUNED = {case.name: case for case in cases("tuned")}


@pytest.mark.parametrize("name", sorted(TUNED))
def test_a_mail_is_read_as_a_person_reads_it(name: str) -> None:
    case: Case = TUNED[name]
    reading = case.read()

    assert told(reading) == list(case.pieces)
    assert (reading.is_automatic, reading.version) == (case.is_automatic, case.version)


@pytest.mark.parametrize("part", ["tuned", "held_out"])
def test_answers_are_placed_and_none_is_lost(part: str) -> None:
    counted = score(part)

    assert counted.placed / counted.inline >= 0.95
    assert counted.right / counted.made >= 0.9
    assert counted.lost == 0
