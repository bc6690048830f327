"""What the mail engine needs no more is thrown away, and nothing else."""

from datetime import timedelta

import pytest

from intersession.kit import batches
from intersession.lists import actions
from intersession.lists.actions import pruning, relaying
from intersession.lists.models import Answered, Arrival, Parcel, Question, Relay
from intersession.lists.states import Outcome, Purpose, RelayState
from intersession.lists.testing import a_list
from intersession.outbox.actions import write_exact
from intersession.outbox.models import Enclosure, Letter
from intersession.people.testing import NOON
from tests.lists.test_relaying import MAIL, subscribers

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def letters(*to: str) -> None:
    write_exact(
        "tests.hello", dict.fromkeys(to), b"A mail", at=NOON, subject="Hello",
        reason="You asked.", return_path="",
    )  # fmt: skip
    Letter.objects.update(body="Good day", html="<p>Good day")


def test_a_letter_loses_its_texts_a_month_after_it_was_sent_or_failed() -> None:
    letters("a@example.org", "b@example.org")
    sent, failed = Letter.objects.order_by("pk")
    Letter.objects.filter(pk=sent.pk).update(sent_at=NOON)
    Letter.objects.filter(pk=failed.pk).update(failed_at=NOON + DAY)

    assert pruning.prune(at=NOON + 30 * DAY) == 0
    assert pruning.prune(at=NOON + 30.5 * DAY) == 1
    assert Enclosure.objects.exists()  # the other letter has it still
    assert pruning.prune(at=NOON + 32 * DAY) == 1

    assert Letter.objects.filter(body="", html="", enclosed=None).count() == 2
    assert not Enclosure.objects.exists()


def test_a_letter_that_waits_keeps_its_texts() -> None:
    letters("a@example.org")

    assert pruning.prune(at=NOON + 400 * DAY) == 0


def test_a_question_goes_a_month_after_it_ended_and_an_automatic_answer_after_two_days() -> None:
    Question.objects.create(
        purpose=Purpose.JOIN, mailing_list=a_list(), address="a@example.org", asked_at=NOON,
        ends_at=NOON + DAY,
    )  # fmt: skip
    Answered.objects.create(address="a@example.org", on=NOON.date())

    assert pruning.prune(at=NOON + 2 * DAY) == 0
    assert pruning.prune(at=NOON + 3 * DAY) == 1
    assert pruning.prune(at=NOON + 31 * DAY) == 0
    assert pruning.prune(at=NOON + 31.5 * DAY) == 1


def test_a_mail_kept_out_or_not_read_is_forgotten_after_two_weeks_and_no_other() -> None:
    mailing_list = a_list()
    for number, outcome in enumerate([Outcome.DROPPED, Outcome.UNREADABLE, Outcome.HELD]):
        Arrival.objects.create(
            key=bytes([number]), mailing_list=mailing_list, at=NOON, outcome=outcome, raw=b"mail"
        )

    assert pruning.prune(at=NOON + 14 * DAY) == 0
    assert pruning.prune(at=NOON + 15 * DAY) == 2

    kept = {one.outcome: bytes(one.raw) for one in Arrival.objects.all()}
    assert kept == {Outcome.DROPPED: b"", Outcome.UNREADABLE: b"", Outcome.HELD: b"mail"}


def test_the_parcels_of_a_relay_go_a_month_after_it_ended_in_batches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 3)
    mailing_list = a_list()
    subscribers(mailing_list, 800)
    ended, open_ = (
        relaying.relay(actions.archive(mailing_list, mail, at=NOON), at=NOON)
        for mail in (MAIL, MAIL.replace(b"<1@", b"<2@"))
    )
    Parcel.objects.update(done_at=NOON)
    Relay.objects.filter(pk=ended.pk).update(state=RelayState.SENT, sent_at=NOON)

    assert pruning.prune(at=NOON + 30 * DAY) == 0
    assert pruning.prune(at=NOON + 31 * DAY) == 8

    assert (ended.parcels.count(), open_.parcels.count()) == (0, 8)
