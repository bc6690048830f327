"""Posting rights: apart from membership and subscription (checklist 11; DCCG, 2017)."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from intersession.journal.models import Entry
from intersession.kit.answers import Denied, Refused
from intersession.lists import actions
from intersession.lists.actions.receiving import NotTaken, receive
from intersession.lists.models import Held, MailingList, PostingRight, Subscription
from intersession.lists.queries.knowledge import standing_of
from intersession.lists.states import Outcome, Standing
from intersession.lists.testing import a_list
from intersession.membership.queries import belongs
from intersession.membership.testing import a_member
from intersession.outbox.models import Letter
from intersession.people.models import Person
from intersession.people.testing import NOON, the_secretariat
from tests.lists.author import ADDRESS, subscribed
from tests.lists.held import PROVEN, a_held_post, a_mail, a_moderator

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=30)


@pytest.fixture
def talk() -> MailingList:
    found = a_list()
    subscribed(found)
    return found


@pytest.fixture
def secretariat() -> Person:
    return the_secretariat()


def post(talk: MailingList) -> str:
    raw = a_mail(talk.address)
    return receive(talk, raw, at=NOON, envelope=ADDRESS, authentic=PROVEN).outcome


def test_suspension_of_posting_leaves_membership_and_subscription(
    talk: MailingList, secretariat: Person
) -> None:
    member = a_member(talk.coalition, email=ADDRESS)

    actions.suspend_posting(
        secretariat, talk, ADDRESS, at=NOON, reason="Three warnings.", until=LATER
    )

    with pytest.raises(NotTaken, match=r"5\.7\.1"):
        post(talk)
    assert belongs(member, talk.coalition, at=NOON)
    assert Subscription.objects.get(address=ADDRESS).until is None
    [told] = Letter.objects.filter(to=ADDRESS, kind="lists.suspended")
    for words in ("Three warnings.", "31 March 2026", "stay a member", f"{talk.name}-owner@"):
        assert words in told.body


def test_a_suspension_ends_by_itself(talk: MailingList, secretariat: Person) -> None:
    actions.suspend_posting(secretariat, talk, ADDRESS, at=NOON, reason="Rest.", until=LATER)

    raw = a_mail(talk.address)
    arrival = receive(talk, raw, at=LATER, envelope=ADDRESS, authentic=PROVEN)

    assert arrival.outcome == Outcome.ARCHIVED


def test_a_suspension_needs_a_reason_and_an_end(talk: MailingList, secretariat: Person) -> None:
    with pytest.raises(Refused, match="reason"):
        actions.suspend_posting(secretariat, talk, ADDRESS, at=NOON, reason=" ", until=LATER)
    with pytest.raises(Refused, match="past"):
        actions.suspend_posting(secretariat, talk, ADDRESS, at=NOON, reason="No.", until=NOON)
    with pytest.raises(Refused, match="needs an end"):
        actions.set_posting_right(
            secretariat, talk, ADDRESS, Standing.SUSPENDED, at=NOON, reason="No."
        )
    with pytest.raises(Refused, match="address"):
        actions.suspend_posting(secretariat, talk, "nobody", at=NOON, reason="No.", until=LATER)


def test_a_moderator_trusts_and_looks_first_and_does_not_suspend(talk: MailingList) -> None:
    moderator = a_moderator(talk.coalition)

    actions.set_posting_right(
        moderator, talk, ADDRESS, Standing.MODERATED, at=NOON, reason="Long quotes."
    )

    assert post(talk) == Outcome.HELD
    with pytest.raises(Denied):
        actions.suspend_posting(moderator, talk, ADDRESS, at=NOON, reason="No.", until=LATER)
    with pytest.raises(Denied):
        actions.set_posting_right(
            a_member(talk.coalition), talk, ADDRESS, Standing.TRUSTED, at=NOON
        )


def test_what_is_decided_anew_ends_what_was_decided(talk: MailingList, secretariat: Person) -> None:
    actions.suspend_posting(secretariat, talk, ADDRESS, at=NOON, reason="Rest.", until=LATER)

    actions.set_posting_right(
        secretariat, talk, ADDRESS.upper(), Standing.TRUSTED, at=NOON + timedelta(days=1)
    )

    there = standing_of(talk, frozenset([ADDRESS]), at=NOON + timedelta(days=2))
    assert there == "trusted"
    assert PostingRight.objects.count() == 2


def test_trust_in_a_held_post_ends_a_suspension_too(talk: MailingList, secretariat: Person) -> None:
    Subscription.objects.all().delete()
    held = a_held_post(talk)
    actions.suspend_posting(secretariat, talk, ADDRESS, at=NOON, reason="Rest.", until=LATER)

    actions.approve_and_trust(secretariat, held, at=NOON + timedelta(hours=1))

    there = standing_of(talk, frozenset([ADDRESS]), at=NOON + timedelta(hours=2))
    assert there == "trusted"


def test_a_moderator_ends_no_suspension(talk: MailingList, secretariat: Person) -> None:
    moderator = a_moderator(talk.coalition)
    Subscription.objects.all().delete()
    held = a_held_post(talk)
    actions.suspend_posting(secretariat, talk, ADDRESS, at=NOON, reason="Rest.", until=LATER)

    for standing in (Standing.TRUSTED, Standing.MODERATED):
        with pytest.raises(Denied):
            actions.set_posting_right(
                moderator, talk, ADDRESS.upper(), standing, at=NOON, reason="No."
            )
    with pytest.raises(Denied):
        actions.approve_and_trust(moderator, held, at=NOON)

    assert standing_of(talk, frozenset([ADDRESS]), at=NOON) == "suspended"
    actions.approve(moderator, held, at=NOON)


def test_nobody_is_trusted_whose_address_is_not_there(
    talk: MailingList, secretariat: Person
) -> None:
    Subscription.objects.all().delete()
    held = a_held_post(talk)
    Held.objects.update(address="")

    with pytest.raises(Refused, match="address"):
        actions.approve_and_trust(secretariat, held, at=NOON)

    assert not PostingRight.objects.exists()


def test_what_is_lifted_is_over_and_told_once(talk: MailingList, secretariat: Person) -> None:
    right = actions.suspend_posting(
        secretariat, talk, ADDRESS, at=NOON, reason="Rest.", until=LATER
    )

    with pytest.raises(Denied):
        actions.lift(a_moderator(talk.coalition), right, at=NOON)
    actions.lift(secretariat, right, at=NOON)

    assert post(talk) == Outcome.ARCHIVED
    assert Letter.objects.filter(to=ADDRESS, kind="lists.lifted").count() == 1
    with pytest.raises(Refused, match="over already"):
        actions.lift(secretariat, right, at=NOON)


def test_an_address_that_the_house_does_not_know_is_not_written_to(
    talk: MailingList, secretariat: Person
) -> None:
    actions.suspend_posting(
        secretariat, talk, "x@example.net", at=NOON, reason="Spam.", until=LATER
    )

    assert not Letter.objects.filter(to="x@example.net").exists()


def test_the_entry_of_a_suspension_is_not_public_and_names_nobody(
    talk: MailingList, secretariat: Person
) -> None:
    actions.suspend_posting(secretariat, talk, ADDRESS, at=NOON, reason="Ada!", until=LATER)

    entry = Entry.objects.latest("number")
    assert (entry.verb, entry.is_public) == ("lists.set_posting_right", False)
    assert "da" not in f"{entry.facts}{entry.digests}".replace("suspended", "")


def test_the_page_decides_and_lifts(talk: MailingList, secretariat: Person, client: Client) -> None:
    client.force_login(secretariat)
    page = f"/lists/{talk.name}/posting/"

    assert "stays a member, stays subscribed" in client.get(page).text
    bad = client.post(page, {"address": ADDRESS, "standing": "suspended", "reason": "Rest."})
    assert "A suspension needs an end." in bad.text
    client.post(
        page,
        {"address": ADDRESS, "standing": "suspended", "reason": "Rest.", "until": "2099-01-01"},
    )
    shown = client.get(page).text
    assert ADDRESS in shown
    assert "1 January 2099, 23:59 UTC" in shown
    assert "for 1 address now" in client.get(f"/lists/{talk.name}/moderation/").text
    client.post(f"{page}{PostingRight.objects.get().pk}/lifting/")
    assert ADDRESS not in client.get(page).text


def test_a_suspension_for_good_is_said_to_have_no_end(
    talk: MailingList, secretariat: Person, client: Client
) -> None:
    never = NOON.replace(year=9999)
    actions.suspend_posting(secretariat, talk, ADDRESS, at=NOON, reason="Threats.", until=never)
    client.force_login(secretariat)

    page = client.get(f"/lists/{talk.name}/posting/").text

    [told] = Letter.objects.filter(to=ADDRESS, kind="lists.suspended")
    assert "suspended without an end" in told.body
    assert "without an end" in page
    assert "9999" not in told.body + page


def test_who_is_suspended_reads_so_before_writing(
    talk: MailingList, secretariat: Person, client: Client
) -> None:
    member = a_member(talk.coalition, email=ADDRESS)
    EmailAddress.objects.create(user=member, email=ADDRESS, verified=True)
    actions.suspend_posting(
        secretariat, talk, ADDRESS, at=NOON, reason="Rest.", until=NOON.replace(year=2100)
    )
    client.force_login(member)

    page = client.get(f"/lists/{talk.name}/new/").text

    for words in ("suspended since 1 March 2026, until 1 March 2100", "Rest.", "-owner@"):
        assert words in page
    assert "<textarea" not in page
