"""With its writer a message loses the name in its subject; what ties the thread stays."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from intersession.lists.models import Message
from intersession.lists.queries import raw_of
from intersession.lists.testing import a_list
from intersession.people.testing import a_person, the_secretariat
from intersession.search.queries import find
from tests.lists.archive import archived
from tests.lists.mail import mail
from tests.lists.test_redaction import everywhere, writer_out

pytestmark = pytest.mark.django_db

ANN = "Ann Able <ann@example.org>"
BOB = "Bob <bob@example.org>"


def test_a_name_goes_from_subject_thread_and_search(client: Client) -> None:
    [only] = archived(a_list(), [mail(subject="Vote for Ann Able, ann@example.org", author=ANN)])
    client.force_login(a_person())

    writer_out(only)

    only.refresh_from_db()
    only.thread.refresh_from_db()
    assert only.subject == only.thread.subject == "Vote for [removed], [removed]"
    assert b"Able" not in raw_of(only.content)
    assert "Able" not in everywhere(client, only)
    assert find("Able").count == 0
    assert find("Vote").count == 1


def test_a_subject_in_other_letters_loses_the_name_and_keeps_the_rest() -> None:
    subject = "=?utf-8?q?Zo=C3=AB_M=C3=BCller?= =?utf-8?q?_f=C3=BCr_den_Rat?="
    [only] = archived(
        a_list(), [mail(subject=subject, author="=?utf-8?q?Zo=C3=AB_M=C3=BCller?= <z@example.org>")]
    )

    writer_out(only)

    only.refresh_from_db()
    assert only.subject == "[removed] für den Rat"


def test_a_subject_without_the_name_stays_byte_by_byte() -> None:
    line = "=?iso-8859-1?q?B=FCro?= of  Annabel"
    [only] = archived(a_list(), [mail(subject=line, author="Ann <ann@example.org>")])

    writer_out(only)

    assert f"Subject: {line}\n".encode() in raw_of(only.content)


def test_the_thread_of_somebody_else_keeps_its_title_and_so_do_answers() -> None:
    talk = a_list()
    first, answer, *_ = archived(
        talk,
        [
            mail(subject="Vote for Ann Able", author=BOB),
            mail("2@x.org", subject="Re: Vote for Ann Able", author=ANN, answers="one@example.org"),
        ],
    )

    writer_out(answer)

    first.thread.refresh_from_db()
    assert first.thread.subject == "Vote for Ann Able"
    assert [one.subject for one in Message.objects.order_by("number")] == [
        "Vote for Ann Able", "Re: Vote for [removed]"
    ]  # fmt: skip


def test_who_removes_is_told_what_stays(client: Client) -> None:
    [only] = archived(a_list(), [mail()])
    client.force_login(the_secretariat())

    assert "(its Message-ID) stays" in client.get(f"{only.get_absolute_url()}redaction/").text


def test_who_asks_for_it_is_told_what_stays(client: Client) -> None:
    writer = a_person(email="ann@example.org")
    EmailAddress.objects.create(user=writer, email="ann@example.org", verified=True)
    [only] = archived(a_list(), [mail()])
    client.force_login(writer)

    assert "(its Message-ID) stays" in client.get(f"{only.get_absolute_url()}erasure/").text
