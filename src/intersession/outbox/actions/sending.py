"""
Sending what is due, by any number of workers at once.

A worker first holds a few letters for itself, in a transaction of its own, and then sends them one
by one, writing down each result before the next. A worker that is killed loses nothing: its holds
run out, and only the letter in its hand may arrive twice, under the same Message-ID.
"""

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException
from uuid import uuid4

from django.conf import settings
from django.core.mail import mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from intersession.kit import clock
from intersession.outbox import formats, queries, rules
from intersession.outbox.models import Letter

HELD_AT_ONCE = 10
HOLD = timedelta(minutes=4)
LONGEST = timedelta(minutes=3)
"""Longer than one letter can take: each step with the mail server ends after 20 seconds."""


def send_due(*, at: datetime, go_on: Callable[[], bool] = lambda: True) -> int:
    """
    Send a few of the letters that are due and return how many were taken in hand.

    Without a mail server they wait; in a demo they are shown on the page of letters instead.
    `go_on` is asked before each letter, so that a worker can stop between two.
    """
    if not (settings.MAIL_HOST or settings.DEMO):
        return 0
    if not queries.due(at=at, steady=clock.steady()).exists():
        return 0
    hold = uuid4().hex
    letters = _take(hold, at=at)
    mailer = mailers.default
    try:
        for letter in letters:
            if not go_on():
                break
            _send(letter, mailer, at=at)
    finally:
        _close(mailer)
        Letter.objects.filter(hold=hold).update(hold="", held_until=None)
    return len(letters)


@transaction.atomic
def _take(hold: str, *, at: datetime) -> Sequence[Letter]:
    """Hold some letters, skipping those that another worker is about to hold."""
    now = clock.steady()
    found = queries.due(at=at, steady=now).select_for_update(skip_locked=True)
    letters = list(found[:HELD_AT_ONCE])
    Letter.objects.filter(pk__in=[letter.pk for letter in letters]).update(
        hold=hold, held_until=now + HOLD
    )
    for letter in letters:
        letter.hold, letter.held_until = hold, now + HOLD
    return letters


def _send(letter: Letter, mailer: BaseEmailBackend, *, at: datetime) -> None:
    """Send one letter and write down what became of it, unless its hold might end meanwhile."""
    if letter.held_until is None or letter.held_until < clock.steady() + LONGEST:
        return
    try:
        mailer.open()
        mailer.send_messages([formats.outgoing(letter)])
        outcome = {"sent_at": at, "via": _via(), "trouble": ""}
    except (OSError, SMTPException, ValueError) as problem:
        _close(mailer)
        outcome = _after(problem, letter, at=at)
    Letter.objects.filter(pk=letter.pk, hold=letter.hold).update(
        tries=letter.tries + 1, hold="", held_until=None, **outcome
    )


def _after(problem: Exception, letter: Letter, *, at: datetime) -> dict[str, object]:
    """Judge a trouble: try again later, or give up and keep the reason."""
    lasting, words = _judge(problem)
    tries = letter.tries + 1
    if lasting or tries >= rules.TRIES:
        return {"failed_at": at, "trouble": words}
    chance = random.random()  # noqa: S311 (spreads the load; guards nothing)
    return {"due_at": at + rules.pause_after(tries, chance), "trouble": words}


def _judge(problem: Exception) -> tuple[bool, str]:
    """
    Tell whether a trouble is one of this letter for good, and its words.

    The server's trouble with us (greeting, sign-in, our own address) is never the letter's fault:
    it is tried again, so that a wrong setting loses no mail.
    """
    if isinstance(problem, SMTPRecipientsRefused):
        code, words = next(iter(problem.recipients.values()))
        return rules.is_lasting(code), _words(code, words)
    if isinstance(problem, SMTPResponseException):
        lasting = isinstance(problem, SMTPDataError) and rules.is_lasting(problem.smtp_code)
        return lasting, _words(problem.smtp_code, problem.smtp_error)
    if isinstance(problem, ValueError):
        return True, f"This letter cannot be written as mail: {problem}"
    return False, f"{type(problem).__name__}: {problem}"


def _words(code: int, words: bytes | str) -> str:
    """Write what a server said; a NUL in it would be refused by PostgreSQL."""
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return f"{code} {text}".replace("\0", "")


def _via() -> str:
    return (
        f"{settings.MAIL_HOST}:{settings.MAIL_PORT}" if settings.MAIL_HOST else "the letters page"
    )


def _close(mailer: BaseEmailBackend) -> None:
    try:
        mailer.close()
    except (OSError, SMTPException):
        return
