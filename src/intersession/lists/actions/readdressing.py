"""Old addresses of an archive that lead here from now on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from pathlib import Path
from zlib import decompressobj

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.journal.actions import record
from intersession.kit.answers import Refused, ensure
from intersession.lists import permissions
from intersession.lists.formats.pipermail import OldPage, pages_in
from intersession.lists.models import Content, MailingList, Message, OldUrl
from intersession.lists.rules import identity, old_urls
from intersession.people.models import Person

BATCH = 500
HEAD = 64_000
"""Bytes of a message in which its fields are looked for."""


@dataclass(frozen=True, slots=True)
class OldUrlAccount:
    """How many addresses lead here now, and the pages whose message is not in the archive."""

    registered: int
    messages: int
    unknown: Sequence[str]


def register_old_urls(
    actor: Person | None,
    mailing_list: MailingList,
    base: str,
    folder: Path | None = None,
    *,
    at: datetime,
) -> OldUrlAccount:
    """
    Let the old addresses of an archive lead here: `base` is where its list of months was.

    With the folder of its pages (pipermail) every message, index and file has a row; a page whose
    message is not here leads to its month. Messages that tell where they were (Archived-At, the
    numbers of Groups.io) have one in any case. To be run after the archive is imported, and again
    when more of it is. Raises Denied unless who asks looks after the list (None is the operator),
    Refused where the base is no address or the folder holds no archive.
    """
    if actor is not None:
        ensure(permissions.may_look_after(actor, mailing_list, at=at))
    host, path = old_urls.place_of(base)
    if not host:
        raise Refused(_("The old address begins with https:// and names a host."))
    pages = list(pages_in(folder)) if folder is not None else [OldPage("")]
    if folder is not None and not any(page.is_message for page in pages):
        raise Refused(_("The folder holds no pages of a Mailman 2 archive (pipermail)."))
    unknown: list[str] = []
    found = 0
    for batch in batched(pages, BATCH, strict=False):
        found += _register(mailing_list, host, path, batch, unknown)
    _register_beside(mailing_list, host, path)
    found += _register_told(mailing_list, host, path)
    return _conclude(actor, mailing_list, host, found, unknown, at=at)


@transaction.atomic
def _register(
    mailing_list: MailingList, host: str, base: str, pages: Sequence[OldPage], unknown: list[str]
) -> int:
    """Register pages; return how many lead to a message, and name those that should and do not."""
    nodes = {
        page.message_id: identity.node_of(page.message_id) for page in pages if page.message_id
    }
    here = dict(
        Message.objects.filter(
            mailing_list=mailing_list, node__in=list(nodes.values())
        ).values_list("node", "pk")
    )  # fmt: skip
    rows = []
    for page in pages:
        message = here.get(nodes[page.message_id]) if page.message_id else None
        if page.is_message and message is None:
            unknown.append(page.path)
        rows.append(_row(mailing_list, host, f"{base}/{page.path}", message, page))
    _keep(rows)
    return sum(1 for row in rows if row.message_id)


def _row(
    mailing_list: MailingList, host: str, path: str, message: int | None, page: OldPage
) -> OldUrl:
    return OldUrl(
        host=host, path=old_urls.path_of(path)[:700], mailing_list=mailing_list,
        message_id=message, first_day=None if message else page.month,
    )  # fmt: skip


def _keep(rows: Iterable[OldUrl]) -> None:
    """Store rows, each place once; one that is known leads where the new row says."""
    OldUrl.objects.bulk_create(
        {(row.host, row.path): row for row in rows}.values(),
        update_conflicts=True,
        unique_fields=["path", "host"],
        update_fields=["mailing_list", "message", "first_day"],
        batch_size=BATCH,
    )


def _register_beside(mailing_list: MailingList, host: str, base: str) -> None:
    """Register what Mailman 2 had beside an archive: the page to join, and the whole mailbox."""
    root, _slash, name = base.rpartition("/")
    if root.endswith("/pipermail"):
        above = root.removesuffix("/pipermail")
        beside = (f"{above}/mailman/listinfo/{name}", f"{above}/pipermail/{name}.mbox/{name}.mbox")
        _keep(_row(mailing_list, host, path, None, OldPage("")) for path in beside)


def _register_told(mailing_list: MailingList, host: str, base: str) -> int:
    """Register the addresses that the messages themselves tell."""
    count = 0
    for batch in batched(_told(mailing_list, host, base), BATCH, strict=False):
        _keep(batch)
        count += len(batch)
    return count


def _told(mailing_list: MailingList, host: str, base: str) -> Iterator[OldUrl]:
    contents = Content.objects.filter(message__mailing_list=mailing_list).order_by("pk")
    for pk, raw in contents.values_list("pk", "raw").iterator(100):
        head = decompressobj().decompress(bytes(raw), HEAD)
        for place in old_urls.told_in(head, host, base):
            path = old_urls.path_of(place[1])[:700]
            yield OldUrl(host=place[0], path=path, mailing_list=mailing_list, message_id=pk)


@transaction.atomic
def _conclude(
    actor: Person | None, mailing_list: MailingList, host: str, found: int, unknown: Sequence[str],
    *, at: datetime,
) -> OldUrlAccount:  # fmt: skip
    count = OldUrl.objects.filter(mailing_list=mailing_list, host=host).count()
    record(
        actor, "lists.register_old_urls", mailing_list, at=at, scope=mailing_list.coalition.slug,
        title=str(mailing_list), url=mailing_list.get_absolute_url(),
        facts={"host": host, "addresses": count, "without_message": len(unknown)},
    )  # fmt: skip
    return OldUrlAccount(count, found, unknown)
