"""What follows from mail that comes back (checklist 10, 22, 23)."""

from datetime import datetime, timedelta

import pytest

from intersession.coalitions.testing import a_coordinator
from intersession.journal.models import Entry
from intersession.kit.answers import Denied, Refused
from intersession.lists import actions
from intersession.lists.actions import relaying
from intersession.lists.actions.answering import answer
from intersession.lists.actions.entrance import take
from intersession.lists.models import (
    Bounce,
    Health,
    MailingList,
    Question,
    Relay,
    Subscription,
    Tally,
)
from intersession.lists.queries.addressed import destination
from intersession.lists.queries.tokens import question_address, return_path
from intersession.lists.rules.judging import Authentic
from intersession.lists.testing import a_list
from intersession.outbox.formats import message as as_mail
from intersession.outbox.models import Letter
from intersession.people.testing import NOON, a_person
from tests.lists.bounced import complaint, failed, reply, status_report
from tests.lists.commanded import ADA, send
from tests.lists.mail import mail

pytestmark = pytest.mark.django_db

BAD = "5.1.1"
DAY = timedelta(days=1)


def a_post(talk: MailingList, number: int = 0, at: datetime = NOON) -> Relay:
    message = actions.archive(talk, mail(f"post-{number}@example.org"), at=at)
    return relaying.relay(message, at=at)


def back(
    relay: Relay | None, subscription: Subscription, status: str = BAD, *, at: datetime = NOON,
    raw: bytes = b"",
) -> None:  # fmt: skip
    """Let the copy of a subscription come back."""
    path = return_path(subscription.mailing_list, relay.pk if relay else 0, subscription.pk)
    where = destination(path)
    assert where is not None
    report = raw or status_report(failed(subscription.address, status))
    take(where, report, at=at, envelope="", authentic=Authentic())


def days_of_bounces(subscription: Subscription, days: int, status: str = BAD) -> None:
    talk = subscription.mailing_list
    for day in range(days):
        at = NOON + day * DAY
        back(a_post(talk, day, at), subscription, status, at=at)


def ada_on(talk: MailingList) -> Subscription:
    subscription = actions.subscribe(None, talk, ADA, at=NOON - DAY)
    Letter.objects.all().delete()
    return subscription


def kinds() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("kind", flat=True))


def test_a_bounce_is_kept_and_scored_once_for_a_copy_and_kind() -> None:
    talk = a_list()
    ada = ada_on(talk)
    relay = a_post(talk)

    for _ in range(3):
        back(relay, ada)

    bounce = Bounce.objects.get()
    assert (bounce.relay, bounce.subscription, bounce.kind) == (relay, ada, "address")
    assert Health.objects.get().score == 2
    relay.refresh_from_db()
    assert relay.bounced == 1


def test_a_day_of_bounces_counts_as_its_worst() -> None:
    talk = a_list()
    ada = ada_on(talk)

    for n in range(5):
        back(a_post(talk, n), ada)

    assert (Health.objects.get().score, Health.objects.get().points_that_day) == (2, 2)


def test_two_days_warn_four_days_probe_and_a_probe_that_comes_back_stops_mail_only() -> None:
    ada = ada_on(a_list())

    days_of_bounces(ada, 2)
    assert kinds() == ["lists.bouncing"]
    days_of_bounces_later(ada, 2, 2)
    assert kinds() == ["lists.bouncing", "lists.probe"]
    probe = Letter.objects.get(kind="lists.probe")
    assert probe.return_path == return_path(ada.mailing_list, 0, ada.pk)
    assert as_mail(probe).from_email == probe.return_path
    assert as_mail(probe).message()["From"] == "intersession <noreply@localhost>"

    back(None, ada, at=NOON + 5 * DAY)

    ada.refresh_from_db()
    assert (ada.stopped_by, ada.until) == ("bounces", None)
    entry = Entry.objects.latest("number")
    assert (entry.verb, entry.is_public) == ("lists.stop_mail", False)


def days_of_bounces_later(subscription: Subscription, begin: int, days: int) -> None:
    talk = subscription.mailing_list
    for day in range(begin, begin + days):
        at = NOON + day * DAY
        back(a_post(talk, day, at), subscription, at=at)


