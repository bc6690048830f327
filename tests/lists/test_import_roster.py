"""The people of an old list brought over at once."""

import json
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from intersession.coalitions.testing import a_coordinator
from intersession.journal.models import Entry, Head
from intersession.journal.rules import GENESIS, link, salted_digest
from intersession.kit.answers import Denied, Refused
from intersession.lists import actions
from intersession.lists.formats.rosters import read_roster
from intersession.lists.models import MailingList, PostingRight, Subscription
from intersession.lists.queries.tokens import leave_token
from intersession.lists.rules.wishes import RosterRow
from intersession.lists.testing import a_list
from intersession.outbox.models import Letter
from intersession.people.testing import NOON, a_person
from tests.lists.pickled import config_pck

pytestmark = pytest.mark.django_db

ROSTER = config_pck(
    members={"ann@example.org": 0, "bob@example.org": 0, "cy@example.org": 0, "broken@": 0},
    digest_members={"dan@example.org": 0},
    user_options={"bob@example.org": 128},
    delivery_status={"cy@example.org": (4, 1)},
    language={"dan@example.org": "fr"},
)


def rows() -> Sequence[RosterRow]:
    return read_roster(ROSTER)


def test_a_roster_is_taken_in_with_its_settings() -> None:
    mailing_list = a_list()

    account = actions.subscribe_all(None, mailing_list, rows(), at=NOON)

    assert (account.read, account.subscribed, account.moderated, account.stopped) == (5, 4, 1, 1)
    found = Subscription.objects.order_by("address").values_list(
        "address", "delivery", "way", "stopped_by"
    )
    assert list(found) == [
        ("ann@example.org", "each", "import", ""), ("bob@example.org", "each", "import", ""),
        ("cy@example.org", "each", "import", "bounces"), ("dan@example.org", "daily", "import", ""),
    ]  # fmt: skip
    right = PostingRight.objects.get()
    assert (right.address, right.standing) == ("bob@example.org", "moderated")


def test_each_has_an_entry_of_their_own_and_the_chain_holds() -> None:
    mailing_list = a_list()

    actions.subscribe_all(None, mailing_list, rows(), at=NOON)

    entries = list(Entry.objects.order_by("number"))
    previous = GENESIS
    for entry in entries:
        assert entry.previous_hash == previous
        assert entry.hash == link(previous, entry.body_hash)
        previous = entry.hash
    head = Head.objects.get()
    assert (head.count, head.hash) == (len(entries), previous)
    told = {e.thing: e for e in entries if e.verb == "lists.subscribe"}
    for subscription in Subscription.objects.all():
        entry = told[f"lists.subscription:{subscription.pk}"]
        digest = salted_digest(subscription.address, subscription.salt)
        assert (entry.is_public, entry.digests) == (False, {"address": digest})
    assert entries[-1].facts == {"lines": 5, "subscribed": 4, "kept_out": 1}
    assert entries[-1].is_public


def test_everybody_who_gets_mail_is_told_once_how_to_leave() -> None:
    mailing_list = a_list()

    actions.subscribe_all(None, mailing_list, rows(), at=NOON)

    letters = Letter.objects.order_by("to")
    assert [(letter.to, letter.language) for letter in letters] == [
        ("ann@example.org", "en"), ("bob@example.org", "en"), ("dan@example.org", "fr"),
    ]  # fmt: skip
    assert "-leave@lists.example.org" in letters[0].body


def test_quietly_nobody_is_told() -> None:
    actions.subscribe_all(None, a_list(), rows(), at=NOON, is_quiet=True)

    assert not Letter.objects.exists()


def test_taken_in_again_nothing_is_doubled() -> None:
    mailing_list = a_list()
    actions.subscribe_all(None, mailing_list, rows(), at=NOON)

    account = actions.subscribe_all(None, mailing_list, rows(), at=NOON)

    assert account.subscribed == 0
    assert {str(row.trouble) for row in account.kept_out} == {"subscribed", "broken"}
    assert Subscription.objects.count() == 4
    assert PostingRight.objects.count() == 1


def test_the_address_of_a_list_stays_out() -> None:
    other = a_list()

    account = actions.subscribe_all(None, a_list(), read_roster(other.address.encode()), at=NOON)

    assert [str(row.trouble) for row in account.kept_out] == ["list"]


