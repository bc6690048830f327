"""The page of a thread, its parts, and the whole of it."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from intersession.lists.models import Message
from intersession.lists.testing import a_list
from intersession.people.testing import a_person
from tests.lists.archive import archived
from tests.lists.mail import mail

pytestmark = pytest.mark.django_db


def a_talk(number: int, *, words: int = 3) -> list[Message]:
    """Archive a thread in which each message answers the first."""
    first = mail("m0@example.org", "First words.", subject="Preamble")
    answers = [
        mail(
            f"m{n}@example.org", f"On 1 November 2026, Ann wrote:\n> First words.\n\nAnswer {n}. "
            + "word " * words,
            answers="m0@example.org", subject="Re: Preamble", day=2 + n % 20,
        )
        for n in range(1, number)
    ]  # fmt: skip
    return archived(a_list(), [first, *answers])


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_thread_shows_its_messages_with_folded_quotes_and_a_tree(client: Client) -> None:
    first, second = a_talk(2)

    shown = page(client, first.thread.get_absolute_url())

    assert "2 messages, 1 person" in shown
    assert "<p>First words.</p>" in shown
    told = '<bdi lang="en">1 quoted line</bdi>, On 1 November 2026, Ann wrote'
    assert f"<summary>{told}</summary>" in shown
    assert (
        f'<ol class="tree"><li><a href="#m{first.number}"><bdi>Ann</bdi></a>, 1 November 2026<ol>'
        f'<li><a href="#m{second.number}"><bdi>Ann</bdi></a>, 3 November 2026</li></ol></li></ol>'
    ) in shown
    assert "ann@example.org" not in shown
    assert f'new/?thread={first.thread_id}">Start a draft from this thread</a>' in shown


def test_who_may_start_no_draft_is_not_led_to_one(client: Client) -> None:
    first, _ = a_talk(2)
    client.force_login(a_person())

    assert "Start a draft" not in page(client, first.thread.get_absolute_url())


def test_a_thread_of_one_and_of_three_takes_the_same_queries(
    client: Client, django_assert_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    for number in (1, 3):
        address = a_talk(number)[0].thread.get_absolute_url()
        with django_assert_num_queries(3):
            page(client, address)


def test_a_long_thread_is_cut_into_numbered_parts_under_50_kb(client: Client) -> None:
    messages = a_talk(40, words=700)
    address = messages[0].thread.get_absolute_url()

    first = page(client, address)
    parts = int(first.partition("Part 1 of ")[2].partition("<")[0])
    pages = [page(client, f"{address}?part={n}") for n in range(1, parts + 1)]

    assert parts > 3
    assert max(len(shown.encode()) for shown in pages) < 50_000
    for message in messages:
        assert sum(shown.count(f'id="m{message.number}"') for shown in pages) == 1
    assert client.get(f"{address}?part={parts + 1}").status_code == 404
    assert client.get(f"{address}?part=x").status_code == 404
    assert client.get(f"{address}?part=0").status_code == 404


def test_the_address_of_any_message_opens_its_part(client: Client) -> None:
    messages = a_talk(30, words=700)
    thread = messages[0].thread.get_absolute_url()
    for message in messages[1:]:
        base = f"/lists/{message.mailing_list.name}/threads/"
        answer = client.get(f"{base}{message.permalink}/")
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(thread)
        part, _, anchor = answer.headers["Location"].partition("#")
        assert f'id="{anchor}"' in page(client, part)


def test_one_message_longer_than_a_part_is_a_part(client: Client) -> None:
    [only] = archived(a_list(), [mail(body="A long line of words.\n\n" * 4_000)])
    assert page(client, only.thread.get_absolute_url()).count("A long line") == 4_000


def test_an_address_that_is_none_is_not_found(client: Client) -> None:
    [first] = a_talk(1)
    base = f"/lists/{first.mailing_list.name}/threads/"
    for wrong in ("x", "A" * 32, first.permalink.lower(), "%00", "é"):
        assert client.get(f"{base}{wrong}/").status_code == 404


def test_the_whole_thread_is_streamed_as_text_and_as_a_page(client: Client) -> None:
    messages = a_talk(5)
    address = messages[0].thread.get_absolute_url()

    text, shown = client.get(f"{address}whole.txt"), client.get(f"{address}whole/")

    assert isinstance(text, StreamingHttpResponse)
    assert isinstance(shown, StreamingHttpResponse)
    written = text.getvalue().decode()
    assert written.startswith("Preamble\n")
    assert [f"Answer {n}." in written for n in range(1, 5)] == [True] * 4
    html = shown.getvalue().decode()
    assert html.count('<article class="msg"') == 5
    assert html.rstrip().endswith("</html>")


def test_a_reader_who_has_the_page_is_told_so_until_it_grows(client: Client) -> None:
    [first] = a_talk(1)
    address = first.thread.get_absolute_url()
    tag = client.get(address).headers["ETag"]

    assert client.get(address, headers={"if-none-match": tag}).status_code == 304

    archived(first.mailing_list, [mail("m9@example.org", answers="m0@example.org", day=9)])
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200
    spoken = {"if-none-match": tag, "accept-language": "ar"}
    assert client.get(address, headers=spoken).status_code == 200


def test_markup_in_names_subjects_and_texts_is_text(client: Client) -> None:
    evil = "<script>alert(1)</script>"
    [only] = archived(
        a_list(), [mail(body=f"{evil} <b>x</b>", subject=evil, author=f'"{evil}" <x@example.org>')]
    )
    for address in (only.thread.get_absolute_url(), only.get_absolute_url()):
        shown = page(client, address)
        assert "<script" not in shown
        assert "&lt;script&gt;alert(1)" in shown


def test_a_deep_thread_does_not_grow_without_end_to_the_side(client: Client) -> None:
    chain = [mail("n0@example.org", day=1)]
    chain += [
        mail(f"n{n}@example.org", answers=f"n{n - 1}@example.org", day=1 + n // 2)
        for n in range(1, 20)
    ]
    messages = archived(a_list(), chain)
    shown = page(client, messages[0].thread.get_absolute_url())
    tree = shown.partition('<ol class="tree">')[2].partition("</div>")[0]
    assert tree.count("<ol>") == 7
    assert tree.count("<li>") == tree.count("</li>") == 20


def test_a_thread_is_read_by_date_or_by_answers(client: Client) -> None:
    chain = [
        mail("r@example.org", day=1), mail("a@example.org", answers="r@example.org", day=2),
        mail("b@example.org", answers="r@example.org", day=3),
        mail("aa@example.org", answers="r@example.org a@example.org", day=4),
    ]  # fmt: skip
    messages = archived(a_list(), chain)
    address = messages[0].thread.get_absolute_url()

    by_date, by_answers = page(client, address), page(client, f"{address}?by=answers")

    def order(shown: str) -> list[int]:
        return sorted(range(4), key=lambda n: shown.index(f'id="m{messages[n].number}"'))

    assert order(by_date) == [0, 1, 2, 3]
    assert order(by_answers) == [0, 1, 3, 2]
    assert f'class="msg in2" id="m{messages[3].number}"' in by_answers
    assert '<a href="?by=answers" aria-current="true"' in by_answers


def test_a_long_thread_by_answers_has_each_message_once(client: Client) -> None:
    messages = a_talk(40, words=700)
    address = f"{messages[0].thread.get_absolute_url()}?by=answers"
    parts = int(page(client, address).partition("Part 1 of ")[2].partition("<")[0])
    pages = [page(client, f"{address}&part={n}") for n in range(1, parts + 1)]
    for message in messages:
        assert sum(shown.count(f'id="m{message.number}"') for shown in pages) == 1
    assert max(len(shown.encode()) for shown in pages) < 50_000


def test_the_words_around_a_quotation_do_not_turn_the_direction_of_the_text(
    client: Client,
) -> None:
    mailing_list = a_list()
    [message] = archived(mailing_list, [mail(body="> Shall we?\n\nYes, gladly.")])
    client.cookies["django_language"] = "ar"

    shown = client.get(message.get_absolute_url()).text

    assert '<summary><bdi lang="ar">سطر مقتبس واحد</bdi></summary>' in shown
