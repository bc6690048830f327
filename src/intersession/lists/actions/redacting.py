"""Taking something out of the archive: a tombstone says why and when; what it was is gone."""

from collections.abc import Sequence
from datetime import datetime
from zlib import compress, decompress

from django.db import transaction
from django.db.models import Count, F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from intersession.journal.actions import record
from intersession.kit.answers import Refused, ensure
from intersession.kit.facts import publish
from intersession.lists import permissions
from intersession.lists.actions.finding import NOBODY, tags_of
from intersession.lists.actions.forgetting import forget_held
from intersession.lists.actions.relaying import stop
from intersession.lists.events import HeldPostDecided, MessageRedacted
from intersession.lists.formats.pressing import LEVEL, Pressed, press
from intersession.lists.letters import erasing as letters
from intersession.lists.models import (
    Attachment,
    Author,
    Content,
    ErasureRequest,
    MailingList,
    Message,
    QuotedCopy,
    Redaction,
    Relay,
    Thread,
)
from intersession.lists.queries import raw_of
from intersession.lists.queries import redactions as queries
from intersession.lists.queries.redactions import copies_of, quoting
from intersession.lists.rules import identity
from intersession.lists.rules.redacting import Cut, Tombstone, marked, without
from intersession.lists.rules.subjects import title
from intersession.lists.states import Redacted, RedactedFor, RelayState
from intersession.people.models import Person
from intersession.search.actions import put_many
from intersession.search.rules import Document, analyse


@transaction.atomic
def redact(
    actor: Person,
    message: Message,
    *,
    at: datetime,
    what: Redacted,
    reason: RedactedFor,
    position: int | None = None,
) -> Redaction:
    """
    Take the text, the writer or a file (by its position) out of a message and all its copies.

    Goes from the raw mail, pages, search, feeds, exports and what is held, and copies that have not
    left stay here; the thread and the chain of the record stay, and the same mail taken in again
    stays out. Quotations elsewhere are listed for whoever looks after the list. Raises Denied for
    others, Refused where it is gone already.
    """
    ensure(permissions.may_redact(actor, message.mailing_list, at=at))
    _refuse_what_is_gone(message, what, position)
    quoted = quoting(message) if what == Redacted.BODY else []
    names = _names(message) if what == Redacted.PERSON else ()
    discarded = forget_held(message, at)  # before the list, which who lets one out locks last
    copies = [
        _redacted(one, actor, what, reason, position, names, at) for one in copies_of(message)
    ]
    _keep_copies_here(message, at)
    redaction = copies[0]
    QuotedCopy.objects.bulk_create(
        [QuotedCopy(redaction=redaction, message_id=pk) for pk in quoted]
    )
    answered = list(queries.open_requests(message, what))
    ErasureRequest.objects.filter(pk__in=[one.pk for one in answered]).update(answered_at=at)
    record(
        actor, "lists.redact", message, at=at, scope=message.mailing_list.coalition.slug,
        title=str(message.mailing_list), url=message.get_absolute_url(),
        facts={"what": what.value, "reason": reason.value, "copies": len(copies)},
    )  # fmt: skip
    for asked in answered:
        letters.tell_done(asked, at=at)
    for post in discarded:
        publish(HeldPostDecided(post, at))
    publish(MessageRedacted(message.pk, at))
    return redaction


def _refuse_what_is_gone(message: Message, what: Redacted, position: int | None) -> None:
    done = Redaction.objects.filter(message=message)
    if what == Redacted.FILE:
        if not Attachment.objects.filter(message=message, position=position or 0).exists():
            raise Refused(_("This message has no such file."))
        if done.filter(what=what, position=position).exists():
            raise Refused(_("This file was removed before."))
    elif done.filter(what=what).exists():
        raise Refused(_("This was removed from the message before."))
    if what != Redacted.PERSON and done.filter(what=Redacted.BODY).exists():
        raise Refused(_("The text of this message was removed before, with every file."))


def _names(message: Message) -> Sequence[str]:
    address = message.author.address
    return (message.name or message.author.name, address, address.partition("@")[0] + "@")


def _redacted(
    message: Message,
    actor: Person,
    what: Redacted,
    reason: RedactedFor,
    position: int | None,
    names: Sequence[str],
    at: datetime,
) -> Redaction:
    """Take it out of one copy."""
    redaction, _is_new = Redaction.objects.get_or_create(
        message=message, what=what, position=position,
        defaults={"reason": reason, "by": actor, "at": at},
    )  # fmt: skip
    files = frozenset([position]) if position is not None else frozenset[int]()
    words = f"[Removed on {at:%Y-%m-%d}: {reason.label}.]"
    cut = Cut(body=what == Redacted.BODY, names=names, files=files, words=words)
    raw = without(raw_of(message.content), cut)
    pressed = press(raw, "", at)
    if what == Redacted.PERSON:
        _unname(message, pressed.subject)
    _rewrite(message, raw, pressed)
    _find_no_more(message, pressed)
    _renew(message)
    return redaction


def _unname(message: Message, subject: str) -> None:
    """
    Give a message the author who is nobody, and a subject; who wrote no other is forgotten.

    One with others is named as the latest of them says: the name may stand nowhere else.
    """
    nobody, _is_new = Author.objects.get_or_create(address=NOBODY, defaults={"name": ""})
    before = message.author_id
    _retitle(message, subject)
    message.author, message.name, message.subject = nobody, "", subject
    message.save(update_fields=["author", "name", "subject"])
    others = Message.objects.filter(author=before).order_by("-at", "-pk")
    name = others.values_list("name", flat=True).first()
    if name is None:
        Author.objects.filter(pk=before).delete()
    else:
        Author.objects.filter(pk=before).update(name=name)
    people = Message.objects.filter(thread=message.thread_id).aggregate(
        n=Count("author", distinct=True)
    )
    Thread.objects.filter(pk=message.thread_id).update(participants=people["n"])


