"""Writing letters, and sending them."""

from intersession.outbox.actions.pruning import forget_letters, forget_texts
from intersession.outbox.actions.returning import note_returned
from intersession.outbox.actions.sending import send_due
from intersession.outbox.actions.writing import OWN, write, write_exact, write_many

__all__ = [
    "OWN",
    "forget_letters",
    "forget_texts",
    "note_returned",
    "send_due",
    "write",
    "write_exact",
    "write_many",
]