def test_a_probe_that_does_not_come_back_ends_the_trouble() -> None:
    ada = ada_on(a_list())
    days_of_bounces(ada, 4)

    days_of_bounces_later(ada, 12, 1)

    ada.refresh_from_db()
    assert (ada.stopped_at, Health.objects.get().score) == (None, 2)


def test_one_click_in_the_letter_lets_mail_come_again() -> None:
    ada = ada_on(a_list())
    days_of_bounces(ada, 4)
    back(None, ada, at=NOON + 5 * DAY)
    asked = Question.objects.filter(purpose="probe").latest("pk")

    answer(asked, at=NOON + 6 * DAY)

    ada.refresh_from_db()
    assert (ada.stopped_at, ada.stopped_by) == (None, "")
    assert not Health.objects.exists()
    assert Entry.objects.latest("number").verb == "lists.resume_mail"


def test_mail_to_the_address_in_the_letter_lets_mail_come_again() -> None:
    ada = ada_on(a_list())
    days_of_bounces(ada, 2)

    send(question_address(Question.objects.get(purpose="probe")))

    assert not Health.objects.exists()


def test_the_reader_told_at_another_address_that_mail_to_one_has_stopped() -> None:
    ada = ada_on(a_list())
    ada.person = a_person(email="ada@home.example")
    ada.save()

    days_of_bounces(ada, 4)
    back(None, ada, at=NOON + 5 * DAY)

    assert Letter.objects.get(kind="lists.stopped").to == "ada@home.example"


def test_mail_that_comes_already_cannot_be_let_come() -> None:
    ada = ada_on(a_list())

    with pytest.raises(Refused, match="comes to this address already"):
        actions.resume_mail(None, ada, at=NOON)
    with pytest.raises(Denied):
        actions.resume_mail(a_person(), ada, at=NOON)


@pytest.mark.parametrize(
    ("status", "action"),
    [("5.7.1", "failed"), ("5.7.26", "failed"), ("5.3.4", "failed"), ("4.2.2", "delayed")],
)
def test_refusals_of_what_a_post_says_and_passing_troubles_never_score(
    status: str, action: str
) -> None:
    talk = a_list()
    ada = ada_on(talk)

    for day in range(5):
        at = NOON + day * DAY
        report = status_report(failed(ADA, status, action=action))
        back(a_post(talk, day, at), ada, raw=report, at=at)

    ada.refresh_from_db()
    assert (ada.stopped_at, Health.objects.count(), kinds()) == (None, 0, [])


def test_a_complaint_stops_mail_at_once_and_writes_no_letter() -> None:
    talk = a_list()
    ada = ada_on(talk)

    back(a_post(talk), ada, raw=complaint())

    ada.refresh_from_db()
    assert (ada.stopped_by, ada.until, kinds()) == ("complaint", None, [])


@pytest.mark.parametrize("more", ["", "Auto-Submitted: auto-replied\n", "Precedence: auto_reply\n"])
def test_vacation_replies_to_a_return_path_are_no_bounces(more: str) -> None:
    talk = a_list()
    ada = ada_on(talk)

    back(a_post(talk), ada, raw=reply("Out of office: Talk", more))

    assert (Bounce.objects.count(), Health.objects.count()) == (0, 0)
    assert Tally.objects.get().what == "reply"


def test_a_vacation_reply_to_a_probe_shows_that_mail_arrives() -> None:
    ada = ada_on(a_list())
    days_of_bounces(ada, 4)

    back(None, ada, raw=reply("Out of office: Talk"), at=NOON + 5 * DAY)

    ada.refresh_from_db()
    assert (ada.stopped_at, Health.objects.get().score) == (None, 0)


@pytest.mark.parametrize("what", ["bounces", "bounces+abcdefgh", "bounces+" + "a" * 40])
def test_reports_without_a_token_or_with_a_forged_one_are_counted_and_score_nothing(
    what: str,
) -> None:
    talk = a_list()
    ada_on(talk)
    where = destination(talk.address.replace("@", f"-{what}@"))
    assert where is not None

    take(where, status_report(failed(ADA, BAD)), at=NOON, envelope="", authentic=Authentic())

    assert (Bounce.objects.count(), Letter.objects.count()) == (0, 0)
    assert (Tally.objects.get().what, Tally.objects.get().count) == ("no_token", 1)


