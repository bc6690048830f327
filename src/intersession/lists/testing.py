"""Lists for tests."""

from datetime import datetime
from itertools import count

from intersession.coalitions.models import Coalition
from intersession.coalitions.testing import a_coalition
from intersession.lists import actions
from intersession.lists.models import MailingList
from intersession.people.testing import NOON, the_secretariat

_number = count(1)


def a_list(coalition: Coalition | None = None, *, at: datetime = NOON) -> MailingList:
    """Open a list of the coalition (a new one if none is given)."""
    n = next(_number)
    return actions.open_list(
        the_secretariat(), coalition or a_coalition(), at=at,
        name=f"talk-{n}", address=f"talk-{n}@lists.example.org", title=f"Talk {n}",
    )  # fmt: skip
