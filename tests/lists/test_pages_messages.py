"""The page of a message, its source, its files, and mailboxes to take along."""

import mailbox
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from intersession.lists.testing import a_list
from intersession.people.testing import a_person
from tests.lists.archive import archived
from tests.lists.mail import mail

pytestmark = pytest.mark.django_db

PAGE = (
    "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
    "Content-Type: text/plain\n\nSee the file.\n--b\n"
    'Content-Type: {kind}; name="{name}"\nContent-Disposition: attachment; filename="{name}"\n\n'
    "<script>alert(1)</script>\n--b--\n"
)


def with_file(kind: str, name: str = "page.html") -> bytes:
    return mail(body="", more=PAGE.format(kind=kind, name=name))


def test_a_message_has_its_page_at_an_address_that_never_changes(client: Client) -> None:
    first, second = archived(
        a_list(), [mail(), mail("two@example.org", "Two.", answers="one@example.org", day=2)]
    )

    shown = client.get(second.get_absolute_url()).content.decode()

    assert "<p>Two.</p>" in shown
    assert f"threads/{second.permalink}/" in shown
    assert "This message in its thread of 2 messages" in shown
    assert "In-Reply-To=%3Ctwo%40example.org%3E" in shown
    alone = client.get(first.get_absolute_url()).content.decode()
    assert "<p>Words.</p>" in alone


def test_a_message_takes_three_queries_and_one_more_for_files(
    client: Client, django_assert_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    [plain] = archived(a_list(), [mail()])
    [loaded] = archived(a_list(), [with_file("application/pdf")])
    with django_assert_num_queries(3):
        client.get(plain.get_absolute_url())
    with django_assert_num_queries(4):
        client.get(loaded.get_absolute_url())


def test_the_source_is_the_bytes_that_came(client: Client) -> None:
    raw = mail()
    [only] = archived(a_list(), [raw])

    client.force_login(a_person())
    answer = client.get(f"{only.get_absolute_url()}raw/")

    assert answer.content == raw
    assert answer.headers["Content-Type"] == "message/rfc822"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="1.eml"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("kind", "served", "way"),
    [
        ("text/html", "application/octet-stream", "attachment"),
        ("image/svg+xml", "application/octet-stream", "attachment"),
        ("application/pdf", "application/octet-stream", "attachment"),
        ("image/png", "image/png", "inline"),
    ],
)
def test_a_file_is_saved_and_only_plain_pictures_are_shown(
    client: Client, kind: str, served: str, way: str
) -> None:
    [only] = archived(a_list(), [with_file(kind, 'ö "x".html')])
    address = f"{only.get_absolute_url()}files/0/"

    assert address in client.get(only.get_absolute_url()).content.decode()
    answer = client.get(address)

    assert answer.content.strip() == b"<script>alert(1)</script>"
    assert answer.headers["Content-Type"] == served
    assert answer.headers["Content-Disposition"].startswith(f"{way}; filename*=UTF-8''")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert client.get(f"{only.get_absolute_url()}files/7/").status_code == 404


def test_a_list_and_a_thread_can_be_taken_along_as_mailboxes(
    client: Client, tmp_path: Path
) -> None:
    one, two = mail(body="From here on.\n>From there."), mail("two@example.org", day=2)
    first, _second = archived(a_list(), [one, two])
    for address, number in (
        (f"/lists/{first.mailing_list.name}/archive.mbox", 2),
        (f"{first.thread.get_absolute_url()}thread.mbox", 1),
    ):
        answer = client.get(address)
        assert isinstance(answer, StreamingHttpResponse)
        place = tmp_path / "taken.mbox"
        place.write_bytes(answer.getvalue())
        with closing(mailbox.mbox(place)) as box:
            assert len(box) == number


def test_the_feed_of_a_thread_masks_addresses(client: Client) -> None:
    [only] = archived(a_list(), [mail(body="Write to eve@example.org")])

    feed = client.get(f"{only.thread.get_absolute_url()}feed.atom").content

    assert b"eve@example.org" not in feed
    assert "eve@…".encode() in feed


def test_a_message_leads_to_its_neighbours_by_keys_and_to_its_copies(client: Client) -> None:
    texts = [
        mail("one@example.org"), mail("two@example.org", answers="one@example.org", day=2),
        mail("three@example.org", answers="one@example.org", day=3),
    ]  # fmt: skip
    first, second, third = archived(a_list(), texts)
    [copy] = archived(a_list(), texts[1:2])

    shown = client.get(second.get_absolute_url()).content.decode()

    assert f'href="../{first.permalink}/" rel="prev" accesskey="p"' in shown
    assert f'href="../{third.permalink}/" rel="next" accesskey="n"' in shown
    assert f'<a href="{copy.get_absolute_url()}">{copy.mailing_list.title}</a>' in shown
    assert "also sent to" not in client.get(first.get_absolute_url()).content.decode()


def test_times_are_in_the_readers_zone_with_utc_as_title(client: Client) -> None:
    [only] = archived(a_list(), [mail()])
    client.force_login(a_person(zone="Africa/Nairobi"))

    shown = client.get(only.get_absolute_url()).content.decode()

    assert 'title="1 November 2026, 10:00 UTC">1 November 2026, 13:00 in Nairobi</time>' in shown
