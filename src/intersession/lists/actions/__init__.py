"""The verbs of lists."""

from intersession.lists.actions.archiving import archive
from intersession.lists.actions.importing import Account, Stopped, Tell, import_archive
from intersession.lists.actions.opening import open_list
from intersession.lists.actions.rehearsing import rehearse_import
from intersession.lists.actions.subscribing import (
    Wishes,
    claim,
    set_delivery,
    subscribe,
    unsubscribe,
    wishes_of,
)
from intersession.lists.actions.watching import follow, mute, unwatch
from intersession.lists.formats.mailbox import NotMail, Source, source_at

__all__ = [
    "Account",
    "NotMail",
    "Source",
    "Stopped",
    "Tell",
    "Wishes",
    "archive",
    "claim",
    "follow",
    "import_archive",
    "mute",
    "open_list",
    "rehearse_import",
    "set_delivery",
    "source_at",
    "subscribe",
    "unsubscribe",
    "unwatch",
    "wishes_of",
]
