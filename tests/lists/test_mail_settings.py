"""Addresses with tokens, scores of the filter, and who sees a roster (checklist 2, 5, 12)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from intersession.lists.actions.mailroom.envelopes import Envelopes
from intersession.lists.actions.receiving import receive
from intersession.lists.models import MailingList, Question, Subscription
from intersession.lists.queries.addressed import destination
from intersession.lists.queries.tokens import question_address, question_token
from intersession.lists.rules.addresses import Kind
from intersession.lists.states import Outcome
from intersession.lists.testing import a_list
from intersession.people import actions as people
from intersession.people.testing import NOON, a_person_who_consented
from tests.lists.author import ADDRESS, subscribed
from tests.lists.test_receiving import PROVEN, a_mail

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("delimiter", ["+", "=", "-", "--"])
def test_addresses_with_tokens_are_written_as_they_are_read(delimiter: str, settings: Any) -> None:
    settings.MAIL_DELIMITER = delimiter
    talk = a_list()
    subscribed(talk)
    receive(talk, a_mail(talk.address), at=NOON, envelope=ADDRESS)
    asked = Question.objects.get()

    answered = destination(question_address(asked), delimiter=delimiter)
    came_back = destination(Envelopes(talk, 7).to(8, ADDRESS).return_path, delimiter=delimiter)

    assert answered is not None
    assert came_back is not None
    assert (answered.kind, answered.token) == (Kind.CONFIRM, question_token(asked))
    assert came_back.kind == Kind.BOUNCES


@pytest.mark.parametrize(
    ("threshold", "score", "outcome"),
    [
        (None, "9.5", Outcome.ARCHIVED),
        (8.0, "7.9", Outcome.ARCHIVED),
        (8.0, "8.0", Outcome.HELD),
    ],
)
def test_a_score_of_the_filter_holds_a_post_from_the_set_one_on(
    threshold: float | None, score: str, outcome: Outcome, settings: Any
) -> None:
    settings.SPAM_THRESHOLD = threshold
    talk = a_list()
    subscribed(talk)
    raw = a_mail(talk.address, more=f"X-Spam-Score: {score}\r\n")

    arrival = receive(talk, raw, at=NOON, envelope=ADDRESS, authentic=PROVEN)

    assert arrival.outcome == outcome


def test_an_address_is_found_by_an_indexed_question_a_reading_however_many_lists_there_are(
    django_assert_num_queries: Any,
) -> None:
    talk, *_others = [a_list() for _ in range(5)]

    with django_assert_num_queries(1):
        assert destination(talk.address) is not None
    with django_assert_num_queries(2):
        found = destination(f"{talk.name}-leave@lists.example.org")

    assert found is not None
    assert (found.mailing_list, found.kind) == (talk, Kind.LEAVE)
    assert MailingList._meta.get_field("address").unique


def test_a_post_from_any_verified_address_of_a_subscriber_goes_out() -> None:
    talk = a_list()
    person = people.arrive(ADDRESS, at=NOON)
    people.add_address(person, "ada@work.example", at=NOON)
    Subscription.objects.create(mailing_list=talk, address="ada@work.example", since=NOON)

    arrival = receive(talk, a_mail(talk.address), at=NOON, envelope=ADDRESS, authentic=PROVEN)

    assert arrival.outcome == Outcome.ARCHIVED


def test_no_public_page_of_a_list_names_who_reads_it(client: Client) -> None:
    talk = a_list()
    Subscription.objects.create(mailing_list=talk, address="hidden.reader@example.net", since=NOON)
    visitor, member = client, Client()
    member.force_login(a_person_who_consented())

    for who in (visitor, member):
        for page in (talk.get_absolute_url(), reverse("lists:index")):
            answer = who.get(page)
            assert answer.status_code == 200
            assert "hidden.reader" not in answer.content.decode()
