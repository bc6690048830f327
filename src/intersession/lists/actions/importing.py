"""An archive taken in: streamed, resumed where it stopped, one entry in the record."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from math import inf
from time import perf_counter, sleep

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from intersession.journal.actions import record
from intersession.kit.facts import publish
from intersession.lists.actions.storing import store
from intersession.lists.events import ArchiveImported
from intersession.lists.formats.mailbox import NO_FURTHER, Piece, Source
from intersession.lists.formats.presses import Made, Presses
from intersession.lists.formats.pressing import Pressed
from intersession.lists.models import ImportRun, MailingList, Message, Refusal

CHUNK = 64
"""Messages that a child gets at once, unless they are large."""
CHUNK_BYTES = 300_000
AHEAD = 3
"""Chunks for each child that are read before they are asked for, so that none waits."""
AIM = 0.1
"""Seconds a write may take; the issue allows 0.3."""
SMALLEST, LARGEST = 50, 400
BREATHS = ((0.12, 0.03), (0.22, 0.058), (inf, 0.115))
"""
Seconds between two writes, so that others get their turn, by how long the last one took.

SQLite asks again for its lock after 1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50 and then every 100
milliseconds. A pause so long is met by everyone who began to wait during the write before it,
even where a busy machine wakes them some milliseconds late.
"""

type Tell = Callable[[float, int], None]
type Found = tuple[Piece, Pressed | str]


class Stopped(Exception):
    """The import cannot go on now. What is stored is whole; running it again goes on from there."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A piece that is no message: its number in the archive, where it lies, and why."""

    number: int
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Account:
    """What became of every piece of an archive: read = stored + duplicates + refused."""

    read: int
    stored: int
    duplicates: int
    refused: Sequence[Refused]

    @property
    def broken(self) -> Sequence[Refused]:
        """Where files of the archive break off: nobody knows what came after."""
        return [one for one in self.refused if one.reason.startswith(NO_FURTHER)]


@dataclass(slots=True)
class Pace:
    """How many messages one write takes, so that it takes no longer than AIM; when the next may."""

    size: int = 100
    free: float = 0.0

    def learn(self, count: int, seconds: float) -> None:
        """Move towards the size that would have taken AIM."""
        wish = int(count * AIM / max(seconds, 0.001))
        self.size = max(SMALLEST, min(LARGEST, wish, self.size * 2))
        self.free = perf_counter() + next(rest for most, rest in BREATHS if seconds < most)

    def wait(self) -> None:
        """Wait until the others have had their turn. Mail is read and pressed meanwhile."""
        sleep(max(0.0, self.free - perf_counter()))


def import_archive(
    mailing_list: MailingList,
    source: Source,
    *,
    at: datetime,
    tell: Tell = lambda share, read: None,
    children: int = 2,
) -> Account:
    """
    Take an archive into the list, from where an earlier import of it was interrupted.

    `tell` hears after each write which share of the archive is done, and how many messages. Every
    piece is stored, a duplicate or refused with its number and reason. Raises Stopped when the disk
    is full.
    """
    run = _begin(mailing_list, source, at=at)
    pace = Pace()
    _tune()
    try:
        with Presses(children) as presses:
            waiting: list[Found] = []
            for found in pressed(source, presses, run.started_at, part=run.part, offset=run.offset):
                waiting.extend(found)
                while len(waiting) >= pace.size:
                    now, waiting = waiting[: pace.size], waiting[pace.size :]
                    _write(mailing_list, run, now, pace)
                    tell(source.share(run.part, run.offset), run.read)
            if waiting:
                _write(mailing_list, run, waiting, pace)
        _finish(mailing_list, run, at=at)
    except DatabaseError as problem:
        raise Stopped(_why(problem, run)) from problem
    finally:
        _tune_back()
    tell(1.0, run.read)
    return _account(run)


def pressed(
    source: Source, presses: Presses, latest: datetime, *, part: int = 0, offset: int = 0
) -> Iterator[list[Found]]:
    """Read the archive ahead of the children, and give back their work in its order."""
    started: deque[tuple[list[Piece], Future[Made]]] = deque()
    for chunk in _chunks(source.pieces(part, offset)):
        mail = [(piece.raw, piece.envelope) for piece in chunk if not piece.problem]
        started.append((chunk, presses.press(mail, latest)))
        if len(started) > presses.children * AHEAD:
            yield _matched(*started.popleft())
    while started:
        yield _matched(*started.popleft())


