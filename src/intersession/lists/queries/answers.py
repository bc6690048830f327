"""The addresses at which letters of other apps are answered, and the answers that came."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zlib import decompress

from intersession.coalitions.models import Coalition
from intersession.lists.models import MailAnswer, MailingList, Message, Relay
from intersession.lists.queries.tokens import beside_with_token, key
from intersession.lists.rules import tokens
from intersession.lists.rules.parsing import parsed
from intersession.lists.rules.proving import proves_author
from intersession.people.models import Person
from intersession.people.queries import person_at


def list_for_answers(coalition: Coalition) -> MailingList | None:
    """Return the list beside whose address letters of a coalition are answered, its first."""
    there = MailingList.objects.filter(coalition=coalition, closed_at=None)
    return there.order_by("mirrors", "pk").first()


def answer_address(mailing_list: MailingList, about: int, row: int, person: int) -> str:
    """
    Write where a letter is answered that one person gets about one thing.

    `about` is a number that the app of the letter chose for its letters of this kind, and finds
    again in the fact `LetterAnswered`; `row` and `person` are keys.
    """
    token = tokens.token(key(), about, row, person, kind=tokens.ANSWER)
    return beside_with_token(mailing_list, "answer", token)


def answered_by(token: str) -> tuple[int, int, int] | None:
    """Return about what a letter was, which row, and whom it went to; None for a forged token."""
    try:
        about, row, person = tokens.read(key(), token, tokens.ANSWER)
    except ValueError:
        return None
    return about, row, person


def answer_at(pk: int) -> MailAnswer:
    """Return an answer with whom the letter was written to, without its bytes."""
    return MailAnswer.objects.select_related("person", "mailing_list").defer("raw").get(pk=pk)


def answers_lately(about: int, row: int, person: int, *, at: datetime) -> int:
    """Count the answers of the last day to one letter."""
    since = at - timedelta(days=1)
    kept = MailAnswer.objects.filter(about=about, row=row, person=person, at__gt=since)
    return kept.count()


def archived_as(answer: MailAnswer) -> Message | None:
    """Return the message of the list's archive that is this very mail, where there is one."""
    there = Message.objects.filter(
        mailing_list=answer.mailing_list_id, node=answer.node, content_hash=bytes(answer.content)
    )
    return there.select_related("mailing_list").first()


def posts_after(message: Message, number: int, most: int) -> Sequence[Message]:
    """Return the posts in the thread of a message that the list took in after a number."""
    thread = Message.objects.filter(thread=message.thread_id, number__gt=number)
    others = thread.exclude(pk=message.pk).order_by("number")
    return list(others.select_related("author", "content", "mailing_list")[:most])


def proven_author(message: Message) -> Person | None:
    """Return who wrote a post, where it was proven as the post came in; else None."""
    person = person_at(message.author.address)
    if person is None or not person.is_active:
        return None
    told = Relay.objects.filter(message=message).values_list("results", flat=True)
    is_proven = any(proves_author(results, message.author.address) for results in told)
    return person if is_proven else None


def text_of(message: Message) -> str:
    """Return what a post of the archive says, as plain text with masked addresses."""
    return parsed(decompress(bytes(message.content.raw)), latest=message.at).text
