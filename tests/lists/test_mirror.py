"""A list that lives elsewhere, archived here."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from intersession.coalitions.testing import a_coordinator
from intersession.journal.models import Entry
from intersession.kit.answers import Denied, Refused
from intersession.lists import actions
from intersession.lists.actions.receiving import NotTaken, receive
from intersession.lists.models import Held, MailingList, Relay
from intersession.lists.rules.judging import Accept, Drop, Hold, Refuse, Signs, judge_mirrored
from intersession.lists.rules.judging.mirrors import is_of_mirror
from intersession.lists.testing import a_list
from intersession.outbox.models import Letter
from intersession.people.testing import NOON, a_person
from tests.lists.archive import archived
from tests.lists.mail import LATEST, mail

ORIGIN = "talk@lists.elsewhere.example"

OF_ORIGIN = {
    "its List-Id": Signs(list_ids=frozenset({"talk.lists.elsewhere.example"})),
    "its List-Post": Signs(list_posts=frozenset({ORIGIN})),
}


@pytest.mark.parametrize("signs", OF_ORIGIN.values(), ids=OF_ORIGIN.keys())
def test_mail_of_the_origin_is_known_by(signs: Signs) -> None:
    assert is_of_mirror(signs, ORIGIN.upper())
    assert judge_mirrored(signs, ORIGIN, 10_000) == Accept()


NOT_OF_ORIGIN = {
    "nothing": (Signs(), Drop),
    "another list": (Signs(list_ids=frozenset({"other.lists.elsewhere.example"})), Drop),
    "a longer name": (Signs(list_ids=frozenset({"x.talk.lists.elsewhere.example"})), Drop),
    "a question of its server": (Signs(authors=("talk-request@lists.elsewhere.example",)), Hold),
    "too many servers": (Signs(received=51, named=frozenset({ORIGIN})), Drop),
    "too large": (Signs(size=20_000, named=frozenset({ORIGIN})), Refuse),
    "spam": (Signs(is_spam=True, named=frozenset({ORIGIN})), Hold),
}


@pytest.mark.parametrize(("signs", "verdict"), NOT_OF_ORIGIN.values(), ids=NOT_OF_ORIGIN.keys())
def test_what_is_kept_out_of_a_mirror(signs: Signs, verdict: type) -> None:
    assert isinstance(judge_mirrored(signs, ORIGIN, 10_000), verdict)


@pytest.fixture
def mirror(db: None) -> MailingList:
    mailing_list = a_list()
    actions.mirror_list(None, mailing_list, f" {ORIGIN.title()}", at=NOON)
    return mailing_list


def test_a_post_of_the_origin_is_archived_and_goes_to_nobody(mirror: MailingList) -> None:
    more = "List-Id: Talk <talk.lists.elsewhere.example>\nPrecedence: list\n"

    arrival = receive(mirror, mail(more=more), at=LATEST, envelope="talk-bounces@elsewhere.example")

    assert arrival.outcome == "archived"
    assert arrival.message is not None
    assert not Relay.objects.exists()
    assert not Letter.objects.exists()


def test_mail_of_others_is_kept_out_and_not_answered(mirror: MailingList) -> None:
    arrival = receive(mirror, mail(), at=LATEST, envelope="ann@example.org")

    assert (arrival.outcome, arrival.reasons) == ("dropped", ["not-of-mirror"])
    assert not Letter.objects.exists()


def test_a_post_that_is_too_large_is_refused_in_the_dialogue(mirror: MailingList) -> None:
    mirror.largest = 10

    with pytest.raises(NotTaken, match="5"):
        receive(mirror, mail(), at=LATEST, envelope="talk-bounces@elsewhere.example")
    assert not Held.objects.exists()


def test_pages_mark_a_mirror_and_name_the_address_of_the_origin(
    mirror: MailingList, client: Client
) -> None:
    message = archived(mirror, [mail()])[0]

    for address in (mirror.get_absolute_url(), message.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "A mirror: this list lives elsewhere" in page
        assert f"mailto:{ORIGIN}" in page
        assert mirror.address not in page
        assert "answer/" not in page
    assert client.get(message.thread.get_absolute_url()).content.decode().count(ORIGIN) > 1


def test_a_list_that_lives_here_is_not_marked(db: None, client: Client) -> None:
    page = client.get(a_list().get_absolute_url()).content.decode()

    assert "A mirror" not in page


def test_a_mirror_takes_no_subscribers_until_it_lives_here(mirror: MailingList) -> None:
    with pytest.raises(Refused, match="lives elsewhere"):
        actions.subscribe(None, mirror, "ann@example.org", at=NOON)

    actions.end_mirror(None, mirror, at=NOON)

    actions.subscribe(None, mirror, "ann@example.org", at=NOON)
    with pytest.raises(Refused, match="People are subscribed"):
        actions.mirror_list(None, mirror, ORIGIN, at=NOON)


def test_only_who_looks_after_a_list_mirrors_and_the_record_says_so(db: None) -> None:
    mailing_list = a_list()
    with pytest.raises(Denied):
        actions.mirror_list(a_person(), mailing_list, ORIGIN, at=NOON)

    coordinator = a_coordinator(mailing_list.coalition)
    actions.mirror_list(coordinator, mailing_list, ORIGIN, at=NOON)

    entry = Entry.objects.latest("number")
    assert (entry.verb, entry.facts) == ("lists.mirror_list", {"origin": ORIGIN})
    with pytest.raises(Denied):
        actions.end_mirror(a_person(), mailing_list, at=NOON)


def test_what_cannot_be_mirrored_is_refused_in_words(mirror: MailingList) -> None:
    with pytest.raises(Refused, match="already"):
        actions.mirror_list(None, mirror, ORIGIN, at=NOON)
    with pytest.raises(Refused, match="cannot go"):
        actions.mirror_list(None, a_list(), "nonsense", at=NOON)
    with pytest.raises(Refused, match="lives here"):
        actions.mirror_list(None, a_list(), mirror.address, at=NOON)
    with pytest.raises(Refused, match="lives here already"):
        actions.end_mirror(None, a_list(), at=NOON)


def test_the_command_says_what_to_do_next(db: None) -> None:
    mailing_list, out = a_list(), StringIO()

    call_command("mirror", mailing_list.name, ORIGIN, stdout=out)
    call_command("mirror", mailing_list.name, "--end", stdout=out)

    assert out.getvalue().splitlines() == [
        f"Now subscribe {mailing_list.address} to {ORIGIN}.",
        f"{mailing_list.address} lives here from now on.",
    ]
    for words in ([], [ORIGIN, "--end"], ["x"]):
        with pytest.raises(CommandError):
            call_command("mirror", mailing_list.name, *words)
    with pytest.raises(CommandError, match="no list"):
        call_command("mirror", "nowhere", ORIGIN)
