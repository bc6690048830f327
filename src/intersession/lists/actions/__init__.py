"""The verbs of lists."""

from intersession.lists.actions.archiving import archive
from intersession.lists.actions.importing import Account, Stopped, Tell, import_archive
from intersession.lists.actions.opening import open_list
from intersession.lists.actions.rehearsing import rehearse_import
from intersession.lists.formats.mailbox import NotMail, Source, source_at

__all__ = [
    "Account",
    "NotMail",
    "Source",
    "Stopped",
    "Tell",
    "archive",
    "import_archive",
    "open_list",
    "rehearse_import",
    "source_at",
]
