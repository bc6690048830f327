"""Following and muting a thread."""

import pytest
from django.test import Client

from intersession.journal.models import Entry
from intersession.kit.answers import Denied, Refused
from intersession.lists import actions
from intersession.lists.models import Subscription, Thread, Watch
from intersession.lists.queries.subscriptions import interest_in
from intersession.lists.testing import a_list
from intersession.people.models import Person
from intersession.people.testing import NOON, a_person
from tests.lists.archive import archived
from tests.lists.mail import mail

pytestmark = pytest.mark.django_db


def a_subscriber() -> tuple[Person, Thread]:
    """Make somebody who is subscribed, and a thread of the list."""
    [message] = archived(a_list(), [mail()])
    person = a_person()
    Subscription.objects.create(
        mailing_list=message.mailing_list, address=person.email, person=person, since=NOON
    )
    return person, message.thread


def test_a_subscriber_follows_then_mutes_then_neither() -> None:
    person, thread = a_subscriber()

    actions.follow(person, thread, at=NOON)
    assert interest_in(person, thread) == "follow"
    actions.mute(person, thread, at=NOON)
    assert interest_in(person, thread) == "mute"
    actions.unwatch(person, thread, at=NOON)

    assert not Watch.objects.exists()
    told = Entry.objects.filter(actor=person).order_by("number")
    assert [entry.verb for entry in told] == ["lists.follow", "lists.mute", "lists.unwatch"]
    assert not any(entry.is_public for entry in told)


def test_what_is_so_already_is_refused() -> None:
    person, thread = a_subscriber()
    with pytest.raises(Refused):
        actions.unwatch(person, thread, at=NOON)
    actions.follow(person, thread, at=NOON)
    with pytest.raises(Refused):
        actions.follow(person, thread, at=NOON)
    actions.mute(person, thread, at=NOON)
    with pytest.raises(Refused):
        actions.mute(person, thread, at=NOON)


def test_who_is_not_subscribed_watches_nothing() -> None:
    _, thread = a_subscriber()
    for act in (actions.follow, actions.mute, actions.unwatch):
        with pytest.raises(Denied, match="subscribes"):
            act(a_person(), thread, at=NOON)


def test_the_page_of_a_thread_has_the_buttons_for_subscribers(client: Client) -> None:
    person, thread = a_subscriber()
    address = thread.get_absolute_url()
    assert "Mail of this thread" not in client.get(address).content.decode()
    client.force_login(person)

    client.post(f"{address}following/")
    shown = client.get(address).content.decode()

    assert "You follow it" in shown
    assert "Mute this thread" in shown
    client.force_login(a_person())
    assert "Whoever subscribes to the list" in client.get(address).content.decode()