def _retitle(message: Message, subject: str) -> None:
    """Give a thread that this message began, and that is called after it, its new title."""
    name, thread = message.mailing_list.name, Thread.objects.filter(pk=message.thread_id)
    first = Message.objects.filter(thread=message.thread_id).order_by("at", "pk").first()
    if first == message:
        thread.filter(subject=title(message.subject, name)).update(subject=title(subject, name))


def _rewrite(message: Message, raw: bytes, pressed: Pressed) -> None:
    """Put what is left in the place of what was, under the marks of all that is gone."""
    done = list(Redaction.objects.filter(message=message).order_by("at", "pk"))
    is_bare = any(one.what == Redacted.BODY for one in done)
    stones = [Tombstone(one.what, one.reason, f"{one.at:%Y-%m-%d}") for one in done]
    html = "" if is_bare else decompress(pressed.fragment).decode()
    Content.objects.filter(message=message).update(
        raw=compress(raw, LEVEL), fragment=compress(marked(stones, html).encode(), LEVEL), salt=""
    )
    gone = {one.position for one in done if one.what == Redacted.FILE}
    Attachment.objects.filter(message=message).delete()
    Attachment.objects.bulk_create(
        [
            Attachment(
                message=message, position=file.position, name=file.name, type=file.type,
                size=file.size, sha256=file.sha256,
            )
            for file in pressed.files
            if file.position not in gone
        ]
    )  # fmt: skip
    kept = bytes(message.content_hash)
    if len(kept) == identity.WHOLE:
        kept = salted_hmac("lists.redacted", kept.hex(), algorithm="sha256").digest()
    message.content_hash = kept[: identity.FORGOTTEN]
    message.files = len(pressed.files) - len(gone) if not is_bare else 0
    message.size = len(raw)
    message.save(update_fields=["content_hash", "files", "size"])


def _find_no_more(message: Message, pressed: Pressed) -> None:
    """Put the message into the index again, by what is left of it."""
    is_bare = Redaction.objects.filter(message=message, what=Redacted.BODY).exists()
    terms = (
        analyse(message.subject, "", message.name, message.language) if is_bare else pressed.terms
    )
    document = Document(
        key=f"lists.message:{message.pk}", kind="message", title=message.subject, body="",
        at=message.at, scope=message.mailing_list.coalition.slug, person=message.name,
        language=message.language, url=message.get_absolute_url(), tags=tags_of(message),
    )  # fmt: skip
    put_many([(document, terms)])


def _renew(message: Message) -> None:
    """Let every kept page of the message, its thread and its list be made anew."""
    Thread.objects.filter(pk=message.thread_id).update(edition=F("edition") + 1)
    MailingList.objects.filter(pk=message.mailing_list_id).update(
        edition=F("edition") + 1, redactions=F("redactions") + 1
    )


def _keep_copies_here(message: Message, at: datetime) -> None:
    """Let no copy leave that has not left: a worker may have it ready as it was."""
    on_their_way = Relay.objects.filter(
        message__in=[one.pk for one in copies_of(message)],
        state__in=[RelayState.SENDING, RelayState.PAUSED],
    )
    for relay in on_their_way.order_by("pk"):
        stop(relay, at=at)


@transaction.atomic
def ask_erasure(
    actor: Person, message: Message, *, at: datetime, what: Redacted, words: str = ""
) -> ErasureRequest:
    """
    Ask that something be taken out of one's own message; whoever looks after the list is told.

    Raises Denied for others than its writer (by a verified address), Refused while a request waits
    or where it is gone already.
    """
    ensure(permissions.may_ask_erasure(actor, message))
    if ErasureRequest.objects.filter(message=message, by=actor, answered_at=None).exists():
        raise Refused(_("You have asked already; those who look after the list will answer."))
    if what == Redacted.FILE:
        raise Refused(_("Say in your words which file is meant, and ask about the text."))
    _refuse_what_is_gone(message, what, None)
    asked = ErasureRequest.objects.create(message=message, by=actor, what=what, words=words, at=at)
    _note(actor, "lists.ask_erasure", message, at)
    letters.tell_asked(asked, at=at)
    return asked


@transaction.atomic
def decline_erasure(actor: Person, request: ErasureRequest, *, at: datetime, words: str) -> None:
    """
    Decline a request with the reason, which its author reads.

    Raises Denied unless the actor looks after the list, Refused where it is answered or no reason
    is given.
    """
    ensure(permissions.may_redact(actor, request.message.mailing_list, at=at))
    if request.answered_at is not None:
        raise Refused(_("This request is answered already."))
    if not words.strip():
        raise Refused(_("Please give the reason; who asked will read it."))
    request.answered_at, request.answer = at, words
    request.save(update_fields=["answered_at", "answer"])
    _note(actor, "lists.decline_erasure", request.message, at)
    letters.tell_declined(request, at=at)


def _note(actor: Person, verb: str, message: Message, at: datetime) -> None:
    record(
        actor, verb, message, at=at, scope=message.mailing_list.coalition.slug,
        title=str(message.mailing_list), url=message.get_absolute_url(), private=True,
    )  # fmt: skip
