from dataclasses import replace

import pytest
from allauth.account.models import EmailAddress

from intersession.coalitions.testing import a_coordinator
from intersession.journal.models import Entry
from intersession.journal.rules import salted_digest
from intersession.kit.answers import Denied, Refused
from intersession.lists import actions
from intersession.lists.models import MailingList
from intersession.lists.queries.subscribers import subscriptions_of
from intersession.lists.states import Delivery, Way
from intersession.lists.testing import a_list
from intersession.outbox.models import Letter
from intersession.people.models import Person
from intersession.people.testing import NOON, a_person

pytestmark = pytest.mark.django_db

ANN = "ann@example.org"


def a_person_at(email: str) -> Person:
    person = a_person(email=email)
    EmailAddress.objects.create(user_id=person.pk, email=email, verified=True, primary=True)
    return person


def test_an_address_is_subscribed_without_an_account_and_told_how_to_leave() -> None:
    mailing_list = a_list()

    subscription = actions.subscribe(None, mailing_list, " Ann@Example.org", at=NOON, way=Way.MAIL)

    assert (subscription.address, subscription.person, subscription.delivery) == (ANN, None, "each")
    letter = Letter.objects.get(to=ANN)
    assert letter.kind == "lists.welcome"
    assert mailing_list.address.replace("@", "-leave@") in letter.body


def test_the_record_keeps_a_subscription_private_and_the_address_as_a_salted_digest() -> None:
    subscription = actions.subscribe(None, a_list(), ANN, at=NOON)

    entry = Entry.objects.get(verb="lists.subscribe")
    assert not entry.is_public
    assert entry.facts == {"way": "web", "delivery": "each"}
    assert entry.digests == {"address": salted_digest(ANN, subscription.salt)}


def test_people_subscribe_their_own_verified_addresses() -> None:
    person = a_person_at(ANN)
    mailing_list = a_list()

    subscription = actions.subscribe(person, mailing_list, ANN, at=NOON)

    assert list(subscriptions_of(person)) == [subscription]


def test_nobody_subscribes_the_address_of_somebody_else() -> None:
    with pytest.raises(Denied, match="not one of yours"):
        actions.subscribe(a_person_at("bob@example.org"), a_list(), ANN, at=NOON)


def test_whoever_looks_after_a_list_takes_an_address_off_and_its_reader_is_told() -> None:
    mailing_list = a_list()
    actions.subscribe(None, mailing_list, ANN, at=NOON)

    actions.unsubscribe(a_coordinator(mailing_list.coalition), mailing_list, ANN, at=NOON)

    assert Letter.objects.latest("pk").kind == "lists.taken_off"
    assert Entry.objects.latest("number").verb == "lists.unsubscribe"


@pytest.mark.parametrize(
    "address", ["", "ann", "ann@", "@example.org", "a b@example.org", "ann@localhost",
                "ann@exam_ple.org", f"{'a' * 65}@example.org", "ann@-x.org", "ann@10.0.0.1"],
)  # fmt: skip
def test_what_is_no_address_is_refused_in_words(address: str) -> None:
    with pytest.raises(Refused, match="cannot go to this address"):
        actions.subscribe(None, a_list(), address, at=NOON)


def test_an_address_that_is_subscribed_is_refused_in_words_and_nothing_is_doubled() -> None:
    mailing_list = a_list()
    actions.subscribe(None, mailing_list, ANN, at=NOON)

    with pytest.raises(Refused, match="subscribed already"):
        actions.subscribe(None, mailing_list, "ANN@example.org", at=NOON)

    assert Letter.objects.count() == 1


def test_a_list_cannot_subscribe_to_a_list() -> None:
    with pytest.raises(Refused, match="to a list"):
        actions.subscribe(None, a_list(), a_list().address, at=NOON)


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"closed_at": NOON}, "closed"), ({"mirrors": "talk@elsewhere.example"}, "lives elsewhere")],
    ids=["closed", "mirror"],
)
def test_a_list_that_relays_nothing_takes_no_subscribers(
    fields: dict[str, object], words: str
) -> None:
    mailing_list = a_list()
    MailingList.objects.filter(pk=mailing_list.pk).update(**fields)
    mailing_list.refresh_from_db()

    with pytest.raises(Refused, match=words):
        actions.subscribe(None, mailing_list, ANN, at=NOON)


def test_leaving_and_joining_again_makes_a_new_row() -> None:
    mailing_list = a_list()
    first = actions.subscribe(None, mailing_list, ANN, at=NOON)
    actions.unsubscribe(None, mailing_list, ANN, at=NOON)

    second = actions.subscribe(None, mailing_list, ANN, at=NOON)

    assert second.pk > first.pk


def test_leaving_twice_is_refused() -> None:
    with pytest.raises(Refused, match="not subscribed"):
        actions.unsubscribe(None, a_list(), ANN, at=NOON)


def test_a_subscriber_takes_a_digest_instead() -> None:
    subscription = actions.subscribe(None, a_list(), ANN, at=NOON)
    wishes = replace(actions.wishes_of(subscription), delivery=Delivery.DAILY)

    actions.set_delivery(None, subscription, wishes, at=NOON)

    subscription.refresh_from_db()
    assert subscription.delivery == "daily"
    entry = Entry.objects.latest("number")
    assert entry.facts == {"fields": ["delivery"], "delivery": "daily"}
    with pytest.raises(Refused, match="Nothing is different"):
        actions.set_delivery(None, subscription, wishes, at=NOON)


def test_people_claim_what_was_subscribed_without_an_account() -> None:
    mailing_list = a_list()
    subscription = actions.subscribe(None, mailing_list, ANN, at=NOON)
    actions.subscribe(None, mailing_list, "bob@example.org", at=NOON)
    person = a_person_at(ANN)

    assert actions.claim(person, at=NOON) == 1

    assert list(subscriptions_of(person)) == [subscription]
    with pytest.raises(Refused, match="waits to be claimed"):
        actions.claim(person, at=NOON)
