"""What stands in the place of something that was taken out of a message."""

from collections.abc import Sequence
from datetime import date
from html import escape

from django.utils.translation import gettext as _

from intersession.kit import words
from intersession.lists.rules.redacting import Tombstone
from intersession.lists.states import Redacted, RedactedFor


def sentence(stone: Tombstone) -> str:
    """Say what was taken out, when and why, in the reader's language."""
    told = {
        "day": words.day(date.fromisoformat(stone.day)),
        "reason": RedactedFor(stone.reason).label,
    }
    match stone.what:
        case Redacted.PERSON:
            return _("The name of the writer was removed on %(day)s. Why: %(reason)s.") % told
        case Redacted.FILE:
            return _("A file was removed on %(day)s. Why: %(reason)s.") % told
    return _("The text of this message was removed on %(day)s. Why: %(reason)s.") % told


def html_of(stones: Sequence[Tombstone]) -> str:
    """Write tombstones as paragraphs of the platform (not of who wrote)."""
    return "".join(f'<p class="meta">{escape(sentence(stone))}</p>' for stone in stones)
