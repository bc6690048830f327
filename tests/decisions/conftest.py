"""The moment of a page, of the test's choice."""

from collections.abc import Callable
from datetime import datetime

import pytest

from intersession.kit import clock
from tests.decisions.pages import LATER


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Let the pages think that it is a moment of the test's choice."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_to(LATER)
    return set_to
