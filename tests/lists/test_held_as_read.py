"""A mail that was read before the transaction is not read and deflated again within it."""

from dataclasses import replace
from zlib import decompress

import pytest

from intersession.lists.actions.receiving.judging import Post, opened
from intersession.lists.actions.receiving.together import receive_all
from intersession.lists.models import Arrival, Held
from intersession.lists.testing import a_list
from intersession.outbox.models import Letter
from intersession.people.testing import NOON
from tests.lists.author import ADDRESS
from tests.lists.held import PROVEN, a_mail, a_moderator

pytestmark = pytest.mark.django_db
BODY = "Good day to all of you.\r\n" * 300


def test_a_held_post_is_kept_and_told_as_it_was_read() -> None:
    talk = a_list()
    a_moderator(talk.coalition)
    raw = a_mail(talk.address, body=BODY)
    mail = replace(opened(raw, ADDRESS, at=NOON), beginning="As it was read before.")

    receive_all([Post(talk, raw, ADDRESS, PROVEN, mail)], at=NOON)

    held = Held.objects.get()
    assert bytes(held.raw) == mail.pressed.raw
    assert decompress(held.raw) == raw
    assert "As it was read before." in Letter.objects.get(kind="lists.to_moderate").body


def test_a_mail_that_is_kept_out_is_kept_as_it_was_deflated() -> None:
    talk = a_list()
    raw = a_mail(talk.address, body=BODY, more="Auto-Submitted: auto-replied\r\n")
    mail = opened(raw, ADDRESS, at=NOON)

    receive_all([Post(talk, raw, ADDRESS, PROVEN, mail)], at=NOON)

    assert bytes(Arrival.objects.get().raw) == mail.pressed.raw


@pytest.mark.parametrize(("signs", "is_cut"), [(3_000, False), (3_001, True), (9_000, True)])
def test_a_long_post_is_told_by_its_beginning(signs: int, *, is_cut: bool) -> None:
    talk = a_list()
    a_moderator(talk.coalition)
    body = "x" * signs
    raw = a_mail(talk.address, body=body).removesuffix(b"\r\n")

    receive_all([Post(talk, raw, ADDRESS, PROVEN)], at=NOON)

    letter = Letter.objects.get(kind="lists.to_moderate").body
    assert ("[…]" in letter) == is_cut
    assert letter.count("x" * 3_000) == 1
