"""Threads that somebody arranges by hand: a message moved, a talk divided, joined or closed."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, Max
from django.utils.translation import gettext as _

from intersession.journal.actions import record
from intersession.kit.answers import Refused, ensure
from intersession.kit.facts import publish
from intersession.lists import permissions
from intersession.lists.actions.storing.threads import untangle
from intersession.lists.events import ThreadArranged
from intersession.lists.models import Ghost, MailingList, Message, Thread, Watch
from intersession.lists.rules.identity import unpack
from intersession.lists.rules.subjects import title
from intersession.people.models import Person


@transaction.atomic
def split(actor: Person, message: Message, *, at: datetime) -> Thread:
    """
    Make a message and all that answers it a thread of its own.

    Raises Denied for who does not look after the list, Refused where nothing would stay behind.
    """
    old = _locked(actor, message.thread, at=at)
    moved = _below(message)
    if len(moved) == old.count:
        raise Refused(_("This message begins the thread: nothing would stay behind."))
    fresh = Thread.objects.create(
        mailing_list=old.mailing_list, permalink=message.permalink, subject=message.subject,
        first_at=message.at, last_at=message.at, is_arranged=True,
    )  # fmt: skip
    _carry(moved, old, fresh)
    _record(actor, "lists.split", fresh, len(moved), at=at)
    return fresh


@transaction.atomic
def move(actor: Person, message: Message, thread: Thread, *, at: datetime) -> None:
    """
    Move a message and all that answers it into another thread of the list.

    Raises Denied for who does not look after the list, Refused within one thread or between lists.
    """
    old = _locked(actor, message.thread, at=at)
    _refuse_target(old, thread)
    moved = _below(message)
    _carry(moved, old, thread)
    _record(actor, "lists.move", thread, len(moved), at=at)


@transaction.atomic
def merge(actor: Person, thread: Thread, into: Thread, *, at: datetime) -> None:
    """
    Join a thread to another; every address in it leads to the other from now on.

    Raises Denied for who does not look after the list, Refused within one thread or between lists.
    """
    old = _locked(actor, thread, at=at)
    _refuse_target(old, into)
    moved = set(Message.objects.filter(thread=old).values_list("pk", flat=True))
    _carry(moved, old, into)
    _record(actor, "lists.merge", into, len(moved), at=at)


def _locked(actor: Person, thread: Thread, *, at: datetime) -> Thread:
    """Take turns with posts that come in, and read the thread as it is now."""
    ensure(permissions.may_arrange(actor, thread.mailing_list, at=at))
    MailingList.objects.select_for_update().get(pk=thread.mailing_list_id)
    return Thread.objects.select_related("mailing_list__coalition").get(pk=thread.pk)


def _refuse_target(old: Thread, thread: Thread) -> None:
    if old.pk == thread.pk:
        raise Refused(_("It is in this thread already."))
    if old.mailing_list_id != thread.mailing_list_id:
        raise Refused(_("The other thread belongs to another list."))


def _below(message: Message) -> set[int]:
    """Return a message and all that answers it, directly or not."""
    children: dict[int | None, list[int]] = {}
    rows = Message.objects.filter(thread=message.thread_id).values_list("pk", "parent_id")
    for pk, parent in rows:
        children.setdefault(parent, []).append(pk)
    found, waiting = set[int](), [message.pk]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += children.get(here, [])
    return found


def _carry(moved: set[int], old: Thread, new: Thread) -> None:
    """Carry messages over, with the ghosts that only they await, and tell both threads anew."""
    Message.objects.filter(pk__in=moved).update(thread=new)
    awaited = _named_in(new)
    Ghost.objects.filter(thread=old, node__in=awaited - _named_in(old)).update(thread=new)
    untangle({new.pk})
    untangle({old.pk})
    _tell(new)
    if Message.objects.filter(thread=old).exists():
        _tell(old)
    else:
        _dissolve(old, new)
    MailingList.objects.filter(pk=new.mailing_list_id).update(edition=F("edition") + 1)


def _named_in(thread: Thread) -> set[int]:
    packed = Message.objects.filter(thread=thread).values_list("references", flat=True)
    return {node for one in packed for node in unpack(bytes(one))}


def _tell(thread: Thread) -> None:
    """Bring what a thread shows of itself up to date."""
    messages = Message.objects.filter(thread=thread)
    first = messages.order_by("at", "permalink")[0]
    told = messages.aggregate(last=Max("at"), n=Count("pk"), people=Count("author", distinct=True))
    Thread.objects.filter(pk=thread.pk).update(
        permalink=first.permalink, subject=title(first.subject, thread.mailing_list.name),
        first_at=first.at, last_at=told["last"], count=told["n"], participants=told["people"],
        edition=F("edition") + 1, is_arranged=True,
    )  # fmt: skip
    thread.refresh_from_db()


def _dissolve(old: Thread, new: Thread) -> None:
    """Let go of a thread that holds nothing any more; who watched it watches the other."""
    Ghost.objects.filter(thread=old).update(thread=new)
    there = Watch.objects.filter(thread=new).values("subscription")
    Watch.objects.filter(thread=old).exclude(subscription__in=there).update(thread=new)
    old.delete()


def _record(actor: Person, verb: str, thread: Thread, count: int, *, at: datetime) -> None:
    record(
        actor, verb, thread, at=at, scope=thread.mailing_list.coalition.slug,
        title=str(thread.mailing_list), url=thread.get_absolute_url(), facts={"messages": count},
    )  # fmt: skip
    publish(ThreadArranged(thread.pk, at))


@transaction.atomic
def close_thread(actor: Person, thread: Thread, *, at: datetime) -> None:
    """
    Close a topic: later posts to it are held. Raises Denied or, where it is closed, Refused.
    """
    ensure(permissions.may_arrange(actor, thread.mailing_list, at=at))
    if thread.closed_at is not None:
        raise Refused(_("The topic is closed already."))
    _set_closed(thread, at)
    _record(actor, "lists.close_thread", thread, thread.count, at=at)


@transaction.atomic
def reopen_thread(actor: Person, thread: Thread, *, at: datetime) -> None:
    """Open a closed topic again. Raises Denied or, where it is open, Refused."""
    ensure(permissions.may_arrange(actor, thread.mailing_list, at=at))
    if thread.closed_at is None:
        raise Refused(_("The topic is open."))
    _set_closed(thread, None)
    _record(actor, "lists.reopen_thread", thread, thread.count, at=at)


def _set_closed(thread: Thread, at: datetime | None) -> None:
    thread.closed_at = at
    Thread.objects.filter(pk=thread.pk).update(closed_at=at, edition=F("edition") + 1)
