"""Threads that grow by a batch: who belongs with whom, and who answers whom."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime

from intersession.kit.moments import stored
from intersession.lists.actions.storing import rows
from intersession.lists.formats.pressing import Pressed
from intersession.lists.models import Ghost, MailingList, Message, Thread
from intersession.lists.rules.identity import unpack
from intersession.lists.rules.threading import Stub, parents_here


@dataclass(slots=True)
class Placed:
    """A message of the batch on its way to its thread."""

    id: int
    node: int
    references: tuple[int, ...]
    at: datetime
    permalink: str
    title: str
    author: int
    thread: int = 0
    parent: int | None = None


@dataclass(slots=True)
class Shown:
    """What the row of a thread shows, which grows with it."""

    id: int
    permalink: str
    subject: str
    first_at: datetime
    last_at: datetime
    count: int

    def grow(self, first: tuple[datetime, str, str], last: datetime, count: int) -> None:
        """Take in messages: where they begin (moment, permalink, subject), their last, how many."""
        self.count += count
        self.last_at = max(self.last_at, last)
        if first[:2] < (self.first_at, self.permalink):
            self.first_at, self.permalink, self.subject = first


@dataclass(slots=True)
class Loom:
    """What a batch touches: known messages and ghosts by node, and threads that became one."""

    messages: dict[int, tuple[int, int]] = field(default_factory=dict)
    ghosts: dict[int, int] = field(default_factory=dict)
    joined: dict[int, int] = field(default_factory=dict)
    new_threads: set[int] = field(default_factory=set)
    new_ghosts: set[int] = field(default_factory=set)
    laid: set[int] = field(default_factory=set)
    tangled: set[int] = field(default_factory=set)
    arranged: set[int] = field(default_factory=set)

    def thread(self, number: int) -> int:
        """Return the thread that a thread has been joined to, itself if to none."""
        while (other := self.joined.get(number)) is not None:
            number = other
        return number

    def join(self, numbers: Iterable[int]) -> int:
        """Make several threads one: the oldest of them."""
        found = sorted({self.thread(number) for number in numbers})
        for other in found[1:]:
            self.joined[other] = found[0]
        return found[0]


@dataclass(frozen=True, slots=True)
class There:
    """A message that is here already: its digest, its key and that of its thread."""

    content: bytes
    id: int
    thread: int


@dataclass(frozen=True, slots=True)
class Around:
    """What is here of the nodes that were asked for: messages, and the threads of ghosts."""

    nodes: Set[int]
    messages: Mapping[int, There]
    ghosts: Mapping[int, int]


def around(mailing_list: MailingList, batch: Sequence[Pressed]) -> Around:
    """Return what is here that mails bear the names of, or name."""
    nodes = _nodes(batch)
    messages, ghosts = rows.named(mailing_list.pk, nodes)
    return Around(
        nodes,
        {node: There(bytes(content), *keys) for node, content, *keys in messages},
        ghosts,
    )


def _nodes(batch: Iterable[Pressed | Placed]) -> Set[int]:
    return {node for mail in batch for node in (mail.node, *mail.references)}


def weave(
    mailing_list: MailingList, batch: Sequence[Placed], there: Around, spare: Iterable[int]
) -> Loom:
    """
    Give every message of the batch its thread, and its parent where that is plain.

    A thread that somebody arranged by hand is not joined to others: a message goes to the thread
    that awaits it, else to that of the nearest message it names. A parent is plain for a message
    that nobody awaits and whose references are here (the first may be missing): it hangs on the
    last of them and changes nothing else. All other threads are marked tangled, and `untangle`
    asks the law about them. `spare` are free keys of threads, as many as the batch may need.
    """
    loom = _loom(mailing_list, batch, there)
    free = iter(spare)
    for mail in batch:
        near = [loom.messages[node][1] for node in mail.references if node in loom.messages]
        far = [loom.ghosts[node] for node in mail.references if node in loom.ghosts]
        own = [loom.ghosts[mail.node]] if mail.node in loom.ghosts else []
        if known := [*far, *near, *own]:
            is_free = loom.arranged.isdisjoint(map(loom.thread, known))
            mail.thread = loom.join(known) if is_free else loom.thread(known[-1])
        else:
            mail.thread = next(free)
            loom.new_threads.add(mail.thread)
        _hang(loom, mail, is_awaited=bool(own))
    return loom


def _loom(mailing_list: MailingList, batch: Sequence[Placed], there: Around) -> Loom:
    nodes = _nodes(batch)
    of_imposters = nodes - there.nodes
    ghosts = rows.among(Ghost, ("node", "thread_id"), mailing_list.pk, of_imposters)
    here = there.messages
    loom = Loom(
        messages={node: (here[node].id, here[node].thread) for node in nodes & here.keys()},
        ghosts={node: there.ghosts[node] for node in nodes & there.ghosts.keys()} | dict(ghosts),
    )
    touched = {thread for _, thread in loom.messages.values()} | set(loom.ghosts.values())
    found = rows.chosen(Thread, ("id", "is_arranged"), touched)
    loom.arranged = {number for number, is_arranged in found if is_arranged}
    return loom


def _hang(loom: Loom, mail: Placed, *, is_awaited: bool) -> None:
    missing = [node for node in mail.references if node not in loom.messages]
    for node in missing:
        if node not in loom.ghosts:
            loom.ghosts[node] = mail.thread
            loom.new_ghosts.add(node)
    if is_awaited:
        _lay(loom, mail.node)
    nearest = mail.references[-1:]
    if is_awaited or any(node in missing for node in (*mail.references[1:], *nearest)):
        loom.tangled.add(mail.thread)
    elif nearest:
        mail.parent = loom.messages[nearest[0]][0]
    loom.messages[mail.node] = (mail.id, mail.thread)


def _lay(loom: Loom, node: int) -> None:
    """Lay a ghost: its message has come."""
    del loom.ghosts[node]
    if node in loom.new_ghosts:
        loom.new_ghosts.remove(node)
    else:
        loom.laid.add(node)


def begin(mailing_list: MailingList, loom: Loom, batch: Sequence[Placed]) -> None:
    """Insert the new threads as they stand after this batch (before its messages)."""
    for mail in batch:
        mail.thread = loom.thread(mail.thread)
    groups: dict[int, list[Placed]] = {}
    for mail in batch:
        groups.setdefault(mail.thread, []).append(mail)
    made = []
    for number in sorted(loom.new_threads & groups.keys()):
        group = groups[number]
        first = min(group, key=lambda mail: (mail.at, mail.permalink))
        last = max(mail.at for mail in group)
        people = len({mail.author for mail in group})
        made.append(
            (number, mailing_list.pk, first.permalink, first.title, stored(first.at),
             stored(last), len(group), people)
        )  # fmt: skip
    rows.insert(Thread, _COLUMNS, made)


_COLUMNS = (
    "id", "mailing_list_id", "permalink", "subject", "first_at", "last_at", "count", "participants",
)  # fmt: skip
_SHOWN = ("id", "permalink", "subject", "first_at", "last_at", "count")


def finish(mailing_list: MailingList, loom: Loom, batch: Sequence[Placed]) -> None:
    """Join threads, lay and raise ghosts, let the law place the tangled, count the grown."""
    old = {mail.thread for mail in batch} - loom.new_threads
    gone = [number for number in loom.joined if number not in loom.new_threads]
    old |= {loom.thread(number) for number in gone}
    known = {row[0]: Shown(*row) for row in rows.chosen(Thread, _SHOWN, {*old, *gone})}
    for number in gone:
        target = loom.thread(number)
        Message.objects.filter(thread=number).update(thread=target)
        Ghost.objects.filter(thread=number).update(thread=target)
    if loom.laid:
        Ghost.objects.filter(mailing_list=mailing_list, node__in=loom.laid).delete()
    rows.insert(
        Ghost,
        ("mailing_list_id", "node", "thread_id"),
        [(mailing_list.pk, node, loom.thread(loom.ghosts[node])) for node in loom.new_ghosts],
    )
    untangle({loom.thread(number) for number in loom.tangled})
    _count(loom, batch, {n: t for n, t in known.items() if n in old}, [known[n] for n in gone])
    if gone:
        Thread.objects.filter(pk__in=gone).delete()


def untangle(threads: set[int]) -> None:
    """Place the messages of these threads as the law says, each thread by itself."""
    if not threads:
        return
    columns = ("id", "node", "at", "references", "parent_id", "thread_id")
    found = rows.chosen(Message, columns, threads, by="thread_id")
    numbers: dict[int, int] = {}
    before: dict[int, int | None] = {}
    stubs: dict[int, list[Stub[int]]] = {}
    for pk, node, at, references, above_now, thread in found:
        numbers[node], before[node] = pk, above_now
        stub = Stub(node, at.timestamp(), unpack(bytes(references)))
        stubs.setdefault(thread, []).append(stub)
    changed = []
    for talk in stubs.values():
        for node, above in parents_here(talk).items():
            parent = numbers[above] if above is not None else None
            if parent != before[node]:
                changed.append((parent, numbers[node]))
    rows.update(Message, ["parent_id"], changed)


def _count(
    loom: Loom, batch: Sequence[Placed], old: dict[int, Shown], gone: Sequence[Shown]
) -> None:
    """Bring what threads show up to date, from what they showed and what came to them."""
    for one in gone:
        first = (one.first_at, one.permalink, one.subject)
        old[loom.thread(one.id)].grow(first, one.last_at, one.count)
    for mail in batch:
        if thread := old.get(mail.thread):
            thread.grow((mail.at, mail.permalink, mail.title), mail.at, 1)
    people = dict(rows.counted(Message, "thread_id", "author_id", old))
    rows.update(
        Thread,
        (*_SHOWN[1:], "participants"),
        [
            (t.permalink, t.subject, stored(t.first_at), stored(t.last_at),
             t.count, people[t.id], t.id)
            for t in old.values()
        ],
    )  # fmt: skip
