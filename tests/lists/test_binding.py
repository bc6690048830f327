"""Acts by mail that bind need a proven author and the token of the one act (checklist 8)."""

from datetime import timedelta

import pytest

from intersession.lists.models import Question
from intersession.lists.permissions import may_bind_by_mail
from intersession.lists.rules.judging import Authentic, signs
from intersession.lists.states import Purpose
from intersession.lists.testing import a_list
from intersession.people.testing import NOON, a_person

pytestmark = pytest.mark.django_db

PROVEN = Authentic(is_authenticated=True, domain="example.org", by="dkim", policy="reject")
DAY = timedelta(days=1)


def asked(address: str = "ada@example.org") -> Question:
    return Question.objects.create(
        purpose=Purpose.POST, mailing_list=a_list(), address=address, asked_at=NOON,
        ends_at=NOON + DAY,
    )  # fmt: skip


def a_mail(author: str = "Ada <ada@example.org>") -> bytes:
    return f"From: {author}\r\nSubject: Re: The call\r\n\r\nI object.\r\n".encode()


def why_not(question: Question | None, raw: bytes, authentic: Authentic, *, days: int = 0) -> str:
    told = signs(raw, "ada@example.org")
    return may_bind_by_mail(question, told, authentic, at=NOON + days * DAY).reason


def test_a_proven_mail_of_whom_was_asked_binds_them_from_any_address_of_theirs() -> None:
    person = a_person(email="ada@example.org")
    person.emailaddress_set.create(email="ada@example.com", verified=True)
    elsewhere = Authentic(is_authenticated=True, domain="example.com", by="dkim")

    assert why_not(asked(), a_mail(), PROVEN) == ""
    assert why_not(asked(), a_mail("ada@example.com"), elsewhere) == ""


def test_neither_the_token_alone_nor_the_proof_alone_binds() -> None:
    a_person(email="ada@example.org")
    question = asked()
    not_aligned = Authentic(is_authenticated=True, domain="example.net", by="dkim")
    forged = b"From: ada@example.org\r\nFrom: eve@example.net\r\n\r\nI object.\r\n"

    assert "Nothing proves" in why_not(question, a_mail(), Authentic())
    assert "Nothing proves" in why_not(question, a_mail(), not_aligned)
    assert "Nothing proves" in why_not(question, forged, not_aligned)
    assert "nobody asked" in why_not(None, a_mail(), PROVEN)
    assert "its time is over" in why_not(question, a_mail(), PROVEN, days=2)
    Question.objects.update(answered_at=NOON)
    assert "answered already" in why_not(Question.objects.get(), a_mail(), PROVEN)


def test_a_token_that_was_handed_on_binds_nobody_else() -> None:
    a_person(email="ada@example.org")
    a_person(email="bo@example.org")

    assert "somebody else" in why_not(asked(), a_mail("bo@example.org"), PROVEN)
    assert "somebody else" in why_not(asked("nobody@example.org"), a_mail(), PROVEN)
