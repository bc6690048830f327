from typing import Any

import pytest
from django.test import Client

from intersession.kit.paging import to_key
from intersession.outbox.actions import write, write_exact
from intersession.outbox.models import Letter
from intersession.people.testing import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates")]


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO = True


def a_letter(name: str = "Ada") -> Letter:
    return write("tests.hello", "ada@example.org", {"name": name}, at=NOON, reason="You asked.")


def test_outside_a_demo_nobody_reads_letters(client: Client) -> None:
    letter = a_letter()

    assert client.get("/letters/").status_code == 404
    assert client.get(f"/letters/{letter.pk}/").status_code == 404


@pytest.mark.usefixtures("demo")
def test_in_a_demo_every_letter_stands_on_a_page_with_its_state(client: Client) -> None:
    sent, failed, waiting = a_letter("One"), a_letter("Two"), a_letter("Three")
    Letter.objects.filter(pk=sent.pk).update(sent_at=NOON, via="the letters page")
    Letter.objects.filter(pk=failed.pk).update(failed_at=NOON, trouble="550 <b>Nobody</b>")

    shown = client.get("/letters/").content.decode()

    assert "Sent on 1 March 2026, 12:00 UTC to the letters page." in shown
    assert "Given up: 550 &lt;b&gt;Nobody&lt;/b&gt;" in shown
    assert "Waiting for the worker." in shown
    assert f"/letters/{waiting.pk}/" in shown


@pytest.mark.usefixtures("demo")
def test_a_letter_is_shown_as_text_and_as_html_with_links(client: Client, settings: Any) -> None:
    letter = a_letter("<script>alert(1)</script>")

    shown = client.get(f"/letters/{letter.pk}/").content.decode()

    assert f'<a href="{settings.SITE_URL}/desk/"' in shown
    assert "<script>" not in shown
    assert "You asked." in shown


@pytest.mark.usefixtures("demo")
def test_a_letter_that_is_answered_by_mail_says_where_answers_go(client: Client) -> None:
    letter = a_letter()
    Letter.objects.filter(pk=letter.pk).update(reply_to="talk-confirm+token@lists.example.org")

    shown = client.get(f"/letters/{letter.pk}/").content.decode()

    assert "talk-confirm+token@lists.example.org</bdi>" in shown


@pytest.mark.usefixtures("demo")
def test_html_of_a_letter_keeps_only_what_is_harmless(client: Client) -> None:
    letter = a_letter()
    Letter.objects.update(html="<p onclick=x>Hi<script>bad()</script><style>p {}</style></p>")

    shown = client.get(f"/letters/{letter.pk}/").content.decode()

    assert "<p>Hi</p>" in shown
    assert "bad()" not in shown


@pytest.mark.usefixtures("demo")
def test_many_letters_come_in_parts_under_one_query(
    client: Client, django_assert_num_queries: Any
) -> None:
    for _more in range(51):
        a_letter()
    first = Letter.objects.order_by("pk")[0]

    with django_assert_num_queries(1):
        shown = client.get("/letters/").content.decode()

    assert shown.count('<li class="msg">') == 50
    key = to_key(first.pk + 1)
    assert f"?before={key}" in shown
    earlier = client.get("/letters/", {"before": key}).content.decode()
    assert earlier.count('<li class="msg">') == 1
    assert client.get("/letters/", {"before": "x"}).status_code == 200


@pytest.mark.usefixtures("demo")
def test_a_letter_that_sends_a_mail_on_is_shown_as_it_goes_out(client: Client) -> None:
    raw = b"Subject: Hello\r\n\r\nWhat was <b>asked</b>.\r\n"
    write_exact(
        "lists.office", {"ada@example.org": None}, raw, at=NOON, subject="Hello",
        reason="You hold the office.", return_path="dc-bounces@example.org",
    )  # fmt: skip

    shown = client.get(f"/letters/{Letter.objects.get().pk}/").text

    assert "What was &lt;b&gt;asked&lt;/b&gt;." in shown
    assert "As HTML" not in shown
