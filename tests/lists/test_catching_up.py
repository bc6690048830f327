"""What is new since a day, by thread."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from intersession.lists.models import MailingList
from intersession.lists.testing import a_list
from tests.lists.archive import archived
from tests.lists.mail import mail

pytestmark = pytest.mark.django_db


def a_busy_list(threads: int = 2) -> MailingList:
    """Make a list with an old thread that goes on on the 9th, and others that begin then."""
    mailing_list = a_list()
    archived(mailing_list, [
        mail("old@example.org", subject="Old"),
        mail("late@example.org", subject="Re: Old", answers="old@example.org", day=9),
        *(mail(f"n{n}@example.org", subject=f"Fresh {n}", day=10) for n in range(threads - 1)),
    ])  # fmt: skip
    return mailing_list


def test_a_day_shows_threads_with_new_messages_and_leads_to_the_first(client: Client) -> None:
    mailing_list = a_busy_list()

    shown = client.get(f"/lists/{mailing_list.name}/since/2026-11-05/").content.decode()

    late = mailing_list.messages.get(message_id="late@example.org")
    assert "<h1>Since 5 November 2026</h1>" in shown
    assert "2 new messages" in shown
    assert f'threads/{late.permalink}/" dir="auto">Old</a>' in shown
    assert "1 new message<br>in a thread of 2" in shown
    assert "1 new message<br>New thread" in shown


def test_a_day_without_mail_says_so(client: Client) -> None:
    mailing_list = a_busy_list()
    shown = client.get(f"/lists/{mailing_list.name}/since/2026-11-20/").content.decode()
    assert "Nobody has written since that day." in shown


@pytest.mark.parametrize("day", ["2026-02-31", "yesterday", "20261105x", "9999-99-99"])
def test_a_day_that_is_none_is_not_found(client: Client, day: str) -> None:
    assert client.get(f"/lists/{a_list().name}/since/{day}/").status_code == 404


def test_a_chosen_day_leads_to_its_page_and_a_wrong_one_back_in_words(client: Client) -> None:
    name = a_list().name

    answer = client.get(f"/lists/{name}/since/", {"day": "2026-05-03"})
    early = client.get(f"/lists/{name}/since/", {"day": "0003-05-03"})
    wrong = client.get(f"/lists/{name}/since/", {"day": "soon"}, follow=True)

    assert answer.headers["Location"] == f"/lists/{name}/since/2026-05-03/"
    assert early.headers["Location"] == f"/lists/{name}/since/0003-05-03/"
    assert "That is no day." in wrong.content.decode()


def test_catching_up_with_one_and_with_three_threads_takes_the_same_queries(
    client: Client, django_assert_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    for threads in (1, 3):
        mailing_list = a_busy_list(threads)
        with django_assert_num_queries(4):
            client.get(f"/lists/{mailing_list.name}/since/2026-11-05/")
