"""Letters that come back."""

from datetime import datetime

from intersession.outbox.models import Letter


def note_returned(number: int, return_path: str, trouble: str, *, at: datetime) -> bool:
    """
    Note that a letter did not arrive, and why; return whether that is news.

    `return_path` is where reports about the letter go; a letter that names another is not meant.
    """
    sent = Letter.objects.filter(
        pk=number, return_path=return_path, sent_at__isnull=False, returned_at=None
    )
    return sent.update(returned_at=at, trouble=trouble) == 1
