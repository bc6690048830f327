"""The tokens in our addresses and links: written from keys of rows, and read back."""

from collections.abc import Callable
from datetime import datetime
from functools import cache, lru_cache
from hashlib import sha256

from django.conf import settings

from intersession.lists.models import Issue, MailingList, Question, Subscription
from intersession.lists.rules import tokens
from intersession.lists.rules.addresses import beside

LEAVE = "leave"
QUESTION = "question"
ROLE = "role"


@cache
def _key_of(secret: str) -> bytes:
    return sha256(b"intersession.lists.tokens\0" + secret.encode()).digest()


def key() -> bytes:
    """Return the key of all tokens of lists, drawn from the instance's secret."""
    return _key_of(settings.SECRET_KEY)


def leave_token(subscription: int) -> str:
    """Write the token of a one-click link (RFC 8058)."""
    return _leave_token(key(), subscription)


@lru_cache(maxsize=1 << 14)
def _leave_token(secret: bytes, subscription: int) -> str:
    """Write it once: every post to the same readers bears the same ones."""
    return tokens.token(secret, subscription, kind=LEAVE)


def question_token(question: Question) -> str:
    """Write the token by which a question is answered."""
    return tokens.token(key(), question.pk, kind=QUESTION)


def subscription_of(token: str) -> Subscription | None:
    """Return the subscription a one-click link is for, ended or not; None for a forged one."""
    try:
        (number,) = tokens.read(key(), token, LEAVE)
    except ValueError:
        return None
    found = Subscription.objects.filter(pk=number).select_related("mailing_list__coalition")
    return found.first()


def copy_of(token: str) -> tuple[int, int] | None:
    """Return the relay and the subscription that a return path names; None for a forged one."""
    try:
        relay, subscription = tokens.read(key(), token, tokens.RETURN)
    except ValueError:
        return None
    return relay, subscription


def open_question(token: str, *, at: datetime) -> Question | None:
    """Return the question a token answers, while it is open; None where there is none."""
    asked = question_of(token)
    return asked if asked and asked.answered_at is None and asked.ends_at > at else None


def question_of(token: str) -> Question | None:
    """Return the question a token answers, open or over; None for a forged one."""
    try:
        (number,) = tokens.read(key(), token, QUESTION)
    except ValueError:
        return None
    asked = Question.objects.filter(pk=number)
    return asked.select_related("mailing_list__coalition", "held__message__mailing_list").first()


def question_address(question: Question) -> str:
    """Write the address by which a question is answered by mail."""
    return beside_with_token(question.mailing_list, "confirm", question_token(question))


def return_path(mailing_list: MailingList, relay: int, subscription: int) -> str:
    """Write the return path of one copy (RFC 5321, 3.6.2)."""
    return return_paths(mailing_list, relay)(subscription)


def return_paths(mailing_list: MailingList, relay: int) -> Callable[[int], str]:
    """
    Return who writes the return paths of a relay: which copy came back, and no address in it.

    What all copies share is looked up once.
    """
    secret = key()
    before, _mark, after = beside_with_token(mailing_list, "bounces", "\0").partition("\0")

    def path(subscription: int) -> str:
        return before + tokens.token(secret, relay, subscription, kind=tokens.RETURN) + after

    return path


def letter_path(address: str, letter: int) -> str:
    """Write the return path of a letter whose reports go to this address; others stay as given."""
    local, _at, domain = address.rpartition("@")
    if not local.endswith("-bounces"):
        return address
    token = tokens.token(key(), letter, kind=tokens.LETTER)
    return f"{local}{settings.MAIL_DELIMITER}{token}@{domain}"


def letter_of(token: str) -> int | None:
    """Return the letter that a return path names; None for a forged one."""
    try:
        (number,) = tokens.read(key(), token, tokens.LETTER)
    except ValueError:
        return None
    return number


def beside_with_token(mailing_list: MailingList, what: str, token: str) -> str:
    """Write an address beside a list's own that bears a token: `talk-confirm+TOKEN@…`."""
    return beside(mailing_list.address, f"{what}{settings.MAIL_DELIMITER}{token}")


def digest_secret(issue: Issue) -> str:
    """Write what makes the Message-ID of a digest one that nobody guesses."""
    return tokens.token(key(), issue.pk, kind="digest")


def role_message_id(number: int, host: str) -> str:
    """Write the Message-ID of a forward of mail to an office, by which its answers are known."""
    return f"role.{tokens.token(key(), number, kind=ROLE)}@{host}"


def answered_mail(message_id: str) -> int | None:
    """Return the number of the mail to an office that a Message-ID stands for; None for others."""
    name = message_id.strip().strip("<>").partition("@")[0]
    if not name.startswith("role."):
        return None
    try:
        (number,) = tokens.read(key(), name.removeprefix("role."), ROLE)
    except ValueError:
        return None
    return number
