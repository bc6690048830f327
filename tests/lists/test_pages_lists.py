"""The lists, one list, its months and authors."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from intersession.kit.paging import to_key
from intersession.lists.testing import a_list
from tests.lists.archive import archived
from tests.lists.mail import mail

pytestmark = pytest.mark.django_db

type Counted = Callable[[int], AbstractContextManager[None]]


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def alone(number: int, *, first: int = 0) -> list[bytes]:
    """Write messages that begin threads of their own."""
    return [
        mail(f"a{n}@example.org", f"Words {n}.", subject=f"Subject {n}", day=1 + n % 20)
        for n in range(first, first + number)
    ]


def test_every_list_is_shown_with_the_day_of_its_latest_message(client: Client) -> None:
    mailing_list = a_list()
    archived(mailing_list, alone(2))
    a_list()

    shown = page(client, "/lists/")

    assert f'<a href="/lists/{mailing_list.name}/"><bdi>{mailing_list.title}</bdi></a>' in shown
    assert "latest 2 November 2026" in shown


def test_a_list_shows_what_was_answered_last_first(client: Client) -> None:
    mailing_list = a_list()
    archived(mailing_list, alone(3))
    archived(mailing_list, [mail("b@example.org", answers="a0@example.org", day=20)])

    shown = page(client, f"/lists/{mailing_list.name}/")

    places = [shown.index(f"Subject {n}<") for n in (0, 2, 1)]
    assert places == sorted(places)
    assert "2 messages<br>1 person" in shown
    assert f'<a href="/lists/{mailing_list.name}/2026/11/" title="November 2026: 4 messages">11</a>' in shown  # fmt: skip  # noqa: E501


def test_an_empty_list_says_so(client: Client) -> None:
    assert "Nobody has written to this list yet." in page(client, f"/lists/{a_list().name}/")


@pytest.mark.parametrize("path", ["", "2026/11/"])
def test_parts_follow_by_key_without_gap_or_double(client: Client, path: str) -> None:
    mailing_list = a_list()
    archived(mailing_list, alone(90))
    seen: list[str] = []
    after = ""
    for _ in range(3):
        shown = page(client, f"/lists/{mailing_list.name}/{path}{after}")
        seen += [piece.partition("<")[0] for piece in shown.split(">Subject ")[1:]]
        after = "?after=" + shown.partition('href="?after=')[2].partition('"')[0]
    assert len(seen) == 90
    assert set(seen) == {str(n) for n in range(90)}
    assert after == "?after="


@pytest.mark.parametrize("path", ["", "2026/11/", "authors/{author}/"])
def test_one_row_and_three_take_the_same_queries(
    client: Client, django_assert_num_queries: Counted, path: str
) -> None:
    mailing_list = a_list()
    [first] = archived(mailing_list, alone(1))
    address = f"/lists/{mailing_list.name}/{path.format(author=first.author_id)}"
    count = 3 if path else 5
    with django_assert_num_queries(count):
        page(client, address)
    archived(mailing_list, alone(2, first=1))
    with django_assert_num_queries(count):
        page(client, address)


def test_the_index_takes_two_queries_for_one_list_and_for_three(
    client: Client, django_assert_num_queries: Counted
) -> None:
    a_list()
    with django_assert_num_queries(2):
        page(client, "/lists/")
    a_list()
    a_list()
    with django_assert_num_queries(2):
        page(client, "/lists/")


def test_a_month_leads_to_the_months_around_it(client: Client) -> None:
    mailing_list = a_list()
    archived(mailing_list, alone(1))
    old = mail("old@example.org", day=3).replace(b" Nov 2026", b" Feb 2024")
    archived(mailing_list, [old])
    base = f"/lists/{mailing_list.name}"

    assert f'href="{base}/2024/2/" rel="prev"' in page(client, f"{base}/2026/11/")
    assert f'href="{base}/2026/11/" rel="next"' in page(client, f"{base}/2024/02/")
    assert "No thread began in this month." in page(client, f"{base}/2025/1/")
    for wrong in ("2025/13", "0/1", "9999/12", "99999/1"):
        assert client.get(f"{base}/{wrong}/").status_code in (200, 404)


def test_an_author_is_shown_without_the_address(client: Client) -> None:
    mailing_list = a_list()
    [first] = archived(mailing_list, alone(1))

    shown = page(client, f"/lists/{mailing_list.name}/authors/{first.author_id}/")

    assert "Subject 0" in shown
    assert "ann@…" in shown
    assert "ann@example.org" not in shown
    assert client.get(f"/lists/{a_list().name}/authors/{first.author_id}/").status_code == 404


def test_the_feed_of_a_list_names_its_newest_messages(client: Client) -> None:
    mailing_list = a_list()
    messages = archived(mailing_list, alone(2))

    answer = client.get(f"/lists/{mailing_list.name}/feed.atom")

    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = answer.content.decode()
    assert feed.index("Subject 1") < feed.index("Subject 0")
    assert messages[0].get_absolute_url() in feed
    assert "ann@example.org" not in feed


@pytest.mark.parametrize(
    "key",
    [
        "x",
        "W10",
        "WzEsMl0",
        "WyJ4IiwxXQ",
        "\n",
        '"',
        to_key("0001-01-01T00:00:00+23:59", 1),
        to_key("2026-01-01", 1),
    ],
)
@pytest.mark.parametrize("place", ["", "2026/11/"])
def test_a_key_that_somebody_changed_opens_the_first_part(
    client: Client, place: str, key: str
) -> None:
    mailing_list = a_list()
    archived(mailing_list, alone(1))

    answer = client.get(f"/lists/{mailing_list.name}/{place}", {"after": key})

    assert "Subject 0" in answer.text


@pytest.mark.parametrize("span", ["2026/13", "99999999999/1", "9999/12", "0/1"])
def test_a_month_that_no_calendar_has_is_not_found(client: Client, span: str) -> None:
    assert client.get(f"/lists/{a_list().name}/{span}/").status_code == 404
