"""Letters of lists bear a return path of their own, and what comes back to it has an end (9)."""

import pytest

from intersession.lists import actions
from intersession.lists.actions.entrance import take
from intersession.lists.letters import asking, posting
from intersession.lists.models import (
    Answered,
    Health,
    Held,
    MailingList,
    Question,
    Subscription,
    Tally,
)
from intersession.lists.queries.addressed import destination
from intersession.lists.queries.tokens import letter_path
from intersession.lists.rules.judging import Authentic
from intersession.lists.states import Purpose
from intersession.lists.testing import a_list
from intersession.outbox.formats import message as as_mail
from intersession.outbox.models import Letter
from intersession.people.testing import NOON
from tests.lists.bounced import complaint, failed, reply, status_report
from tests.lists.commanded import ADA, beside, send

pytestmark = pytest.mark.django_db


def welcomed(talk: MailingList) -> Letter:
    """Subscribe Ada, and return the letter that welcomes her, as it has left."""
    actions.subscribe(None, talk, ADA, at=NOON)
    Letter.objects.update(sent_at=NOON)
    return Letter.objects.get(kind="lists.welcome")


def back(letter: Letter, raw: bytes) -> None:
    where = destination(as_mail(letter).from_email)
    assert where is not None
    take(where, raw, at=NOON, envelope="", authentic=Authentic())


def test_each_letter_of_a_list_leaves_with_a_return_path_of_its_own() -> None:
    talk = a_list()
    actions.subscribe(None, talk, ADA, at=NOON)
    asked = Question.objects.create(
        purpose=Purpose.JOIN, mailing_list=talk, address="bo@example.org", asked_at=NOON,
        ends_at=NOON,
    )  # fmt: skip
    asking.ask(asked, at=NOON)
    held = Held.objects.create(
        mailing_list=talk, raw=b"", address="cy@example.org", state="held", at=NOON
    )
    posting.tell_held(held, at=NOON)
    send(beside(talk.address, "request"), "help")
    letters = list(Letter.objects.order_by("pk"))

    mails = [as_mail(letter) for letter in letters]

    kinds = {letter.kind for letter in letters}
    assert {"lists.welcome", "lists.confirm_join", "lists.held", "lists.commands"} <= kinds
    assert [mail.from_email for mail in mails] == [
        letter_path(f"{talk.name}-bounces@lists.example.org", letter.pk) for letter in letters
    ]
    assert len({mail.from_email for mail in mails}) == len(mails)
    assert {mail.message()["From"] for mail in mails} == {"intersession <noreply@localhost>"}
    assert {mail.message()["Auto-Submitted"] for mail in mails} == {"auto-generated"}
    assert all(len(mail.from_email.partition("@")[0]) <= 64 for mail in mails)


def test_a_letter_that_comes_back_is_noted_once_and_scored_against_its_reader() -> None:
    letter = welcomed(a_list())

    for _ in range(2):
        back(letter, status_report(failed(ADA, "5.1.1", f"550 no {ADA} here")))

    letter.refresh_from_db()
    assert (letter.returned_at, letter.sent_at) == (NOON, NOON)
    assert letter.trouble == "5.1.1 smtp; 550 no … here"
    assert Health.objects.get().score == 2
    assert Letter.objects.count() == 1


def test_who_is_on_no_list_is_noted_and_not_scored() -> None:
    letter = welcomed(a_list())
    actions.unsubscribe(None, Subscription.objects.get().mailing_list, ADA, at=NOON)

    back(letter, status_report(failed(ADA, "5.1.1")))

    letter.refresh_from_db()
    assert (letter.returned_at, Health.objects.count()) == (NOON, 0)


def test_a_letter_that_is_late_or_answered_by_a_machine_did_not_come_back() -> None:
    letter = welcomed(a_list())

    back(letter, status_report(failed(ADA, "4.4.1", action="delayed")))
    back(letter, reply("Out of office", "Auto-Submitted: auto-replied\n"))

    letter.refresh_from_db()
    assert letter.returned_at is None
    assert [tally.what for tally in Tally.objects.all()] == ["reply"]
    assert (Letter.objects.count(), Answered.objects.count()) == (1, 0)


def test_who_complains_about_a_letter_gets_no_more_mail_of_the_list() -> None:
    letter = welcomed(a_list())

    back(letter, complaint())

    assert Subscription.objects.get().stopped_by == "complaint"


def test_a_report_at_another_list_s_address_changes_nothing() -> None:
    talk, other = a_list(), a_list()
    letter = welcomed(talk)
    where = destination(letter_path(f"{other.name}-bounces@lists.example.org", letter.pk))
    assert where is not None

    take(where, status_report(failed(ADA, "5.1.1")), at=NOON, envelope="", authentic=Authentic())

    letter.refresh_from_db()
    assert (letter.returned_at, Health.objects.count()) == (None, 0)


def test_a_forged_token_is_counted_and_left_out() -> None:
    letter = welcomed(a_list())
    path = as_mail(letter).from_email
    where = destination(path.replace("+", "+aa"))
    assert where is not None

    take(where, status_report(failed(ADA, "5.1.1")), at=NOON, envelope="", authentic=Authentic())

    letter.refresh_from_db()
    assert letter.returned_at is None
    assert [tally.what for tally in Tally.objects.all()] == ["no_token"]
