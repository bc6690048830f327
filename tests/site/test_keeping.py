"""Many senders at once (checklist 3): each is answered after its own mail is committed."""

import smtplib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from intersession.lists.models import Arrival, Message
from intersession.lists.testing import a_list
from intersession.site.looking import is_plainly_post
from tests.lists.author import authored, subscribed
from tests.processes import shared_database
from tests.site.test_listener import POST, listening

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_senders_at_once_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    one, two = a_list(), a_list()
    subscribed(one, two)
    with shared_database(tmp_path) as database, listening(database, "--lmtp") as port:

        def send(sender: int) -> None:
            with smtplib.LMTP("127.0.0.1", port) as post:
                for number, to in enumerate([one.address, two.address] * 3):
                    text = POST.format(n=f"{sender}-{number}", to=to)
                    assert post.sendmail("ada@example.org", [to], authored(text)) == {}

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(send, range(8)))

        assert Message.objects.count() == Arrival.objects.count() == 48
        for each in (one, two):
            assert sorted(each.messages.values_list("number", flat=True)) == [*range(1, 25)]


def test_only_what_can_be_nothing_else_is_read_as_a_post_before_it_is_kept() -> None:
    addresses = ["talk@x.org", "talk-leave@x.org", "talk-bounces+ab@x.org", "abuse@x.org", "none"]

    assert [is_plainly_post(one) for one in addresses] == [True, False, False, False, False]
