"""Commands by mail: join, leave, confirm, digest, nomail, help (checklist 5, 9, 12)."""

from datetime import timedelta
from typing import Any

import pytest

from intersession.lists import actions
from intersession.lists.actions.answering import answer
from intersession.lists.models import Arrival, MailingList, Question, Subscription, Tally
from intersession.lists.queries.addressed import destination
from intersession.lists.queries.subscribers import subscription_at
from intersession.lists.queries.tokens import question_address, question_token
from intersession.lists.rules import limits
from intersession.lists.states import Purpose
from intersession.lists.testing import a_list
from intersession.outbox.models import Letter
from intersession.people import actions as people
from intersession.people.testing import NOON
from tests.lists.commanded import ADA, beside, send

pytestmark = pytest.mark.django_db


def on(mailing_list: MailingList, address: str = ADA) -> Subscription:
    subscription = actions.subscribe(None, mailing_list, address, at=NOON)
    Letter.objects.all().delete()
    return subscription


def kinds() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("what", ["join", "subscribe"])
def test_joining_by_mail_needs_no_account_and_waits_for_a_confirmation(what: str) -> None:
    talk = a_list()

    send(beside(talk.address, what), proven=False)

    assert subscription_at(talk, ADA) is None
    (letter,) = Letter.objects.all()
    assert (letter.kind, letter.to) == ("lists.confirm_join", ADA)
    asked = Question.objects.get()
    assert question_token(asked) in letter.body
    assert question_address(asked) in letter.body

    send(question_address(asked), proven=False)

    assert subscription_at(talk, ADA) is not None
    assert kinds() == ["lists.confirm_join", "lists.welcome"]


def test_a_confirmation_counts_once_and_before_its_end() -> None:
    talk = a_list()
    send(beside(talk.address, "join"))
    asked = Question.objects.get()

    send(question_address(asked), at=NOON + timedelta(days=8))

    assert subscription_at(talk, ADA) is None
    send(question_address(asked), at=NOON + timedelta(days=1))
    actions.unsubscribe(None, talk, ADA, at=NOON + timedelta(days=2))
    send(question_address(asked), subject="again", at=NOON + timedelta(days=3))
    assert subscription_at(talk, ADA) is None


def test_a_forged_token_confirms_nothing_and_the_sender_s_server_hears_no_trouble() -> None:
    talk = a_list()

    send(beside(talk.address, "confirm+abcdefgh2345"), proven=False)

    assert (Subscription.objects.count(), Letter.objects.count()) == (0, 0)


def test_whoever_joined_by_mail_finds_the_subscription_in_the_account_made_later() -> None:
    talk = a_list()
    subscription = on(talk)

    person = people.arrive(ADA, at=NOON)

    subscription.refresh_from_db()
    assert subscription.person == person


def test_an_address_added_to_an_account_brings_its_subscriptions() -> None:
    talk = a_list()
    person = people.arrive("ada@example.net", at=NOON)
    subscription = on(talk)

    people.add_address(person, ADA, at=NOON)

    subscription.refresh_from_db()
    assert subscription.person == person


def test_whoever_is_on_the_list_and_joins_again_is_told_so_by_letter_alone() -> None:
    talk = a_list()
    on(talk)

    send(beside(talk.address, "join"), proven=False)

    assert kinds() == ["lists.already_there"]
    assert Subscription.objects.count() == 1


@pytest.mark.parametrize("what", ["leave", "unsubscribe"])
def test_a_proven_sender_leaves_at_once(what: str) -> None:
    talk = a_list()
    subscription = on(talk)

    send(beside(talk.address, what))

    subscription.refresh_from_db()
    assert subscription.until == NOON
    (letter,) = Letter.objects.all()
    assert (letter.kind, letter.to) == ("lists.commands", ADA)


def test_an_unproven_leave_is_a_question_to_the_address() -> None:
    talk = a_list()
    on(talk)

    send(beside(talk.address, "leave"), proven=False)

    assert subscription_at(talk, ADA) is not None
    assert kinds() == ["lists.confirm_leave"]
    answer(Question.objects.get(), at=NOON)
    assert subscription_at(talk, ADA) is None


def test_nobody_takes_somebody_else_off_by_mail() -> None:
    talk = a_list()
    on(talk, "bob@example.org")

    send(beside(talk.address, "request"), "leave bob@example.org")

    assert subscription_at(talk, "bob@example.org") is not None
    assert Letter.objects.get(kind="lists.confirm_leave").to == "bob@example.org"


def test_an_unproven_leave_of_who_is_not_on_the_list_writes_to_nobody() -> None:
    talk = a_list()

    send(beside(talk.address, "leave"), proven=False)

    assert (Letter.objects.count(), Question.objects.count()) == (0, 0)


def test_any_verified_address_of_a_person_leaves_for_their_others() -> None:
    talk = a_list()
    person = people.arrive(ADA, at=NOON)
    people.add_address(person, "ada@work.example", at=NOON)
    on(talk, "ada@work.example")

    send(beside(talk.address, "leave"))

    assert subscription_at(talk, "ada@work.example") is None


