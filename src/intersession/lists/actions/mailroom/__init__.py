"""Where copies leave from: relays made ready, given to couriers, and marked as they go out."""

from intersession.lists.actions.mailroom.room import Mailroom
from intersession.lists.actions.mailroom.writing import Written, ways_of, written

__all__ = ["Mailroom", "Written", "ways_of", "written"]
