"""The queue of a list, on the page."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from intersession.lists import actions
from intersession.lists.models import Held, MailingList, Message, PostingRight
from intersession.lists.states import HeldState
from intersession.lists.testing import a_list
from intersession.people.models import Person
from intersession.people.testing import NOON, a_person_who_consented
from tests.lists.author import ADDRESS
from tests.lists.held import UNPROVEN, a_held_post, a_moderator

pytestmark = pytest.mark.django_db

type Counted = Callable[[int], AbstractContextManager[None]]


@pytest.fixture
def talk() -> MailingList:
    return a_list()


@pytest.fixture
def moderator(talk: MailingList, client: Client) -> Person:
    person = a_moderator(talk.coalition)
    client.force_login(person)
    return person


def test_the_queue_says_who_wrote_what_and_why_it_waits(
    talk: MailingList, moderator: Person, client: Client
) -> None:
    a_held_post(talk, body="My words.\r\n\r\n> What somebody <script>said</script>")

    shown = client.get(f"/lists/{talk.name}/queue/").text

    assert "1 post waits for a moderator." in shown
    for words in ("Ada", ADDRESS, "Hello 1", "The sender is not subscribed", "My words."):
        assert words in shown
    assert '<details><summary><bdi lang="en">1 quoted line</bdi></summary>' in shown
    assert "<script>said" not in shown


def test_files_are_listed_by_name(talk: MailingList, moderator: Person, client: Client) -> None:
    more = 'MIME-Version: 1.0\r\nContent-Type: application/pdf; name="a&b.pdf"\r\n'
    held = a_held_post(talk, more=f"{more}Content-Disposition: attachment\r\n")

    shown = client.get(f"/lists/{talk.name}/queue/").text

    assert "a&amp;b.pdf" in shown
    whole = client.get(f"/lists/{talk.name}/queue/{held.pk}/raw/")
    assert whole.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_parts_of_the_queue_follow_by_key(
    talk: MailingList, moderator: Person, client: Client
) -> None:
    for number in range(12):
        a_held_post(talk, number)
    seen, address = list[str](), "?"
    while address:
        shown = client.get(f"/lists/{talk.name}/queue/{address}").text
        seen += [piece.partition("<")[0] for piece in shown.split('dir="auto">Hello ')[1:]]
        address = shown.partition('href="?after=')[2].partition('"')[0]
        address = f"?after={address}" if address else ""
    assert seen == [str(n) for n in range(12)]


def test_one_post_and_three_take_the_same_queries(
    talk: MailingList, moderator: Person, client: Client, django_assert_num_queries: Counted
) -> None:
    a_held_post(talk)
    with django_assert_num_queries(6):
        client.get(f"/lists/{talk.name}/queue/")
    a_held_post(talk, 2, authentic=UNPROVEN)
    actions.claim_held(moderator, a_held_post(talk, 3), at=NOON)
    with django_assert_num_queries(6):
        client.get(f"/lists/{talk.name}/queue/")


@pytest.mark.parametrize(
    ("button", "state"), [("approval", HeldState.APPROVED), ("disposal", HeldState.DISCARDED)]
)
def test_a_button_decides(
    talk: MailingList, moderator: Person, client: Client, button: str, state: HeldState
) -> None:
    held = a_held_post(talk)

    answer = client.post(f"/lists/{talk.name}/queue/{held.pk}/{button}/")

    assert answer.headers["Location"] == f"/lists/{talk.name}/queue/"
    held.refresh_from_db()
    assert held.state == state


def test_trust_is_a_button(talk: MailingList, moderator: Person, client: Client) -> None:
    held = a_held_post(talk)

    client.post(f"/lists/{talk.name}/queue/{held.pk}/trust/")

    assert Message.objects.count() == 1
    assert PostingRight.objects.get().given_by == moderator


def test_a_rejection_is_a_sentence_ready_made_and_one_s_own(
    talk: MailingList, moderator: Person, client: Client
) -> None:
    held = a_held_post(talk)

    client.post(
        f"/lists/{talk.name}/queue/{held.pk}/rejection/",
        {"ready": "advertising", "words": "Twice now."},
    )

    held.refresh_from_db()
    assert held.answer == "It is advertising.\n\nTwice now."


def test_a_rejection_without_a_reason_is_asked_for_it(
    talk: MailingList, moderator: Person, client: Client
) -> None:
    held = a_held_post(talk)

    answer = client.post(f"/lists/{talk.name}/queue/{held.pk}/rejection/", {"words": " "})

    assert "Please give the reason; the author reads it." in answer.text
    held.refresh_from_db()
    assert held.state == HeldState.HELD


def test_two_who_press_at_once_do_not_decide_twice(
    talk: MailingList, moderator: Person, client: Client
) -> None:
    held = a_held_post(talk)
    actions.discard(a_moderator(talk.coalition), held, at=NOON)

    shown = client.post(f"/lists/{talk.name}/queue/{held.pk}/approval/", follow=True).text

    assert "This post does not wait for a moderator: Discarded" in shown
    assert Held.objects.get().state == HeldState.DISCARDED


def test_what_another_has_in_hand_shows_no_buttons(
    talk: MailingList, moderator: Person, client: Client
) -> None:
    held = a_held_post(talk)
    other = a_moderator(talk.coalition)
    second = Client()
    second.force_login(other)
    second.post(f"/lists/{talk.name}/queue/{held.pk}/claim/")

    shown = client.get(f"/lists/{talk.name}/queue/").text
    theirs = second.get(f"/lists/{talk.name}/queue/").text

    assert f"{other.name} has it in hand until" in shown
    assert "approval/" not in shown
    assert "You have it in hand until" in theirs
    assert "approval/" in theirs


def test_a_decided_post_says_what_was_decided_and_by_whom(
    talk: MailingList, moderator: Person, client: Client
) -> None:
    held = a_held_post(talk)
    actions.reject(moderator, held, at=NOON, reason="It is about cats.")

    shown = client.get(f"/lists/{talk.name}/queue/{held.pk}/").text

    assert "Rejected" in shown
    assert "It is about cats." in shown
    assert "approval/" not in shown


def test_an_emptied_post_still_has_its_page(
    talk: MailingList, moderator: Person, client: Client
) -> None:
    held = a_held_post(talk)
    Held.objects.update(raw=b"", name="", subject="", address="")

    assert "It has no text." in client.get(f"/lists/{talk.name}/queue/{held.pk}/").text
    assert client.get(f"/lists/{talk.name}/queue/{held.pk}/raw/").status_code == 404


def test_the_desk_says_what_waits(talk: MailingList, client: Client) -> None:
    moderator = a_moderator(talk.coalition, a_person_who_consented())
    a_held_post(talk)
    client.force_login(moderator)

    shown = client.get("/desk/").text

    assert f'href="/lists/{talk.name}/queue/"' in shown
    assert "1 post waits for a moderator." in shown
