"""How large something is, in one wording everywhere."""

import pytest
from django.utils.translation import override

from intersession.kit.words import size


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1_000, "1 kB"), (40_960, "40 kB"),
        (999_999, "999 kB"), (1_000_000, "1 MB"), (1_290_000, "1.2 MB"), (10_000_000, "10 MB"),
    ],
)  # fmt: skip
def test_a_size_is_said_in_steps_of_a_thousand(octets: int, said: str) -> None:
    assert size(octets) == said


def test_a_fraction_is_written_as_the_reader_does() -> None:
    with override("fr"):
        assert size(1_290_000).startswith("1,2")
