"""An import played through without writing anything."""

import sqlite3
from contextlib import closing
from datetime import datetime

from intersession.lists.actions.importing import Account, Found, Refused, Tell, pressed
from intersession.lists.actions.storing import known
from intersession.lists.formats.mailbox import Source
from intersession.lists.formats.presses import Presses
from intersession.lists.formats.pressing import Pressed
from intersession.lists.models import MailingList


def rehearse_import(
    mailing_list: MailingList,
    source: Source,
    *,
    at: datetime,
    tell: Tell = lambda share, read: None,
    children: int = 2,
) -> Account:
    """Say what an import would do. What it has seen lies in a file of its own, not in memory."""
    read = stored = 0
    refused: list[Refused] = []
    with closing(sqlite3.connect("")) as seen, Presses(children) as presses:
        seen.execute("CREATE TABLE seen (content BLOB PRIMARY KEY) WITHOUT ROWID")
        for found in pressed(source, presses, at):
            refused += [
                Refused(read + n, piece.place, made)
                for n, (piece, made) in enumerate(found, 1)
                if isinstance(made, str)
            ]
            stored += _fresh(mailing_list, found, seen)
            read += len(found)
            tell(source.share(found[-1][0].part, found[-1][0].end), read)
    tell(1.0, read)
    return Account(read, stored, read - stored - len(refused), refused)


def _fresh(mailing_list: MailingList, found: list[Found], seen: sqlite3.Connection) -> int:
    batch = [made for _, made in found if isinstance(made, Pressed)]
    here = set(known(mailing_list, batch).values())
    count = 0
    for mail in batch:
        if mail.content not in here:
            count += seen.execute("INSERT OR IGNORE INTO seen VALUES (?)", [mail.content]).rowcount
    return count
