"""Writing to a list from its pages."""

import re
from email import message_from_bytes, policy

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from intersession.kit.answers import Denied, Refused
from intersession.lists import actions
from intersession.lists.actions import Post
from intersession.lists.models import Held, MailingList, Message, PostingRight, Subscription
from intersession.lists.queries import raw_of
from intersession.lists.rules.bodies import body_of
from intersession.lists.rules.flowing import flowed, quoted
from intersession.lists.rules.mime import part_of
from intersession.lists.testing import a_list
from intersession.people.models import Person
from intersession.people.testing import NOON, a_person
from tests.lists.archive import archived
from tests.lists.mail import mail

TOKEN = "0123456789abcdef" * 2

WORDS = st.text(st.sampled_from("ab >-é投"), min_size=0, max_size=300).filter(
    lambda line: not line.startswith(">") and line == line.rstrip(" ")
)


@given(st.lists(WORDS, max_size=6))
def test_flowed_text_is_read_as_it_was_written(lines: list[str]) -> None:
    shown = flowed("\n".join(lines))
    joined: list[str] = []
    is_open = False
    for line in shown.split("\n"):
        line_in = line.removeprefix(" ")
        joined = [*joined[:-1], joined[-1] + line_in] if is_open else [*joined, line_in]
        is_open = line_in.endswith(" ") and line_in != "-- "
    assert joined == lines or (joined == [""] and not lines)


def test_long_lines_flow_and_quotes_keep_their_mark() -> None:
    long = "word " * 40
    lines = flowed(f"{long}\n> {long}\nFrom here\n-- \nAnn").split("\n")
    assert max(map(len, lines)) <= 74
    assert " From here" in lines
    assert "-- " in lines
    assert all(line.startswith("> ") for line in lines if ">" in line)


def test_a_quotation_deepens_and_is_cut_when_long() -> None:
    assert quoted("One\n> Two\n\nThree") == "> One\n>> Two\n>\n> Three"
    assert quoted("x\n" * 300, most=2) == "> x\n> x\n> […]"


def a_writer(*lists: MailingList) -> Person:
    """Make somebody with a verified address, subscribed to these lists."""
    person = a_person(name="Zoë Writer")
    for one in lists:
        Subscription.objects.create(
            mailing_list=one, address=person.email, person=person, since=NOON
        )
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)  # type: ignore[attr-defined]
    return person


@pytest.mark.django_db
def test_an_answer_from_the_page_is_mail_in_its_thread(client: Client) -> None:
    mailing_list = a_list()
    person = a_writer(mailing_list)
    first, second = archived(
        mailing_list,
        [mail(subject="Plan"), mail("two@example.org", "Why?", answers="one@example.org", day=2)],
    )
    client.force_login(person)
    address = f"{second.get_absolute_url()}answer/"
    page = client.get(address).content.decode()
    token = re.search(r'name="token" value="([0-9a-f]{32})"', page)
    assert token
    assert "&gt; Why?" in page

    sent = {"address": person.email, "subject": "Re: Plan", "text": "Because — ñ.\n\n> Why?",
            "token": token[1]}  # fmt: skip
    answer = client.post(address, sent)
    client.post(address, sent)

    posted = Message.objects.get(author__address=person.email)
    assert answer.headers["Location"] == posted.get_absolute_url()
    assert posted.thread == first.thread
    assert posted.parent == second
    raw = raw_of(posted.content)
    read = message_from_bytes(raw, policy=policy.SMTP)
    assert read["From"] == f"Zoë Writer <{person.email}>"
    assert read["In-Reply-To"] == "<two@example.org>"
    assert read["References"] == "<one@example.org> <two@example.org>"
    assert read.get_content_type() == "text/plain"
    assert body_of(part_of(raw)).is_flowed
    assert "Because — ñ." in body_of(part_of(raw)).text


@pytest.mark.django_db
def test_a_new_thread_begins_on_the_page(client: Client) -> None:
    mailing_list = a_list()
    person = a_writer(mailing_list)
    client.force_login(person)
    sent = {"address": person.email, "subject": "New", "text": "Words.", "token": TOKEN}

    client.post(f"/lists/{mailing_list.name}/new/", sent)

    assert mailing_list.threads.get().subject == "New"


@pytest.mark.django_db
def test_what_was_typed_stays_when_something_is_missing(client: Client) -> None:
    person, mailing_list = a_writer(), a_list()
    client.force_login(person)
    sent = {"address": person.email, "subject": "", "text": "My long words.", "token": TOKEN}

    page = client.post(f"/lists/{mailing_list.name}/new/", sent).content.decode()

    assert "My long words." in page
    assert not mailing_list.threads.exists()


@pytest.mark.django_db
def test_whose_post_waits_is_told_why(client: Client) -> None:
    person, mailing_list = a_writer(), a_list()
    client.force_login(person)
    sent = {"address": person.email, "subject": "S", "text": "My words.", "token": TOKEN}

    page = client.post(f"/lists/{mailing_list.name}/new/", sent, follow=True).content.decode()

    assert "Your message waits for a moderator. The sender is not subscribed" in page
    assert Held.objects.get().is_authentic


@pytest.mark.django_db
def test_whose_right_is_suspended_is_told_why_and_keeps_the_text(client: Client) -> None:
    person, mailing_list = a_writer(), a_list()
    PostingRight.objects.create(
        mailing_list=mailing_list, address=person.email, standing="suspended", since=NOON,
        reason="Until the case is heard.",
    )  # fmt: skip
    client.force_login(person)
    sent = {"address": person.email, "subject": "S", "text": "My words.", "token": TOKEN}

    page = client.post(f"/lists/{mailing_list.name}/new/", sent).content.decode()

    assert "suspended" in page
    assert "My words." in page


@pytest.mark.django_db
def test_nobody_posts_from_what_is_not_theirs() -> None:
    person, mailing_list = a_writer(), a_list()
    with pytest.raises(Denied, match="your own"):
        actions.post_from_page(
            person, mailing_list, Post("eve@example.org", "S", "T", TOKEN), at=NOON
        )
    with pytest.raises(Denied, match="Verify"):
        actions.post_from_page(
            a_person(), mailing_list, Post("a@example.org", "S", "T", TOKEN), at=NOON
        )
    with pytest.raises(Refused, match="write something"):
        actions.post_from_page(person, mailing_list, Post(person.email, "S", " ", TOKEN), at=NOON)
    with pytest.raises(Refused, match="too old"):
        actions.post_from_page(person, mailing_list, Post(person.email, "S", "T", "x"), at=NOON)


@pytest.mark.django_db
def test_no_subject_or_name_adds_a_field() -> None:
    mailing_list = a_list()
    person = a_writer(mailing_list)
    person.name = "Eve\r\nBcc: x@example.org"
    post = Post(person.email, "S\r\nBcc: y@example.org", "T", TOKEN)
    posted = actions.post_from_page(person, mailing_list, post, at=NOON)
    assert posted.message is not None
    assert "bcc" not in part_of(raw_of(posted.message.content)).fields


@pytest.mark.django_db
def test_a_mirror_and_a_closed_list_say_where_to_write() -> None:
    person, mailing_list = a_writer(), a_list()
    mailing_list.mirrors = "real@example.org"
    with pytest.raises(Denied, match=r"real@example\.org"):
        actions.post_from_page(person, mailing_list, Post(person.email, "S", "T", TOKEN), at=NOON)
