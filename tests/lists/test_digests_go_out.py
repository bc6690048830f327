"""Digests as they are made and sent (checklist: digests)."""

import email
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import policy
from typing import Any
from zlib import compress

import pytest

from intersession.lists import actions
from intersession.lists.actions import relaying
from intersession.lists.actions.issuing import issue_digests
from intersession.lists.actions.mailroom import written
from intersession.lists.models import Content, Issue, MailingList, Parcel, Relay, Subscription
from intersession.lists.queries import recipients
from intersession.lists.queries.digests import posts_of
from intersession.lists.rules.judging import signs
from intersession.lists.rules.wishes import Wishes
from intersession.lists.states import Delivery, Style
from intersession.lists.testing import a_list
from tests.lists.mail import mail

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def as_wished(wishes: dict[str, str]) -> dict[str, Any]:
    kinds = {"delivery": Delivery, "style": Style}
    return {name: kinds.get(name, str)(value) for name, value in wishes.items()}


def a_reader(
    talk: MailingList, n: int = 0, *, at: datetime = MONDAY, **wishes: str
) -> Subscription:
    given = Wishes(**as_wished({"delivery": "daily", **wishes}))
    return actions.subscribe(None, talk, f"reader-{n}@example.org", at=at, wishes=given)


def a_post(talk: MailingList, n: int, at: datetime, body: str = "Words.") -> Relay:
    raw = mail(f"post-{n}@example.org", body, subject=f"Matter {n}")
    return relaying.relay(actions.archive(talk, raw, at=at), at=at)


def change(reader: Subscription, at: datetime, **wishes: str) -> None:
    reader.refresh_from_db()
    wanted = replace(actions.wishes_of(reader), **as_wished(wishes))
    actions.set_delivery(None, reader, wanted, at=at)


def run_through(begin: datetime, end: datetime, step: timedelta = 5 * HOUR) -> None:
    """Let the clock strike."""
    at = begin
    while at <= end:
        issue_digests(at=at)
        at += step


def readers(relay: Relay, at: datetime = MONDAY) -> list[int]:
    parcels = Parcel.objects.filter(relay=relay).order_by("first")
    return [
        row.number
        for parcel in parcels
        for row in recipients.of_parcel(relay, parcel, addressed=frozenset(), author="", at=at)
    ]


def got(reader: Subscription) -> list[str]:
    """Return what a reader got, singly and in digests, in order."""
    found: list[str] = []
    for relay in Relay.objects.order_by("at", "pk"):
        if reader.pk in readers(relay):
            posts = posts_of(relay.issue) if relay.issue else [relay.message]
            found += [post.subject for post in posts if post]
    return found


def test_a_day_makes_one_digest_of_its_posts_for_all_its_readers() -> None:
    talk = a_list()
    mine = [a_reader(talk, n) for n in range(3)]
    a_post(talk, 1, MONDAY + HOUR)
    a_post(talk, 2, MONDAY + 23 * HOUR)
    a_post(talk, 3, MONDAY + DAY)

    run_through(MONDAY, MONDAY + 30 * HOUR)

    issue = Issue.objects.get()
    assert (issue.since, issue.until, issue.number) == (MONDAY, MONDAY + DAY, 1)
    assert [post.subject for post in posts_of(issue)] == ["Matter 1", "Matter 2"]
    assert readers(issue.relay) == [one.pk for one in mine]


def test_no_digest_is_empty() -> None:
    talk = a_list()
    a_reader(talk)

    run_through(MONDAY, MONDAY + 3 * DAY)

    assert Issue.objects.count() == 0


def test_windows_tile_over_missed_runs_and_clock_changes_and_each_post_comes_once() -> None:
    talk = a_list()
    zones = ["UTC", "Europe/Berlin", "America/New_York"]
    begin = datetime(2026, 3, 27, tzinfo=UTC)  # Berlin's clock changes on 29 March
    mine = [
        a_reader(talk, n, at=begin, zone=zone, delivery=period)
        for n, (zone, period) in enumerate((z, p) for z in zones for p in ("daily", "weekly"))
    ]
    for n in range(20):
        a_post(talk, n, begin + n * 11 * HOUR)

    run_through(begin, begin + 3 * DAY)
    run_through(begin + 6 * DAY, begin + 17 * DAY, step=11 * HOUR)  # nobody struck for three days

    for one in mine:
        assert got(one) == [f"Matter {n}" for n in range(20)]


def test_a_second_run_makes_nothing() -> None:
    talk = a_list()
    a_reader(talk)
    a_post(talk, 1, MONDAY + HOUR)

    assert issue_digests(at=MONDAY + 25 * HOUR) == 1
    assert issue_digests(at=MONDAY + 25 * HOUR) == 0


def test_posts_are_chosen_by_when_they_were_taken_in_not_by_their_own_date() -> None:
    talk = a_list()
    a_reader(talk)
    a_post(talk, 1, MONDAY + HOUR)  # its own Date is in November

    issue_digests(at=MONDAY + 25 * HOUR)

    assert [post.subject for post in posts_of(Issue.objects.get())] == ["Matter 1"]


def test_changing_from_each_to_a_digest_and_back_leaves_no_gap_and_no_double() -> None:
    talk = a_list()
    reader = a_reader(talk, delivery="each")
    one = a_post(talk, 1, MONDAY + 1 * HOUR)
    assert readers(one) == [reader.pk]
    change(reader, MONDAY + 2 * HOUR, delivery="daily")
    assert readers(one) == [reader.pk]  # its copy had not left yet
    assert readers(a_post(talk, 2, MONDAY + 3 * HOUR)) == []
    run_through(MONDAY + 3 * HOUR, MONDAY + 25 * HOUR, step=HOUR)
    three = a_post(talk, 3, MONDAY + 26 * HOUR)
    change(reader, MONDAY + 27 * HOUR, delivery="each")
    assert readers(three) == []
    assert readers(a_post(talk, 4, MONDAY + 28 * HOUR)) == [reader.pk]

    run_through(MONDAY + 28 * HOUR, MONDAY + 60 * HOUR)

    assert readers(three) == []
    issues = [[post.subject for post in posts_of(issue)] for issue in Issue.objects.order_by("pk")]
    assert issues == [["Matter 2"], ["Matter 3"]]
    assert [readers(issue.relay) for issue in Issue.objects.all()] == [[reader.pk]] * 2


