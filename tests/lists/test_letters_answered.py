"""Answers to letters of other apps: kept once, with what is proven, and told to who wrote."""

import pytest

from intersession.coalitions.testing import a_coalition
from intersession.kit import facts
from intersession.lists.actions import close_list
from intersession.lists.actions.entrance import is_taken, take
from intersession.lists.actions.receiving import NotTaken
from intersession.lists.actions.taking_answers import A_DAY
from intersession.lists.events import LetterAnswered
from intersession.lists.models import MailAnswer, MailingList, Message, Tally
from intersession.lists.queries.addressed import destination
from intersession.lists.queries.answers import (
    answer_address,
    answer_at,
    answered_by,
    archived_as,
    list_for_answers,
)
from intersession.lists.rules.addresses import LONGEST_NAME, is_spoken_for
from intersession.lists.testing import a_list
from intersession.outbox.models import Letter
from intersession.people.models import Person
from intersession.people.testing import NOON, a_person, the_secretariat
from intersession.site.wiring import WIRING
from tests.lists.author import subscribed
from tests.lists.commanded import ADA, PROVEN, send

pytestmark = pytest.mark.django_db

ABOUT = 127
"""Letters that no app writes."""


@pytest.fixture
def heard():
    """What the app of such a letter hears."""
    told: list[LetterAnswered] = []
    facts.connect({**WIRING, LetterAnswered: [told.append]})
    yield told
    facts.connect(WIRING)


def ada() -> Person:
    return a_person(email=ADA, name="Ada")


def door(person: Person, row: int = 7, mailing_list: MailingList | None = None) -> str:
    return answer_address(mailing_list or a_list(), ABOUT, row, person.pk)


def test_an_answer_is_kept_with_its_bytes_and_told_in_one_fact(heard) -> None:
    person = ada()

    send(door(person), "+1\n\nGood.", subject="Re: Where do you stand?")

    kept = MailAnswer.objects.get()
    assert [(one.answer_id, one.about) for one in heard] == [(kept.pk, ABOUT)]
    assert (kept.row, kept.person, kept.unbound, kept.address) == (7, person, "", ADA)
    assert answer_at(kept.pk).text.startswith("+1")
    assert Letter.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "why"),
    [({"proven": False}, "not_proven"), ({"author": "bo@example.org"}, "not_theirs")],
)
def test_an_answer_tells_why_it_alone_binds_nobody(heard, given, why) -> None:
    send(door(ada()), "+1", **given)

    assert MailAnswer.objects.get().unbound == why


def test_an_answer_from_another_verified_address_of_theirs_binds_them() -> None:
    person = ada()
    person.emailaddress_set.create(email="lovelace@example.org", verified=True)
    person.emailaddress_set.create(email="forged@example.org", verified=False)

    send(door(person), "+1", author="lovelace@example.org")
    send(door(person), "+1", author="forged@example.org")

    assert list(MailAnswer.objects.order_by("pk").values_list("unbound", flat=True)) == [
        "", "not_theirs",
    ]  # fmt: skip


def test_an_answer_that_is_handed_in_twice_is_kept_once(heard) -> None:
    to = door(ada())

    send(to, "+1")
    send(to, "+1")

    assert (MailAnswer.objects.count(), len(heard)) == (1, 1)


@pytest.mark.parametrize(
    "given",
    [
        {"envelope": ""}, {"author": "MAILER-DAEMON@example.org"},
        {"more": "Auto-Submitted: auto-replied\r\n"}, {"more": "X-Autoreply: yes\r\n"},
        {"more": "Precedence: bulk\r\n"}, {"more": "List-Id: <other.example.net>\r\n"},
        {"subject": "Automatic reply: away"}, {"more": "X-Auto-Response-Suppress: All\r\n"},
        {"more": "Content-Type: multipart/report; boundary=b\r\n"},
        {"more": "From: Bo <bo@example.org>\r\n"},
    ],
)  # fmt: skip
def test_robots_and_bounces_that_bear_the_token_do_nothing(heard, given) -> None:
    send(door(ada()), "+1", **given)

    assert (MailAnswer.objects.count(), heard) == (0, [])
    assert Tally.objects.get().what == "robot"


def test_a_program_that_writes_on_and_on_is_counted() -> None:
    to = door(ada())

    for number in range(A_DAY + 2):
        send(to, f"+1 {number}")

    assert MailAnswer.objects.count() == A_DAY
    assert Tally.objects.get(what="limit").count == 2


def test_an_address_that_somebody_made_up_is_refused_at_the_door(heard) -> None:
    talk = a_list()
    forged = talk.address.replace("@", "-answer+aaaabbbbccccdddd@")

    where = destination(forged)

    assert where is not None
    assert not is_taken(where)
    send(forged, "+1")
    assert (MailAnswer.objects.count(), heard) == (0, [])


def test_whoever_is_gone_answers_nothing(heard) -> None:
    person = ada()
    to = door(person)
    Person.objects.update(is_active=False)

    send(to, "+1")

    assert heard == []


def test_an_answer_larger_than_the_list_takes_is_refused() -> None:
    talk = a_list()
    MailingList.objects.update(largest=1_000)

    where = destination(door(ada(), mailing_list=talk))

    assert where is not None
    with pytest.raises(NotTaken, match="552"):
        take(where, b"x" * 1_001, at=NOON, envelope=ADA, authentic=PROVEN)


def test_an_answer_that_went_to_the_list_too_is_found_in_its_archive() -> None:
    person, talk = ada(), a_list()
    subscribed(talk)
    to = door(person, mailing_list=talk)
    both = f"{talk.address}, {to}"
    raw = (
        f"From: {ADA}\r\nTo: {both}\r\nSubject: Re\r\nMessage-ID: <1@example.org>\r\n\r\n+1\r\n"
    ).encode()

    for address in (talk.address, to):
        where = destination(address)
        assert where is not None
        take(where, raw, at=NOON, envelope=ADA, authentic=PROVEN)

    assert archived_as(MailAnswer.objects.get()) == Message.objects.get()
    assert MailAnswer.objects.get().message == Message.objects.get()


def test_a_message_that_only_bears_its_name_is_not_the_same_mail() -> None:
    person, talk = ada(), a_list()
    subscribed(talk)
    for to, body in ((talk.address, "Something else."), (door(person, mailing_list=talk), "+1")):
        send(to, body, subject="Same")

    assert archived_as(MailAnswer.objects.get()) is None


def test_the_first_open_list_that_lives_here_takes_the_answers() -> None:
    coalition = a_coalition()
    assert list_for_answers(coalition) is None
    mirror, closed, talk = (a_list(coalition) for _ in range(3))
    MailingList.objects.filter(pk=mirror.pk).update(mirrors="talk@elsewhere.example")
    close_list(the_secretariat(), closed, at=NOON)

    assert list_for_answers(coalition) == talk


def test_the_address_fits_beside_the_longest_name_of_a_list() -> None:
    talk = MailingList(address=f"{'l' * LONGEST_NAME}@lists.example.org")

    address = answer_address(talk, 1, 2**28 - 1, 2**28 - 1)

    local = address.partition("@")[0]
    assert len(local) <= 64
    assert answered_by(local.partition("+")[2]) == (1, 2**28 - 1, 2**28 - 1)
    assert answered_by("nonsense") is None
    assert is_spoken_for("talk-answer")
