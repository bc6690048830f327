"""How a list is set up, stopped, closed and opened; what became of posts, in numbers."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from intersession.coalitions.testing import a_coalition, a_coordinator
from intersession.journal.models import Entry
from intersession.kit.answers import Denied, Refused
from intersession.kit.edits import Meanwhile, mark
from intersession.lists import actions
from intersession.lists.actions.counting import count_month
from intersession.lists.actions.receiving import NotTaken, receive
from intersession.lists.models import Held, MailingList
from intersession.lists.queries.addressed import destination
from intersession.lists.queries.handled import this_month
from intersession.lists.rules.settings import Settings
from intersession.lists.states import Outcome
from intersession.lists.testing import a_list
from intersession.membership.testing import a_member
from intersession.people.models import Person
from intersession.people.testing import NOON, a_person
from tests.lists.author import ADDRESS, subscribed
from tests.lists.held import PROVEN, UNPROVEN, a_held_post, a_mail, a_moderator

pytestmark = pytest.mark.django_db

type Counted = Callable[[int], AbstractContextManager[None]]

NEW = Settings("New", "To talk.", "members", True, False, "", "", 100_000)


@pytest.fixture
def talk() -> MailingList:
    return a_list()


@pytest.fixture
def coordinator(talk: MailingList) -> Person:
    return a_coordinator(talk.coalition)


def outcome(talk: MailingList, number: int) -> str:
    talk.refresh_from_db()
    raw = a_mail(talk.address, number)
    return receive(talk, raw, at=NOON, envelope=ADDRESS, authentic=PROVEN).outcome


def test_settings_are_changed_and_the_record_says_which(
    talk: MailingList, coordinator: Person
) -> None:
    actions.change_settings(coordinator, talk, NEW, at=NOON)

    talk.refresh_from_db()
    assert (talk.title, talk.posting, talk.holds_first, talk.largest) == (
        "New", "members", True, 100_000,
    )  # fmt: skip
    entry = Entry.objects.latest("number")
    assert entry.facts["fields"] == ["title", "purpose", "posting", "holds_first", "largest"]
    assert entry.is_public


def test_settings_that_cannot_be_are_refused(talk: MailingList, coordinator: Person) -> None:
    for wrong in (replace(NEW, title=""), replace(NEW, largest=1), replace(NEW, largest=10**9)):
        with pytest.raises(Refused):
            actions.change_settings(coordinator, talk, wrong, at=NOON)
    actions.change_settings(coordinator, talk, NEW, at=NOON)
    with pytest.raises(Refused, match="Nothing is different"):
        actions.change_settings(coordinator, talk, NEW, at=NOON)
    with pytest.raises(Denied):
        actions.change_settings(a_moderator(talk.coalition), talk, NEW, at=NOON)


def test_nobody_overwrites_settings_they_have_not_seen(
    talk: MailingList, coordinator: Person, client: Client
) -> None:
    seen = actions.settings_of(talk)
    actions.change_settings(coordinator, talk, NEW, at=NOON)

    with pytest.raises(Meanwhile):
        actions.change_settings(
            coordinator, talk, replace(NEW, title="Mine"), at=NOON, base=mark(seen)
        )


def test_a_stale_form_keeps_its_words_and_shows_the_difference(
    talk: MailingList, coordinator: Person, client: Client
) -> None:
    client.force_login(coordinator)
    page = f"/lists/{talk.name}/settings/"
    form = client.get(page).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not False}
    actions.change_settings(coordinator, talk, NEW, at=NOON)

    answer = client.post(page, {**typed, "title": "Mine"})

    assert "Somebody else saved this while you were writing." in answer.text
    assert 'value="Mine"' in answer.text
    assert "What the other changed" in answer.text
    talk.refresh_from_db()
    assert talk.title == "New"


def test_the_settings_page_saves_and_warns_of_broken_signatures(
    talk: MailingList, coordinator: Person, client: Client
) -> None:
    client.force_login(coordinator)
    page = f"/lists/{talk.name}/settings/"
    shown = client.get(page)
    form = shown.context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not False}

    assert shown.text.count("signature of the author") == 2
    saved = client.post(page, {**typed, "prefix": "[talk]"})

    assert saved.status_code == 302
    talk.refresh_from_db()
    assert talk.prefix == "[talk]"


def test_the_emergency_stop_holds_every_post_and_says_why(
    talk: MailingList, client: Client
) -> None:
    subscribed(talk)
    moderator = a_moderator(talk.coalition)

    actions.stop_list(moderator, talk, at=NOON, reason="A flood of spam.")

    assert outcome(talk, 1) == Outcome.HELD
    assert Held.objects.get().reasons == ["stopped"]
    assert "A flood of spam." in client.get(f"/lists/{talk.name}/").text
    actions.release_list(moderator, talk, at=NOON)
    assert outcome(talk, 2) == Outcome.ARCHIVED
    assert "A flood of spam." not in client.get(f"/lists/{talk.name}/").text
    assert Held.objects.get().state == "held"


def test_a_stop_needs_a_reason_and_is_one(talk: MailingList) -> None:
    moderator = a_moderator(talk.coalition)

    with pytest.raises(Refused, match="reason"):
        actions.stop_list(moderator, talk, at=NOON, reason="")
    with pytest.raises(Refused, match="not stopped"):
        actions.release_list(moderator, talk, at=NOON)
    with pytest.raises(Denied):
        actions.stop_list(a_member(talk.coalition), talk, at=NOON, reason="No.")
    actions.stop_list(moderator, talk, at=NOON, reason="Spam.")
    with pytest.raises(Refused, match="stopped already"):
        actions.stop_list(moderator, talk, at=NOON, reason="Spam.")


def test_a_closed_list_takes_no_mail_until_it_is_opened_again(
    talk: MailingList, coordinator: Person
) -> None:
    actions.close_list(coordinator, talk, at=NOON)

    assert destination(talk.address) is None
    with pytest.raises(Refused, match="closed"):
        actions.close_list(coordinator, talk, at=NOON)
    actions.reopen_list(coordinator, talk, at=NOON)
    assert destination(talk.address) is not None
    with pytest.raises(Refused, match="open"):
        actions.reopen_list(coordinator, talk, at=NOON)


def test_a_list_with_waiting_posts_is_not_closed(talk: MailingList, coordinator: Person) -> None:
    a_held_post(talk)

    with pytest.raises(Refused, match="wait for a moderator"):
        actions.close_list(coordinator, talk, at=NOON)
    with pytest.raises(Denied):
        actions.close_list(a_moderator(talk.coalition), talk, at=NOON)


def test_a_coordinator_opens_a_list_of_announcements_that_refuses_others(client: Client) -> None:
    coalition = a_list().coalition
    client.force_login(a_coordinator(coalition))
    told = {"title": "News", "name": "News-1", "posting": "officers", "purpose": "What is new."}

    answer = client.post(f"/lists/opening/{coalition.slug}/", told)

    assert answer.headers["Location"] == "/lists/news-1/"
    news = MailingList.objects.get(name="news-1")
    subscribed(news)
    with pytest.raises(NotTaken, match=r"5\.7\.2"):
        outcome(news, 1)


@pytest.mark.parametrize("name", ["opening", "questions", "leaving", "own-posts"])
def test_no_list_takes_the_name_of_a_page(name: str) -> None:
    coalition = a_coalition()

    with pytest.raises(Refused):
        actions.open_list(
            a_coordinator(coalition), coalition, at=NOON, name=name, title="X",
            address=f"{name}@lists.example.org",
        )  # fmt: skip


def test_numbers_say_how_many_met_which_end(talk: MailingList) -> None:
    moderator = a_moderator(talk.coalition)
    posts = [a_held_post(talk, number) for number in range(4)]
    actions.approve(moderator, posts[0], at=NOON)
    actions.reject(moderator, posts[1], at=NOON, reason="No.")
    actions.discard(moderator, posts[2], at=NOON)
    subscribed(talk)
    outcome(talk, 9)
    a_held_post(talk, 10, authentic=UNPROVEN, at=NOON + timedelta(days=1))
    own = f"List-Id: <{talk.name}.lists.example.org>\r\n"
    raw = a_mail(talk.address, 11, more=own)
    receive(talk, raw, at=NOON, envelope=ADDRESS, authentic=PROVEN)

    found = this_month(talk, at=NOON + timedelta(days=2))

    assert (found.came, found.went_out, found.held, found.asked, found.kept_out) == (7, 2, 4, 1, 1)
    assert (found.approved, found.rejected, found.discarded, found.expired) == (1, 1, 1, 0)


def test_the_numbers_are_public_and_name_nobody(talk: MailingList, client: Client) -> None:
    held = a_held_post(talk)
    actions.reject(a_moderator(talk.coalition), held, at=NOON, reason="No.")

    shown = client.get(f"/lists/{talk.name}/moderation/").text

    assert "March 2026" in shown
    assert '<td data-l="Rejected">1</td>' in shown
    assert "Ada" not in shown
    assert "Stop the list" not in shown
    assert "What became of the posts" in client.get(f"/lists/{talk.name}/").text


def test_a_month_is_counted_into_the_record_once(talk: MailingList) -> None:
    a_held_post(talk)
    first = NOON + timedelta(days=31)

    assert (count_month(at=first), count_month(at=first)) == (1, 0)

    entry = Entry.objects.latest("number")
    assert (entry.verb, entry.is_public) == ("lists.count_month", True)
    assert (entry.facts["month"], entry.facts["came"], entry.facts["held"]) == ("2026-03", 1, 1)


def test_authors_see_their_own_waiting_posts_with_the_reasons(
    talk: MailingList, client: Client, django_assert_num_queries: Counted
) -> None:
    ada = a_person(email=ADDRESS)
    ada.emailaddress_set.update_or_create(  # type: ignore[attr-defined]
        email=ADDRESS, defaults={"verified": True, "primary": True}
    )
    a_held_post(talk)
    client.force_login(ada)

    with django_assert_num_queries(4):
        shown = client.get("/lists/own-posts/").text
    a_held_post(talk, 2)
    a_held_post(a_list(talk.coalition), 3)
    with django_assert_num_queries(4):
        client.get("/lists/own-posts/")

    assert "Hello 1" in shown
    assert "The sender is not subscribed to this list." in shown
    client.force_login(a_person())
    assert "Hello 1" not in client.get("/lists/own-posts/").text


def test_a_reason_of_a_stop_that_is_too_long_is_kept_to_be_cut_by_its_writer(
    talk: MailingList, client: Client
) -> None:
    moderator = a_moderator(talk.coalition)
    client.force_login(moderator)
    long = "Spam. " * 60

    page = client.post(f"/lists/{talk.name}/stop/", {"words": long}).text

    assert long.strip() in page
    assert "at most 300 characters" in page.lower()
    with pytest.raises(Refused, match="room for 300"):
        actions.stop_list(moderator, talk, at=NOON, reason=long)
    talk.refresh_from_db()
    assert talk.stopped_at is None