def _chunks(pieces: Iterator[Piece]) -> Iterator[list[Piece]]:
    chunk: list[Piece] = []
    size = 0
    for piece in pieces:
        chunk.append(piece)
        size += len(piece.raw)
        if len(chunk) == CHUNK or size > CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _matched(chunk: Sequence[Piece], future: Future[Made]) -> list[Found]:
    made = iter(future.result())
    return [(piece, piece.problem or next(made)) for piece in chunk]


def _begin(mailing_list: MailingList, source: Source, *, at: datetime) -> ImportRun:
    run, _ = ImportRun.objects.get_or_create(
        mailing_list=mailing_list,
        fingerprint=source.fingerprint,
        finished_at=None,
        defaults={"source": source.name[:300], "started_at": at},
    )
    return run


def _write(mailing_list: MailingList, run: ImportRun, found: Sequence[Found], pace: Pace) -> None:
    """Store some messages and how far that is, in one short transaction."""
    pace.wait()
    started = perf_counter()
    end = found[-1][0]
    with transaction.atomic():
        stored = store(mailing_list, [m for _, m in found if not isinstance(m, str)], run=run)
        grown = {
            "part": end.part,
            "offset": end.end,
            "read": run.read + len(found),
            "stored": run.stored + stored.fresh,
            "duplicates": run.duplicates + len(stored.ids) - stored.fresh,
            "refused": run.refused + _refuse(run, found),
        }
        ImportRun.objects.filter(pk=run.pk).update(**grown)
    for name, value in grown.items():
        setattr(run, name, value)
    pace.learn(len(found), perf_counter() - started)


def _refuse(run: ImportRun, found: Sequence[Found]) -> int:
    refusals = [
        Refusal(run=run, number=run.read + n, place=piece.place[-300:], reason=made[:300])
        for n, (piece, made) in enumerate(found, 1)
        if isinstance(made, str)
    ]
    Refusal.objects.bulk_create(refusals)
    return len(refusals)


def _account(run: ImportRun) -> Account:
    refusals = run.refusals.order_by("number").iterator()
    return Account(
        run.read,
        run.stored,
        run.duplicates,
        [Refused(one.number, one.place, one.reason) for one in refusals],
    )


@transaction.atomic
def _finish(mailing_list: MailingList, run: ImportRun, *, at: datetime) -> None:
    run.digest = digest_of(run)
    run.finished_at = at
    run.save(update_fields=["digest", "finished_at"])
    record(
        None, "lists.import_archive", run, at=at, scope=mailing_list.coalition.slug,
        title=str(mailing_list), url=mailing_list.get_absolute_url(),
        facts={
            "read": run.read, "stored": run.stored, "duplicates": run.duplicates,
            "refused": run.refused, "digest": run.digest,
        },
    )  # fmt: skip
    publish(ArchiveImported(run.pk, at))


def digest_of(run: ImportRun) -> str:
    """Digest the list of content hashes of a run: SHA-256 of their hexadecimal lines, in order."""
    digest = sha256()
    stored = Message.objects.filter(mailing_list=run.mailing_list_id, run=run).order_by("number")
    for content in stored.values_list("content_hash", flat=True).iterator():
        digest.update(bytes(content).hex().encode() + b"\n")
    return digest.hexdigest()


def _tune() -> None:
    """
    Give the import's connection little memory, and let it sync at checkpoints only (WAL).

    Checkpoints are rarer: many writes change the same pages, which are then copied once.
    """
    _set("synchronous=NORMAL", "mmap_size=0", "cache_size=-4000", "wal_autocheckpoint=4000")


def _tune_back() -> None:
    """Sync every commit again, as acts of people need."""
    _set("synchronous=FULL", "wal_autocheckpoint=1000")


def _set(*pragmas: str) -> None:
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            for pragma in pragmas:
                cursor.execute(f"PRAGMA {pragma}")


def _why(problem: DatabaseError, run: ImportRun) -> str:
    words = str(problem)
    if any(sign in words for sign in ("full", "disk I/O error", "No space left")):
        return _(
            "The disk is full. %(count)s messages are stored and whole; make room, run the same "
            "command again, and the import goes on from there."
        ) % {"count": run.stored}
    return _("The database stopped the import: %(problem)s") % {"problem": words}
