"""A closed topic takes no further post, by whatever way one would come into it (checklist 11)."""

import pytest

from intersession.lists import actions
from intersession.lists.actions.receiving import receive
from intersession.lists.models import Arrival, MailingList, Thread
from intersession.lists.rules.judging import Authentic
from intersession.lists.states import Outcome
from intersession.lists.testing import a_list
from intersession.people.testing import NOON, the_secretariat
from tests.lists.author import ADDRESS, subscribed

pytestmark = pytest.mark.django_db

PROVEN = Authentic(is_authenticated=True, domain="example.org", by="dkim", policy="reject")


def post(talk: MailingList, number: int, answers: str = "") -> Arrival:
    chain = f"References: {answers}\r\n" if answers else ""
    raw = (
        f"From: Ada <{ADDRESS}>\r\nTo: {talk.address}\r\nSubject: A topic\r\n"
        f"Message-ID: <{number}@example.org>\r\n{chain}\r\nWords {number}.\r\n"
    ).encode()
    return receive(talk, raw, at=NOON, envelope=ADDRESS, authentic=PROVEN)


@pytest.mark.parametrize(
    ("joins", "answers"),
    [(False, "<1@example.org>"), (False, "<elsewhere@example.org>"), (True, "")],
    ids=["an answer", "an answer to a message that is awaited there", "a post of its subject"],
)
def test_a_post_that_would_come_into_a_closed_topic_is_held(joins: bool, answers: str) -> None:
    talk = a_list()
    subscribed(talk)
    MailingList.objects.filter(pk=talk.pk).update(joins_subjects=joins)
    talk.refresh_from_db()
    post(talk, 1, "" if joins else "<elsewhere@example.org>")
    actions.close_thread(the_secretariat(), Thread.objects.get(), at=NOON)

    arrival = post(talk, 2, answers)

    assert (arrival.outcome, arrival.reasons) == (Outcome.HELD, ["closed-topic"])


def test_a_post_of_another_topic_goes_out_beside_a_closed_one() -> None:
    talk = a_list()
    subscribed(talk)
    post(talk, 1)
    actions.close_thread(the_secretariat(), Thread.objects.get(), at=NOON)

    assert post(talk, 2).outcome == Outcome.ARCHIVED