@pytest.mark.parametrize(
    ("old", "new"),
    [({}, {"delivery": "weekly"}), ({"delivery": "weekly"}, {"delivery": "daily"}),
     ({}, {"zone": "Pacific/Auckland"}), ({"zone": "Asia/Tokyo"}, {"zone": "America/Lima"}),
     ({}, {"style": "plain"}), ({}, {"language": "fr"})],
)  # fmt: skip
def test_changing_the_digest_leaves_no_gap_and_no_double(
    old: dict[str, str], new: dict[str, str]
) -> None:
    talk = a_list()
    reader = a_reader(talk, **old)
    for n in range(10):
        a_post(talk, n, MONDAY + n * 6 * HOUR)

    run_through(MONDAY, MONDAY + 31 * HOUR)
    change(reader, MONDAY + 32 * HOUR, **new)
    run_through(MONDAY + 32 * HOUR, MONDAY + 9 * DAY, step=13 * HOUR)

    assert got(reader) == [f"Matter {n}" for n in range(10)]


def test_whoever_joins_in_the_middle_of_a_day_gets_what_came_after() -> None:
    talk = a_list()
    early = a_reader(talk, 1)
    a_post(talk, 1, MONDAY + HOUR)
    late = a_reader(talk, 2, at=MONDAY + 2 * HOUR)
    a_post(talk, 2, MONDAY + 3 * HOUR)

    issue_digests(at=MONDAY + 25 * HOUR)

    assert got(early) == ["Matter 1", "Matter 2"]
    assert got(late) == ["Matter 2"]


def test_a_reader_who_leaves_before_the_copy_goes_out_gets_none() -> None:
    talk = a_list()
    reader = a_reader(talk)
    a_post(talk, 1, MONDAY + HOUR)
    issue_digests(at=MONDAY + 25 * HOUR)
    actions.unsubscribe(None, talk, reader.address, at=MONDAY + 26 * HOUR)

    assert readers(Issue.objects.get().relay) == []


@pytest.mark.parametrize("style", ["mime", "plain"])
def test_a_digest_is_mail_from_the_owner_to_the_list_that_nobody_archives(style: str) -> None:
    talk = a_list()
    a_reader(talk, style=Style(style), zone="Africa/Nairobi")
    a_post(talk, 1, MONDAY + HOUR, "Grüße.\x00" + "x" * 1200)
    issue_digests(at=MONDAY + 25 * HOUR)
    relay = Relay.objects.get(issue__isnull=False)

    copy = written(relay, at=MONDAY, signer=None, proves=lambda raw, domain: False)
    again = written(relay, at=MONDAY, signer=None, proves=lambda raw, domain: False)

    raw = bytes(copy.template)
    assert raw == bytes(again.template)
    read = email.message_from_bytes(raw, policy=policy.default)
    assert talk.address.replace("@", "-owner@") in read["From"]
    assert (read["To"], read["Auto-Submitted"]) == (talk.address, "auto-generated")
    assert read["Message-ID"].startswith("<digest.1.")
    assert (read["Archived-At"], read["List-Id"] is None) == (None, False)
    assert "in Nairobi" in raw.decode(errors="replace")
    assert b"\0" not in raw
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert not raw.replace(b"\r\n", b"").count(b"\n")


def test_an_answer_to_a_digest_is_known_as_such() -> None:
    talk = a_list()
    a_reader(talk)
    a_post(talk, 1, MONDAY + HOUR)
    issue_digests(at=MONDAY + 25 * HOUR)
    relay = Relay.objects.get(issue__isnull=False)
    copy = written(relay, at=MONDAY, signer=None, proves=lambda raw, domain: False)
    name = email.message_from_bytes(copy.template.head)["Message-ID"]

    answer = f"From: a@example.org\r\nSubject: Re: x\r\nIn-Reply-To: {name}\r\n\r\nYes.\r\n"

    assert signs(answer.encode(), "a@example.org").is_reply_to_digest


def test_what_was_removed_from_the_archive_is_not_in_a_later_digest() -> None:
    talk = a_list()
    a_reader(talk)
    relay = a_post(talk, 1, MONDAY + HOUR, "A secret.")
    issue_digests(at=MONDAY + 25 * HOUR)
    Content.objects.filter(message=relay.message).update(raw=compress(b"Subject: x\r\n\r\nGone."))

    sent = Relay.objects.get(issue__isnull=False)
    copy = written(sent, at=MONDAY, signer=None, proves=lambda raw, domain: False)

    assert b"A secret" not in bytes(copy.template)


def test_two_hundred_readers_cost_as_few_questions_as_one(
    django_assert_max_num_queries: Any,
) -> None:
    talk = a_list()
    Subscription.objects.bulk_create(
        Subscription(
            mailing_list=talk, address=f"r{n}@example.org", since=MONDAY, delivery="daily",
            digested_until=MONDAY,
        )
        for n in range(200)
    )  # fmt: skip
    a_post(talk, 1, MONDAY + HOUR)

    with django_assert_max_num_queries(20):
        assert issue_digests(at=MONDAY + 25 * HOUR) == 1

    assert len(readers(Issue.objects.get().relay)) == 200
