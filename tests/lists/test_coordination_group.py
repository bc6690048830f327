"""The open list of the group where coalitions coordinate: like any list, of no coalition."""

import pytest
from django.test import Client

from intersession.coalitions import actions as coalitions
from intersession.coalitions.models import Coalition
from intersession.coalitions.queries import register
from intersession.coalitions.states import Office
from intersession.coalitions.testing import a_coalition, a_coordination_group, a_coordinator
from intersession.kit.answers import Denied
from intersession.lists import actions
from intersession.lists.models import Held, MailingList, Message, Subscription
from intersession.lists.permissions import may_look_after, may_moderate
from intersession.lists.queries.knowledge import known_of, moderators_of
from intersession.lists.states import Posting
from intersession.lists.testing import a_list
from intersession.membership import actions as membership
from intersession.people.models import Person
from intersession.people.testing import NOON, a_person, the_secretariat
from tests.lists.archive import archived
from tests.lists.held import a_held_post
from tests.lists.mail import mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Coalition:
    return a_coordination_group()


@pytest.fixture
def the_list(group: Coalition) -> MailingList:
    return a_list(group)


def a_representative() -> Person:
    person = a_person()
    office = Office.REPRESENTATIVE
    coalitions.seat(the_secretariat(), a_coalition(), person, office, at=NOON)
    return person


def test_anybody_reads_its_archive_and_finds_how_to_subscribe(
    client: Client, the_list: MailingList
) -> None:
    archived(the_list, [mail("a@example.org", "Words.", subject="The next call")])

    shown = client.get(f"/lists/{the_list.name}/").content.decode()

    assert "The next call" in shown
    assert f'<a href="/lists/{the_list.name}/subscription/"' in shown
    assert client.get(f"/lists/{the_list.name}/archive.mbox").status_code == 200


def test_anybody_subscribes_without_approval(the_list: MailingList) -> None:
    actions.subscribe(None, the_list, "ann@example.org", at=NOON)

    assert Subscription.objects.get(mailing_list=the_list).address == "ann@example.org"


def test_its_page_leads_to_the_list_and_lets_nobody_join(
    client: Client, the_list: MailingList
) -> None:
    shown = client.get("/coalitions/dccg/").content.decode()

    assert f'href="/lists/{the_list.name}/subscription/"' in shown
    assert "It is no coalition itself" in shown
    assert "membership/" not in shown
    with pytest.raises(Denied, match="Coalitions choose who represents them here"):
        membership.join(a_person(), the_list.coalition, at=NOON)


def test_the_register_does_not_count_it_and_leads_to_it(client: Client, group: Coalition) -> None:
    a_coalition()

    shown = client.get("/coalitions/").content.decode()

    assert group not in register(None)
    assert "1 coalition<" in shown
    assert '<a href="/coalitions/dccg/">' in shown
    assert "1 group in the register" in client.get("/").content.decode()


def test_its_people_are_those_who_represent_coalitions(client: Client, group: Coalition) -> None:
    person = a_representative()

    shown = client.get("/coalitions/dccg/people/").content.decode()

    assert person.name in shown
    assert "No coalition has named" not in shown


def test_who_represents_a_coalition_posts_as_a_member(the_list: MailingList) -> None:
    inside, outside = a_representative(), a_coordinator(a_coalition())

    assert known_of(the_list, inside.email, at=NOON).is_member
    assert not known_of(the_list, outside.email, at=NOON).is_member


def test_the_secretariat_and_its_own_coordinators_moderate(the_list: MailingList) -> None:
    facilitator, of_a_coalition = a_coordinator(the_list.coalition), a_coordinator(a_coalition())
    secretariat = the_secretariat()

    assert moderators_of(the_list, at=NOON) == [facilitator]
    assert [
        bool(may_moderate(person, the_list, at=NOON))
        for person in (facilitator, secretariat, of_a_coalition)
    ] == [True, True, False]
    assert may_look_after(facilitator, the_list, at=NOON)


def test_without_coordinators_of_its_own_the_secretariat_is_told(the_list: MailingList) -> None:
    assert moderators_of(the_list, at=NOON) == list(Person.objects.filter(is_secretariat=True))


def test_only_the_secretariat_and_its_coordinators_open_its_lists(group: Coalition) -> None:
    words = {"name": "dccg", "address": "dccg@lists.example.org", "title": "Coordination"}

    with pytest.raises(Denied):
        actions.open_list(a_coordinator(a_coalition()), group, at=NOON, **words)

    opened = actions.open_list(the_secretariat(), group, at=NOON, **words)
    assert (opened.coalition, opened.posting) == (group, Posting.SUBSCRIBERS)


def test_a_strangers_post_to_it_waits_and_its_coordinator_lets_it_out(
    client: Client, the_list: MailingList
) -> None:
    facilitator = a_coordinator(the_list.coalition)
    held = a_held_post(the_list)
    client.force_login(facilitator)

    client.post(f"/lists/{the_list.name}/queue/{held.pk}/approval/")

    assert Held.objects.get(pk=held.pk).message == Message.objects.get(mailing_list=the_list)
