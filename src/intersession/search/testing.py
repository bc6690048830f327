"""Documents for tests."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from intersession.search.rules import Document

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

_number = count(1)


def a_document(**fields: Any) -> Document:
    """Make a message that may be put into the index."""
    n = next(_number)
    given = {
        "key": f"lists.message:{n}",
        "kind": "message",
        "title": "Open letter",
        "body": "Dear all, what do the rest of you think?",
        "at": NOON + timedelta(minutes=n),
        "url": f"/lists/{n}/",
    }
    return Document(**{**given, **fields})
