"""Joining, leaving and choosing on pages (checklist 12, 15: RFC 8058; roster privacy)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from intersession.lists import actions
from intersession.lists.models import MailingList, Question, Subscription
from intersession.lists.queries.subscribers import subscription_at
from intersession.lists.queries.tokens import leave_token, question_token
from intersession.lists.rules import limits
from intersession.lists.states import Purpose
from intersession.lists.testing import a_list
from intersession.outbox.models import Letter
from intersession.people import actions as people
from intersession.people.models import Person
from intersession.people.rules import current_version
from intersession.people.states import Text
from intersession.people.testing import NOON

pytestmark = pytest.mark.django_db

ADA = "ada@example.org"


def ada() -> Person:
    person = people.arrive(ADA, at=NOON)
    for text in Text:
        people.consent(person, text, current_version(text), at=NOON)
    return person


def join(client: Client, talk: MailingList, email: str) -> str:
    address = reverse("lists:joining", args=[talk.name])
    return client.post(address, {"email": email, "delivery": "each"}).text


def test_an_address_typed_on_the_page_is_asked_by_letter_and_joins_by_its_link(
    client: Client,
) -> None:
    talk = a_list()

    page = join(client, talk, ADA)

    assert f"A letter is on its way to {ADA}" in page
    assert subscription_at(talk, ADA) is None
    client.post(reverse("lists:question", args=[question_token(Question.objects.get())]))
    assert subscription_at(talk, ADA) is not None


def test_the_page_is_the_same_whether_or_not_an_address_is_on_the_list(client: Client) -> None:
    talk = a_list()
    actions.subscribe(None, talk, "bob@example.org", at=NOON)

    on = join(client, talk, "bob@example.org").replace("bob@", "x@")
    off = join(client, talk, "ann@example.org").replace("ann@", "x@")

    assert without_tokens(on) == without_tokens(off)


def without_tokens(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_from_one_network_twenty_addresses_an_hour_are_asked(client: Client) -> None:
    talk = a_list()
    for n in range(limits.PER_NETWORK):
        join(client, talk, f"victim-{n}@example.net")

    page = join(client, talk, "last@example.net")

    assert "From your network many addresses were typed" in page
    assert Letter.objects.count() == limits.PER_NETWORK


def test_a_person_puts_a_verified_address_on_the_list_with_one_button(client: Client) -> None:
    talk = a_list()
    client.force_login(ada())

    join(client, talk, ADA)

    assert subscription_at(talk, ADA) is not None
    assert Letter.objects.get().kind == "lists.welcome"


def test_one_click_leaves_without_cookies_sign_in_or_redirect_and_can_be_repeated() -> None:
    talk = a_list()
    subscription = actions.subscribe(None, talk, ADA, at=NOON)
    address = reverse("lists:leaving", args=[leave_token(subscription.pk)])
    machine = Client(enforce_csrf_checks=True)

    answers = [machine.post(address, {"List-Unsubscribe": "One-Click"}) for _ in range(2)]

    assert [one.status_code for one in answers] == [200, 200]
    assert not machine.cookies
    assert subscription_at(talk, ADA) is None


def test_the_link_alone_takes_nobody_off(client: Client) -> None:
    talk = a_list()
    subscription = actions.subscribe(None, talk, ADA, at=NOON)

    client.get(reverse("lists:leaving", args=[leave_token(subscription.pk)]))

    assert subscription_at(talk, ADA) is not None


def test_who_wants_to_leave_can_take_a_digest_instead() -> None:
    talk = a_list()
    subscription = actions.subscribe(None, talk, ADA, at=NOON)
    address = reverse("lists:leaving", args=[leave_token(subscription.pk)])

    answer = Client(enforce_csrf_checks=True).post(address, {"do": "weekly"})

    subscription.refresh_from_db()
    assert (subscription.delivery, subscription.until) == ("weekly", None)
    assert "A digest each week" in answer.text


def test_a_person_changes_how_mail_comes(client: Client) -> None:
    person = ada()
    subscription = actions.subscribe(person, a_list(), ADA, at=NOON)
    client.force_login(person)

    client.post(
        reverse("lists:subscription", args=[subscription.pk]),
        {"delivery": "daily", "style": "plain", "zone": "UTC", "language": "fr"},
    )

    subscription.refresh_from_db()
    chosen = (subscription.delivery, subscription.style, subscription.language)
    assert chosen == ("daily", "plain", "fr")
    assert not subscription.gets_own


def test_a_person_leaves_and_lets_stopped_mail_come_again(client: Client) -> None:
    person = ada()
    one = actions.subscribe(person, a_list(), ADA, at=NOON)
    two = actions.subscribe(person, a_list(), ADA, at=NOON)
    Subscription.objects.filter(pk=two.pk).update(
        stopped_at=NOON + timedelta(1), stopped_by="bounces"
    )
    client.force_login(person)
    assert "No mail since" in client.get(reverse("lists:subscriptions")).text

    client.post(reverse("lists:departure", args=[one.pk]))
    client.post(reverse("lists:resumption", args=[two.pk]))

    one.refresh_from_db()
    two.refresh_from_db()
    assert one.until is not None
    assert two.stopped_at is None


def test_nobody_sees_or_changes_the_subscription_of_somebody_else(client: Client) -> None:
    subscription = actions.subscribe(None, a_list(), "bob@example.org", at=NOON)
    client.force_login(ada())

    assert "bob@example.org" not in client.get(reverse("lists:subscriptions")).text
    assert client.post(reverse("lists:departure", args=[subscription.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_my_subscriptions_take_the_same_questions_for_one_and_for_three(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    person = ada()
    for _ in range(count):
        actions.subscribe(person, a_list(), ADA, at=NOON)
    client.force_login(person)
    client.get(reverse("lists:subscriptions"))

    with django_assert_num_queries(3):
        client.get(reverse("lists:subscriptions"))


def answered(client: Client, talk: MailingList, purpose: Purpose) -> str:
    """Answer a question of this kind by its link, and read the page that follows."""
    asked = Question.objects.create(
        purpose=purpose, mailing_list=talk, address=ADA, asked_at=NOON,
        ends_at=NOON.replace(year=2100),
        options={"delivery": "daily", "style": "mime"},
    )  # fmt: skip
    link = reverse("lists:question", args=[question_token(asked)])
    return client.post(link, follow=True).text


def test_who_confirmed_to_join_reads_so_and_what_comes_next(client: Client) -> None:
    talk = a_list()

    page = answered(client, talk, Purpose.JOIN)

    own = leave_token(subscription_at(talk, ADA).pk)  # type: ignore[union-attr]
    for words in (
        "You are on the list", f"Confirmed for {ADA}.", f'href="/lists/{talk.name}/"',
        f"Write to everybody on the list: {talk.address}", f"/lists/leaving/{own}/",
    ):  # fmt: skip
        assert words in page


@pytest.mark.parametrize(
    ("purpose", "words"),
    [
        (Purpose.CHANGE, "The mail comes as you asked"), (Purpose.PROBE, "The mail comes again"),
        (Purpose.LEAVE, "You are off the list"),
    ],
)  # fmt: skip
def test_who_confirmed_something_else_reads_what(
    client: Client, purpose: Purpose, words: str
) -> None:
    talk = a_list()
    actions.subscribe(None, talk, ADA, at=NOON)
    if purpose == Purpose.PROBE:
        Subscription.objects.update(stopped_at=NOON, stopped_by="bounces")

    assert words in answered(client, talk, purpose)


def test_a_used_link_says_nothing_once_it_is_not_so_any_more(client: Client) -> None:
    talk = a_list()
    answered(client, talk, Purpose.JOIN)
    actions.unsubscribe(None, talk, ADA, at=NOON)
    link = reverse("lists:question", args=[question_token(Question.objects.get())])

    assert client.get(link).status_code == 404


def test_letters_to_a_subscriber_lead_to_their_own_page(client: Client) -> None:
    talk = a_list()

    subscription = actions.subscribe(None, talk, ADA, at=NOON)

    letter = Letter.objects.get(kind="lists.welcome")
    own = f"/lists/leaving/{leave_token(subscription.pk)}/"
    assert own in letter.body
    assert letter.unsubscribe.endswith(own)
    assert letter.unsubscribe.startswith("http")
    assert "Take my address off" in client.get(own).text