@pytest.mark.parametrize(
    ("words", "delivery", "style"),
    [("digest", "daily", "mime"), ("digest weekly", "weekly", "mime"), ("nomail", "none", "mime"),
     ("digest plain", "daily", "plain")],
)  # fmt: skip
def test_a_proven_subscriber_says_how_mail_comes(words: str, delivery: str, style: str) -> None:
    talk = a_list()
    subscription = on(talk)

    send(beside(talk.address, "request"), words)

    subscription.refresh_from_db()
    assert (subscription.delivery, subscription.style) == (delivery, style)
    assert kinds() == ["lists.commands"]


def test_an_unproven_wish_for_a_digest_is_a_question() -> None:
    talk = a_list()
    subscription = on(talk)

    send(beside(talk.address, "request"), "digest weekly", proven=False)

    assert Question.objects.get().purpose == Purpose.CHANGE
    assert kinds() == ["lists.confirm_change"]
    answer(Question.objects.get(), at=NOON)
    subscription.refresh_from_db()
    assert subscription.delivery == "weekly"


def test_what_is_not_understood_is_answered_with_help() -> None:
    talk = a_list()

    send(beside(talk.address, "request"), "please make me a sandwich")

    (letter,) = Letter.objects.all()
    assert "please make me a sandwich" in letter.body
    assert "digest daily" in letter.body


def test_help_goes_to_nobody_whose_address_is_not_proven() -> None:
    send(beside(a_list().address, "request"), "help", proven=False)

    assert Letter.objects.count() == 0


def test_a_sender_gets_one_automatic_answer_a_day() -> None:
    talk = a_list()
    for n in range(3):
        send(beside(talk.address, "request"), "help", subject=f"help {n}")

    assert kinds() == ["lists.commands"]


@pytest.mark.parametrize(
    ("envelope", "more"),
    [("", ""), (ADA, "Auto-Submitted: auto-replied\r\n"), (ADA, "Precedence: bulk\r\n"),
     (ADA, "X-Auto-Response-Suppress: All\r\n"), (ADA, "X-Spam: Yes\r\n"),
     (ADA, "List-Id: <other.example.net>\r\n"), ("MAILER-DAEMON@example.org", "")],
)  # fmt: skip
@pytest.mark.parametrize("what", ["join", "leave", "request"])
def test_robots_give_no_commands_and_get_no_answer(what: str, envelope: str, more: str) -> None:
    talk = a_list()
    on(talk)

    send(beside(talk.address, what), "help", envelope=envelope, more=more)

    assert subscription_at(talk, ADA) is not None
    assert Letter.objects.count() == 0
    assert Tally.objects.get().what == "robot"


def test_a_vacation_reply_to_a_question_confirms_nothing() -> None:
    talk = a_list()
    send(beside(talk.address, "join"))

    send(question_address(Question.objects.get()), more="Auto-Submitted: auto-replied\r\n")

    assert subscription_at(talk, ADA) is None


def test_a_command_that_comes_twice_is_done_once() -> None:
    talk = a_list()
    for _ in range(2):
        send(beside(talk.address, "join"))

    assert (Question.objects.count(), Arrival.objects.count(), Letter.objects.count()) == (1, 1, 1)


def test_one_address_is_asked_twice_a_day_about_a_list_and_ten_times_about_all() -> None:
    lists = [a_list() for _ in range(6)]
    for n in range(3):
        for one in lists:
            send(beside(one.address, "join"), subject=f"{n}", proven=False)

    assert Letter.objects.count() == limits.PER_ADDRESS
    asked = Question.objects.filter(mailing_list=lists[0]).count()
    assert asked == limits.PER_ADDRESS_AND_LIST


def test_a_flood_of_forged_joins_ends_after_two_hundred_letters_an_hour(
    django_assert_max_num_queries: Any,
) -> None:
    talk = a_list()
    to = beside(talk.address, "join")
    for n in range(limits.PER_LIST):
        send(to, author=f"victim-{n}@example.net", proven=False)
    before = (Letter.objects.count(), Question.objects.count(), Arrival.objects.count())
    assert before == (limits.PER_LIST,) * 3

    for n in range(100):
        send(to, author=f"later-{n}@example.net", proven=False)
    with django_assert_max_num_queries(20):
        send(to, author="last@example.net", proven=False)

    after = (Letter.objects.count(), Question.objects.count(), Arrival.objects.count())
    assert after == before
    assert Tally.objects.get().count == 101


def test_a_join_of_a_closed_list_is_refused_at_the_door() -> None:
    talk = a_list()
    MailingList.objects.filter(pk=talk.pk).update(closed_at=NOON)

    assert destination(beside(talk.address, "join")) is None


def test_five_commands_of_a_mail_count_and_no_more() -> None:
    talk = a_list()
    names = "\n".join(f"join someone-{n}@example.net" for n in range(10_000))

    send(beside(talk.address, "request"), names, proven=False)

    assert Question.objects.count() == 5