def test_a_token_of_one_list_counts_nothing_on_another() -> None:
    talk, other = a_list(), a_list()
    ada = ada_on(talk)
    path = return_path(other, a_post(talk).pk, ada.pk)
    where = destination(path)
    assert where is not None

    take(where, status_report(failed(ADA, BAD)), at=NOON, envelope="", authentic=Authentic())

    assert Bounce.objects.count() == 0


def a_refused_post(talk: MailingList, refusals: int, readers: int = 60) -> Relay:
    made = Subscription.objects.bulk_create(
        Subscription(mailing_list=talk, address=f"r{n}@example.net", since=NOON - DAY)
        for n in range(readers)
    )
    relay = a_post(talk)
    for one in made[:refusals]:
        back(relay, one)
    relay.refresh_from_db()
    return relay


def test_more_than_one_in_twenty_pauses_the_post_forgives_its_readers_and_tells_the_owners() -> (
    None
):
    talk = a_list()
    owner = a_coordinator(talk.coalition)

    relay = a_refused_post(talk, 5)

    assert (relay.state, relay.bounced, relay.tripped_at) == ("paused", 5, NOON)
    assert set(Health.objects.values_list("score", flat=True)) == {0}
    (letter,) = Letter.objects.filter(kind="lists.refused")
    assert letter.to == owner.email
    assert f"/relays/{relay.pk}/" in letter.body
    assert Entry.objects.latest("number").verb == "lists.pause_relay"


def test_four_of_sixty_are_people_and_no_pattern() -> None:
    relay = a_refused_post(a_list(), 4)

    assert (relay.state, relay.tripped_at) == ("sending", None)


def test_one_reader_whose_reports_say_five_things_is_one_and_no_pattern() -> None:
    relay = a_refused_post(a_list(), 1)
    reader = Bounce.objects.get().subscription

    for report in ("5.2.2", "5.7.1", "5.0.0", complaint()):
        back(relay, reader, *([report] if isinstance(report, str) else []),
             raw=report if isinstance(report, bytes) else b"")  # fmt: skip

    relay.refresh_from_db()
    assert (Bounce.objects.count(), relay.bounced, relay.tripped_at) == (5, 1, None)


def test_a_paused_post_counts_against_nobody_afterwards() -> None:
    talk = a_list()
    relay = a_refused_post(talk, 7)

    assert set(Health.objects.values_list("score", flat=True)) == {0}
    assert Letter.objects.filter(kind="lists.refused").count() == 1
    assert relay.bounced == 7


def test_an_owner_lets_the_post_go_on_or_stops_it() -> None:
    talk = a_list()
    owner = a_coordinator(talk.coalition)
    relay = a_refused_post(talk, 5)

    with pytest.raises(Denied):
        actions.resume_relay(a_person(), relay, at=NOON)
    actions.resume_relay(owner, relay, at=NOON)
    relay.refresh_from_db()
    assert relay.state == "sending"
    assert not relay.parcels.filter(due_at__gt=NOON).exists()
    with pytest.raises(Refused):
        actions.resume_relay(owner, relay, at=NOON)

    actions.stop_relay(owner, relay, at=NOON)

    assert (relay.state, relay.parcels.filter(done_at=None).count()) == ("stopped", 0)
    verbs = Entry.objects.order_by("-number").values_list("verb", flat=True)[:2]
    assert list(verbs) == ["lists.stop_relay", "lists.resume_relay"]


def test_who_left_meanwhile_is_not_scored_any_more() -> None:
    talk = a_list()
    ada = ada_on(talk)
    relay = a_post(talk)
    actions.unsubscribe(None, talk, ADA, at=NOON)

    back(relay, ada)

    assert Health.objects.count() == 0


def test_hostile_reports_never_raise() -> None:
    talk = a_list()
    ada = ada_on(talk)
    for n, raw in enumerate([b"", b"\0", b"\xff" * 999, b"Subject: x\n" * 5_000, reply("x")]):
        back(a_post(talk, n), ada, raw=raw or b"\n")

    assert Health.objects.count() == 0
