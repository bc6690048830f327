"""Pressed messages put into the archive, many at a time, in one transaction."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from intersession.kit.moments import stored
from intersession.kit.prepared import each, prepared
from intersession.lists.actions.storing import rows, threads
from intersession.lists.formats.pressing import Pressed
from intersession.lists.models import (
    Attachment,
    Author,
    Content,
    ImportRun,
    MailingList,
    Message,
    Thread,
    message_address,
)
from intersession.lists.rules import identity
from intersession.lists.rules.subjects import base_subject, title
from intersession.search.actions import put_many
from intersession.search.rules import Document, tagged


@dataclass(frozen=True, slots=True)
class Stored:
    """
    What became of a batch, in order: the messages by primary key, None for a duplicate.

    `permalinks` are the hashes under which they stand, an imposter's its own.
    """

    ids: Sequence[int | None]
    permalinks: Sequence[str]

    @property
    def fresh(self) -> int:
        """How many are new."""
        return sum(1 for number in self.ids if number is not None)


@transaction.atomic(savepoint=False)
def store(
    mailing_list: MailingList,
    batch: Sequence[Pressed],
    *,
    run: ImportRun | None = None,
    salts: Sequence[str] = (),
) -> Stored:
    """
    Put messages into the archive of a list: rows, threads, files, months, search documents.

    One whose content is there already is a duplicate and changes nothing, and so is one with the id
    of a message that something was taken out of. One that bears the id of another message and says
    something else is an imposter: it is kept, under a hash of its own.
    `salts`, one for each, are kept beside the contents where digests of them stand in the record.
    Locks the list: posts and imports of one list take turns.
    """
    last = _locked(mailing_list)
    if mailing_list.joins_subjects:
        batch = [*map(_joined, batch)]
    there = threads.around(mailing_list, batch)
    kept = [*_told_apart(mailing_list, batch, there.messages)]
    fresh = [(mail, is_imposter) for mail, is_imposter in kept if mail is not None]
    if not fresh:
        return Stored([None] * len(batch), [mail.permalink for mail in batch])
    salted = [
        salt for salt, (mail, _) in zip(salts or [""] * len(batch), kept, strict=True) if mail
    ]
    ids, spare = rows.allocate(len(fresh), Message, Thread)
    authors = _authors([mail for mail, _ in fresh])
    placed = [
        threads.Placed(
            number, mail.node, mail.references, mail.at, mail.permalink,
            title(mail.subject, mailing_list.name), authors[mail.address],
        )
        for number, (mail, _) in zip(ids, fresh, strict=True)
    ]  # fmt: skip
    loom = threads.weave(mailing_list, placed, there, spare)
    threads.begin(mailing_list, loom, placed)
    _insert(mailing_list, fresh, placed, last, run, salted)
    threads.finish(mailing_list, loom, placed)
    _count_months(mailing_list, [mail for mail, _ in fresh])
    if not mailing_list.is_probe:
        _index(mailing_list, [mail for mail, _ in fresh], placed)
    rows.update(MailingList, ["last_number"], [(last + len(fresh), mailing_list.pk)])
    made = iter(ids)
    return Stored(
        [None if mail is None else next(made) for mail, _ in kept],
        [(mail or given).permalink for given, (mail, _) in zip(batch, kept, strict=True)],
    )


def _joined(mail: Pressed) -> Pressed:
    """Let a post that names no other name the ghost of its subject, which ties their threads."""
    node = 0 if mail.references else identity.subject_node(base_subject(mail.subject))
    return mail._replace(references=(node,)) if node else mail


def _locked(mailing_list: MailingList) -> int:
    """Lock the list, and return the number of its last message."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with prepared() as cursor:
        cursor.execute(
            f"SELECT last_number FROM lists_mailinglist WHERE id = %s{lock}",  # noqa: S608 (words of ours)
            [mailing_list.pk],
        )
        return int(cursor.fetchone()[0])


def known(mailing_list: MailingList, batch: Sequence[Pressed]) -> dict[int, bytes]:
    """Return the content digests of the messages here that bear these nodes."""
    nodes = [mail.node for mail in batch]
    found = rows.among(Message, ("node", "content_hash"), mailing_list.pk, nodes)
    return {node: bytes(content) for node, content in found}


