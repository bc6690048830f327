"""What is held of a mail goes with it, and is decided by that."""

from datetime import timedelta
from zlib import compress

import pytest

from intersession.kit import facts
from intersession.lists.events import HeldPostDecided
from intersession.lists.models import Held, Question
from intersession.lists.testing import a_list
from tests.lists.archive import archived
from tests.lists.author import subscribed
from tests.lists.held import UNPROVEN, a_held_post
from tests.lists.mail import LATEST, mail
from tests.lists.test_redaction import SECRET, body_out

pytestmark = pytest.mark.django_db


def test_what_is_held_of_the_same_mail_is_emptied() -> None:
    raw = mail(body=SECRET)
    [message] = archived(a_list(), [raw])
    held = Held.objects.create(
        mailing_list=a_list(), raw=compress(raw), address="ann@example.org", state="held",
        at=message.at + timedelta(hours=1),
    )  # fmt: skip

    body_out(message)

    held.refresh_from_db()
    assert (bytes(held.raw), held.address, held.state) == (b"", "", "discarded")


def test_a_copy_that_waits_is_decided_and_its_author_is_asked_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[HeldPostDecided] = []
    monkeypatch.setattr(facts, "_listeners", {HeldPostDecided: [told.append]})
    elsewhere = a_list()
    subscribed(elsewhere)
    [message] = archived(a_list(), [mail("1@example.org")])
    held = a_held_post(elsewhere, authentic=UNPROVEN, at=message.at + timedelta(hours=1))
    asked = Question.objects.get(held=held, answered_at=None)

    body_out(message)

    asked.refresh_from_db()
    assert told == [HeldPostDecided(held.pk, LATEST)]
    assert asked.answered_at == LATEST