def test_who_has_an_account_with_this_address_has_claimed_the_subscription() -> None:
    person = a_person(email="ann@example.org")
    EmailAddress.objects.create(user_id=person.pk, email=person.email, verified=True, primary=True)

    actions.subscribe_all(None, a_list(), rows(), at=NOON)

    assert Subscription.objects.get(address="ann@example.org").person == person
    assert Letter.objects.get(to="ann@example.org").person == person


def test_only_who_looks_after_the_list_brings_people_over() -> None:
    mailing_list = a_list()

    with pytest.raises(Denied, match="looks after"):
        actions.subscribe_all(a_person(), mailing_list, rows(), at=NOON)

    coordinator = a_coordinator(mailing_list.coalition)
    assert actions.subscribe_all(coordinator, mailing_list, rows(), at=NOON).subscribed == 4
    assert Entry.objects.latest("number").actor == coordinator


def test_nobody_is_brought_to_a_closed_list() -> None:
    mailing_list = a_list()
    mailing_list.closed_at = NOON

    with pytest.raises(Refused, match="closed"):
        actions.subscribe_all(None, mailing_list, rows(), at=NOON)


def test_so_many_queries_take_in_one_batch_however_many_are_in_it(
    django_assert_max_num_queries: Any,
) -> None:
    many = read_roster("\n".join(f"p{n}@example.org" for n in range(400)).encode())

    with django_assert_max_num_queries(40):
        actions.subscribe_all(None, a_list(), many, at=NOON)


def run(mailing_list: MailingList, *words: str) -> str:
    out = StringIO()
    call_command("import-roster", mailing_list.name, *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def roster(tmp_path: Path) -> str:
    path = tmp_path / "config.pck"
    path.write_bytes(ROSTER)
    return str(path)


def test_a_rehearsal_names_each_line_with_its_reason_and_writes_nothing(roster: str) -> None:
    told = run(a_list(), roster, "--dry-run").splitlines()

    assert told == [
        "Line 3: broken@. Mail cannot go to this address.",
        "1 kept out: Mail cannot go to this address.",
        "5 read: 4 would be subscribed (1 of them moderated, 1 with their mail stopped), 1 not.",
    ]
    assert not Subscription.objects.exists()
    assert not Letter.objects.exists()


def test_the_command_imports_and_counts_in_json(roster: str) -> None:
    told = json.loads(run(a_list(), roster, "--json", "--quiet"))

    assert (told["read"], told["subscribed"], told["kept_out"][0]["line"]) == (5, 4, 3)
    assert Subscription.objects.count() == 4
    assert not Letter.objects.exists()


def test_a_delivery_is_given_for_lines_that_say_none(tmp_path: Path) -> None:
    path = tmp_path / "digest.txt"
    path.write_text("ann@example.org\n")

    run(a_list(), str(path), "--delivery", "daily")

    assert Subscription.objects.get().delivery == "daily"


def test_a_file_that_is_no_roster_ends_in_words(tmp_path: Path) -> None:
    path = tmp_path / "config.pck"
    path.write_bytes(b"}(U\x07memberscos\nsystem\n(U\x02idtRu.")

    with pytest.raises(CommandError, match=r"os\.system, which no roster holds"):
        run(a_list(), str(path))


def test_a_list_that_is_not_here_ends_in_words(roster: str) -> None:
    with pytest.raises(CommandError, match="There is no list"):
        call_command("import-roster", "nowhere", roster)


@pytest.mark.parametrize("name", ["", "none.csv", "empty.csv"])
def test_what_is_no_roster_is_said_in_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    path = tmp_path / name if name else Path("/dev/null")

    with pytest.raises(CommandError) as told:
        call_command("import-roster", a_list().name, str(path))

    assert str(told.value) in (
        "“/dev/null” is no file with a roster.", f"“{path}” does not exist.",
        f"“{path}” is empty: there is no roster in it.",
    )  # fmt: skip


def test_each_person_of_a_roster_gets_the_link_that_is_theirs() -> None:
    actions.subscribe_all(None, a_list(), rows(), at=NOON)

    for letter in Letter.objects.filter(kind="lists.moved"):
        own = leave_token(Subscription.objects.get(address=letter.to).pk)
        assert f"/lists/leaving/{own}/" in letter.body
        assert f"/lists/leaving/{own}/" in letter.html
        assert letter.unsubscribe.endswith(f"/lists/leaving/{own}/")
