"""What a newcomer reads of a list: its name once, and how to come in and to leave."""

import pytest
from django.test import Client

from intersession.coalitions.testing import a_coalition
from intersession.lists import actions
from intersession.lists.models import MailingList
from intersession.lists.testing import NOON
from intersession.outbox.models import Letter
from intersession.people.testing import the_secretariat


def of_one_name(title: str = "") -> MailingList:
    """Open a list with a title, else with the name of its coalition."""
    coalition = a_coalition()
    return actions.open_list(
        the_secretariat(), coalition, at=NOON, name="one", address="one@lists.example.org",
        title=title or coalition.name,
    )  # fmt: skip


@pytest.mark.django_db
def test_the_way_to_a_page_names_a_list_of_the_coalition_s_name_once(client: Client) -> None:
    one = of_one_name()

    way = client.get(f"/lists/{one.name}/").text.partition('<ol class="crumbs">')[2]

    assert way.startswith(
        f'<li><a href="{one.coalition.get_absolute_url()}"><bdi lang="en">{one.title}</bdi></a>'
        '</li><li aria-current="page">List</li></ol>'
    )


@pytest.mark.django_db
def test_the_way_to_a_page_names_a_list_of_another_name(client: Client) -> None:
    one = of_one_name("Working group")

    way = client.get(f"/lists/{one.name}/").text.partition('<ol class="crumbs">')[2]

    assert '<li aria-current="page"><bdi>Working group</bdi></li></ol>' in way


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["", "Working group"])
def test_a_letter_names_a_list_and_its_coalition_once(client: Client, title: str) -> None:
    one = of_one_name(title)
    named = f"{title} of {one.coalition.name}" if title else one.title

    client.post(f"/lists/{one.name}/subscription/", {"email": "b@x.example", "delivery": "each"})

    letter = Letter.objects.get(to="b@x.example")
    assert f"asked to put b@x.example on the list {named}. Mail of" in letter.body


@pytest.mark.django_db
def test_the_page_to_join_names_the_address_that_does_it_by_mail(client: Client) -> None:
    one = of_one_name()

    page = client.get(f"/lists/{one.name}/subscription/").text

    assert 'href="mailto:one-join@lists.example.org">one-join@lists.example.org</a>' in page


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["get", "post"])
def test_a_link_to_leave_that_leads_nowhere_says_how_to_leave(client: Client, how: str) -> None:
    answer = getattr(client, how)("/lists/leaving/cut-short/")

    assert answer.status_code == 404
    assert "This link leads to no subscription" in answer.text
    assert "“-leave” before the @" in answer.text


@pytest.mark.django_db
def test_the_head_of_a_list_leads_to_subscribing_and_writing(client: Client) -> None:
    one = of_one_name()

    head = client.get(f"/lists/{one.name}/").text.partition("<h1>")[2].partition("</div>")[0]

    assert f'href="/lists/{one.name}/subscription/"' in head
    assert f'href="/lists/{one.name}/new/"' in head
