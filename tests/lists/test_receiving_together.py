"""Posts that come in at the same time (checklist 3): one commit, and each its own fate."""

import pytest

from intersession.journal.models import Entry
from intersession.kit import facts
from intersession.lists.actions.receiving import NotTaken, Post, receive_all
from intersession.lists.events import PostArchived
from intersession.lists.models import Arrival, Held, MailingList, Message, PostingRight, Relay
from intersession.lists.states import Outcome
from intersession.lists.testing import a_list
from intersession.people.testing import NOON
from tests.lists.author import ADDRESS, subscribed
from tests.lists.test_receiving import PROVEN, a_mail

pytestmark = pytest.mark.django_db


def a_post(to: MailingList, number: int = 1, more: str = "") -> Post:
    return Post(to, a_mail(to.address, number, more), ADDRESS, PROVEN)


def outcomes(posts: list[Post]) -> list[object]:
    told = receive_all(posts, at=NOON)
    return [one.outcome if isinstance(one, Arrival) else type(one) for one in told]


def test_posts_that_come_together_are_each_archived_recorded_and_relayed() -> None:
    talk, other = a_list(), a_list()
    subscribed(talk, other)
    reply = a_post(talk, 3, "In-Reply-To: <1@example.org>\r\n")

    assert outcomes([a_post(talk, 1), a_post(other, 2), reply]) == [Outcome.ARCHIVED] * 3

    told = Message.objects.order_by("mailing_list", "number").values_list("subject", "number")
    assert sorted(told) == [("Hello 1", 1), ("Hello 2", 1), ("Hello 3", 2)]
    assert Message.objects.get(subject="Hello 3").parent == Message.objects.get(subject="Hello 1")
    assert Entry.objects.filter(verb="lists.archive").count() == 3
    assert {relay.recipients for relay in Relay.objects.all()} == {1}
    assert Arrival.objects.exclude(message=None).count() == 3
    salts = Message.objects.values_list("content__salt", flat=True)
    assert len({*salts} - {""}) == 3


def test_they_cost_little_more_than_one(django_assert_max_num_queries) -> None:
    talk = a_list()
    subscribed(talk)
    receive_all([a_post(talk, 1)], at=NOON)

    with django_assert_max_num_queries(110):
        receive_all([a_post(talk, number) for number in range(2, 10)], at=NOON)

    assert Message.objects.count() == 9


def test_a_mail_that_comes_twice_at_once_is_one_post() -> None:
    talk = a_list()
    subscribed(talk)

    assert outcomes([a_post(talk), a_post(talk)]) == [Outcome.ARCHIVED] * 2

    assert (Message.objects.count(), Arrival.objects.count(), Relay.objects.count()) == (1, 1, 1)


def test_each_has_its_own_verdict() -> None:
    talk, strict = a_list(), a_list()
    subscribed(talk)
    PostingRight.objects.create(
        mailing_list=strict, address=ADDRESS, standing="suspended", since=NOON
    )
    own = f"List-Id: <{talk.name}.lists.example.org>\r\n"
    stranger = Post(a_list(), a_mail("x@example.org", 5), ADDRESS, PROVEN)

    told = outcomes([a_post(strict), a_post(talk, 2), a_post(talk, 3, own), stranger])

    assert told == [NotTaken, Outcome.ARCHIVED, Outcome.DROPPED, Outcome.HELD]
    assert (Message.objects.count(), Held.objects.count(), Arrival.objects.count()) == (1, 1, 3)


def test_where_one_brings_trouble_the_others_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    talk = a_list()
    subscribed(talk)

    def fails(fact: PostArchived) -> None:
        if Message.objects.get(pk=fact.message_id).subject == "Hello 2":
            raise RuntimeError("no room")

    monkeypatch.setattr(facts, "_listeners", {PostArchived: [fails]})

    told = outcomes([a_post(talk, number) for number in (1, 2, 3)])

    assert told == [Outcome.ARCHIVED, RuntimeError, Outcome.ARCHIVED]
    assert sorted(Message.objects.values_list("subject", flat=True)) == ["Hello 1", "Hello 3"]
    assert Arrival.objects.count() == Entry.objects.filter(verb="lists.archive").count() == 2
    monkeypatch.undo()
    assert outcomes([a_post(talk, 2)]) == [Outcome.ARCHIVED]


def test_what_cannot_be_read_does_not_keep_the_others_out(monkeypatch: pytest.MonkeyPatch) -> None:
    talk = a_list()
    subscribed(talk)
    unread = Post(talk, b"\0" * 3, ADDRESS, PROVEN)

    told = outcomes([unread, a_post(talk, 1)])

    assert told[1] == Outcome.ARCHIVED
    assert Arrival.objects.count() == 2