def as_imposter(mail: Pressed) -> Pressed:
    """Give a message whose id is taken a hash and a node of its own."""
    link = identity.permalink(identity.imposter_name(mail.message_id, mail.content))
    return mail._replace(permalink=link, node=identity.node(link))


def _told_apart(
    mailing_list: MailingList, batch: Sequence[Pressed], there: Mapping[int, threads.There]
) -> Iterator[tuple[Pressed | None, bool]]:
    """Tell the new from duplicates (None) and imposters (True)."""
    seen = {node: one.content for node, one in there.items()}
    for mail in batch:
        content = seen.setdefault(mail.node, b"")
        if not content:
            seen[mail.node] = mail.content
            yield mail, False
        elif content == mail.content or len(content) == identity.FORGOTTEN:
            yield None, False
        else:
            other = as_imposter(mail)
            if other.node not in seen:
                seen |= known(mailing_list, [other])
            yield (None if other.node in seen else other), True
            seen[other.node] = other.content


def _authors(batch: Sequence[Pressed]) -> dict[str, int]:
    names = {mail.address: mail.name for mail in reversed(batch)}
    found = _known_authors(names)
    if missing := names.keys() - found.keys():
        Author.objects.bulk_create(
            [Author(address=address, name=names[address]) for address in sorted(missing)],
            ignore_conflicts=True,
        )
        found |= _known_authors(missing)
    return found


def _known_authors(addresses: Collection[str]) -> dict[str, int]:
    return dict(rows.chosen(Author, ("address", "id"), addresses, by="address"))


_MESSAGE = (
    "id", "mailing_list_id", "number", "node", "permalink", "thread_id", "parent_id", "author_id",
    "run_id", "at", "dated_by", "name", "subject", "message_id", "is_imposter", "language", "size",
    "files", "content_hash", "references",
)  # fmt: skip


def _insert(
    mailing_list: MailingList,
    fresh: Sequence[tuple[Pressed, bool]],
    placed: Sequence[threads.Placed],
    last: int,
    run: ImportRun | None,
    salts: Sequence[str],
) -> None:
    pairs = list(zip(fresh, placed, strict=True))
    run_id = run.pk if run else None
    rows.insert(
        Message,
        _MESSAGE,
        [
            (where.id, mailing_list.pk, last + n, mail.node, mail.permalink, where.thread,
             where.parent, where.author, run_id, stored(mail.at), mail.dated_by, mail.name,
             mail.subject, mail.message_id, is_imposter, mail.language, mail.size, len(mail.files),
             mail.content, identity.pack(mail.references))
            for n, ((mail, is_imposter), where) in enumerate(pairs, 1)
        ],
    )  # fmt: skip
    rows.insert(
        Content,
        ("message_id", "fragment", "raw", "salt"),
        [
            (where.id, mail.fragment, mail.raw, salt)
            for ((mail, _), where), salt in zip(pairs, salts, strict=True)
        ],
    )
    rows.insert(
        Attachment,
        ("message_id", "position", "name", "type", "size", "sha256"),
        [
            (where.id, file.position, file.name, file.type, file.size, file.sha256)
            for (mail, _), where in pairs
            for file in mail.files
        ],
    )


def _count_months(mailing_list: MailingList, fresh: Sequence[Pressed]) -> None:
    counts = Counter(date(mail.at.year, mail.at.month, 1) for mail in fresh)
    each(
        "INSERT INTO lists_month (mailing_list_id, first_day, messages) VALUES (%s, %s, %s)"
        " ON CONFLICT (mailing_list_id, first_day)"
        " DO UPDATE SET messages = lists_month.messages + excluded.messages",
        [
            (mailing_list.pk, connection.ops.adapt_datefield_value(day), count)
            for day, count in sorted(counts.items())
        ],
    )


def _index(
    mailing_list: MailingList, fresh: Sequence[Pressed], placed: Sequence[threads.Placed]
) -> None:
    scope = mailing_list.coalition.slug
    put_many([
        (
            Document(
                key=f"lists.message:{where.id}", kind="message", title=mail.subject,
                body="", at=mail.at, scope=scope, person=mail.name, language=mail.language,
                url=message_address(mailing_list.name, mail.permalink),
                tags=tagged(mailing_list.name, mail.address, has_files=bool(mail.files)),
            ),
            mail.terms,
        )
        for mail, where in zip(fresh, placed, strict=True)
    ])  # fmt: skip
