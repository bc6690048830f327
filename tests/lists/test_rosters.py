"""Rosters as other list servers write them, read as rows."""

import json
import pickle
from dataclasses import replace

import pytest

from intersession.lists.formats.rosters import NotARoster, read_roster
from intersession.lists.rules.wishes import RosterRow, Wishes
from intersession.lists.states import Delivery, Style
from tests.lists.pickled import Bounced, config_pck

USUAL = Wishes()


def told(rows: list[RosterRow] | tuple[RosterRow, ...]) -> list[tuple[str, str]]:
    return [(row.address, str(row.trouble or row.wishes.delivery.value)) for row in rows]


def read(text: str | bytes) -> list[RosterRow]:
    return list(read_roster(text if isinstance(text, bytes) else text.encode()))


MAILMAN_2 = config_pck(
    real_name="Talk",
    members={"ann@example.org": "Ann@Example.org", "bob@example.org": 0, "cy@example.org": 0},
    digest_members={"dan@example.org": 0, "eve@example.org": 0},
    user_options={"bob@example.org": 128, "eve@example.org": 8 | 256, "ann@example.org": 2},
    delivery_status={"cy@example.org": (4, 1.5), "dan@example.org": (2, 2.5)},
    language={"ann@example.org": "fr", "bob@example.org": "../../x", "cy@example.org": "pt_BR"},
    usernames={"ann@example.org": b"Ann\xe9"},
    bounce_info={"cy@example.org": Bounced()},
    topics=[("one", "two", [1])],
    postings_responses={},
)


def test_mailman_2_keeps_digests_no_mail_moderation_bounces_and_options() -> None:
    rows = {row.address.partition("@")[0]: row for row in read(MAILMAN_2)}

    assert rows["ann"] == RosterRow(
        1, "ann@example.org", replace(USUAL, language="fr", skips_addressed=False, gets_own=False)
    )
    assert rows["bob"].is_moderated
    assert rows["bob"].wishes.language == "en"
    assert rows["cy"].is_stopped
    assert rows["cy"].wishes.delivery == Delivery.EACH
    assert rows["dan"].wishes.delivery == Delivery.NONE
    assert rows["eve"].wishes == replace(USUAL, delivery=Delivery.DAILY, style=Style.PLAIN)


class Runs:
    def __reduce__(self) -> tuple[object, ...]:
        return (print, ("This must never run.",))


HOSTILE = {
    "a call": pickle.dumps({"members": {"a@example.org": Runs()}}, protocol=2),
    "os.system": b"}(U\x07memberscos\nsystem\n(U\x02idtRu.",
    "an instance of os.system": b"(dp0\nS'members'\n(S'id'\nios\nsystem\ns.",
    "a persistent id": b"}(U\x07membersPsomething\nu.",
    "an extension": b"\x80\x02\x82\x01.",
    "a name from the stack": pickle.dumps({"members": Runs()}, protocol=4),
    "a Mailman name with a way out": b"}(U\x07memberscMailmanX.os\nsystem\n(tRu.",
}


@pytest.mark.parametrize("octets", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_pickle_is_refused_in_words_and_runs_nothing(
    octets: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(NotARoster, match=r"which no roster holds|no roster needs"):
        read(octets)

    assert capsys.readouterr().out == ""


DAMAGED = {
    "cut short": MAILMAN_2[:-40],
    "no end": MAILMAN_2[:-1],
    "an empty stack": b"}0000.",
    "an unknown memory": b"}(U\x07membersh\x07u.",
    "a memory far away": b"}r\xff\xff\xff\x7f(U\x07membersj\x00\x00\x00\x01u.",
    "a long text that is not there": b"}(T\xff\xff\xff\x7fx",
    "a number of many digits": b"}(U\x07membersI" + b"9" * 6000 + b"\nu.",
    "no dictionary": b"}0](U\x01ae.",
    "no members": b"}(U\x04nameU\x04talku.",
    "members that are a number": b"}(U\x07membersK\x07u.",
}


@pytest.mark.parametrize("octets", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_pickle_is_refused_in_words(octets: bytes) -> None:
    with pytest.raises(NotARoster):
        read(octets)


def test_keys_that_would_take_for_ever_to_hash_are_left_out() -> None:
    nested = b"(K\x01t" + b"2\x86" * 60  # a pair of itself and itself, sixty times

    octets = b"\x80\x02}(" + nested + b"K\x01U\x07members}U\x0dann@example.orgK\x00su."

    assert told(read(octets.replace(b"U\x0d", b"U\x0f"))) == [("ann@example.org", "each")]


def test_a_file_of_mailman_2_0_says_what_to_do() -> None:
    with pytest.raises(NotARoster, match=r"2\.1"):
        read(b"{s\x07\x00\x00\x00members{0")


def test_lines_of_list_members_and_mailman_members() -> None:
    rows = read(
        "# the old list\nann@example.org\n\nBob <BOB@example.org>\n"
        '"Lee, C." <lee@example.org>,\nann@example.org\nnobody\nx@\n'
    )

    assert told(rows) == [
        ("ann@example.org", "each"), ("bob@example.org", "each"), ("lee@example.org", "each"),
        ("ann@example.org", "repeated"), ("nobody", "broken"), ("x@", "broken"),
    ]  # fmt: skip
    assert [row.line for row in rows] == [2, 4, 5, 6, 7, 8]


def test_the_members_of_a_google_group() -> None:
    rows = read(
        "Members for group talk\n"
        "Email address,Nickname,Group status,Email status,Email preference,Posting permissions,"
        "Join year,Join month,Join day\n"
        'ann@example.org,"Ann, of the north",Owner,,All email,Allowed,2020,1,2\n'
        "bob@example.org,Bob,Member,,Digest,Moderated,2020,1,2\n"
        "cy@example.org,,Member,Bouncing,Abridged,Allowed,2020,1,2\n"
        "dan@example.org,,Member,,No email,Not allowed,2020,1,2\n"
        "eve@example.org,,Invited,,All email,Allowed,2020,1,2\n"
    )

    assert told(rows) == [
        ("ann@example.org", "each"), ("bob@example.org", "daily"), ("cy@example.org", "daily"),
        ("dan@example.org", "none"), ("eve@example.org", "outside"),
    ]  # fmt: skip
    assert [row.is_moderated for row in rows] == [False, True, False, True, False]
    assert [row.is_stopped for row in rows] == [False, False, True, False, False]


def test_the_members_of_a_groups_io_group() -> None:
    rows = read(
        "Email,Display Name,Username,Role,Email Delivery,User Status,Posting Status\r\n"
        "ann@example.org,Ann,ann,Owner,Individual Messages,Confirmed,Not Moderated\r\n"
        "bob@example.org,Bob,,Member,Plain Digest,Confirmed,Moderated\r\n"
        "cy@example.org,Cy,,Member,Daily Summary,Bouncing,\r\n"
        "dan@example.org,Dan,,Member,Special Notices Only,Confirmed,\r\n"
        "eve@example.org,Eve,,Member,Individual Messages,Not Confirmed,\r\n"
    )

    assert told(rows) == [
        ("ann@example.org", "each"), ("bob@example.org", "daily"), ("cy@example.org", "daily"),
        ("dan@example.org", "none"), ("eve@example.org", "outside"),
    ]  # fmt: skip
    assert rows[1].wishes.style == Style.PLAIN
    assert [row.is_moderated for row in rows] == [False, True, False, False, False]
    assert rows[2].is_stopped


def test_the_answer_of_mailman_3_for_a_lists_members() -> None:
    rows = read(
        json.dumps({"start": 0, "total_size": 4, "entries": [
            {"email": "Ann@example.org", "role": "member", "delivery_mode": "regular",
             "moderation_action": "defer"},
            {"email": "bob@example.org", "role": "member", "delivery_mode": "plaintext_digests",
             "moderation_action": "hold"},
            {"address": "http://127.0.0.1:8001/3.1/addresses/cy", "email": "cy@example.org",
             "role": "member", "delivery_mode": "regular", "delivery_status": "by_bounces"},
            {"email": "dan@example.org", "role": "nonmember", "delivery_mode": "regular"},
            {"email": "eve@example.org", "role": "member", "delivery_status": "by_user"},
            {"role": "member"},
        ]})
    )  # fmt: skip

    assert told(rows) == [
        ("ann@example.org", "each"), ("bob@example.org", "daily"), ("cy@example.org", "each"),
        ("dan@example.org", "outside"), ("eve@example.org", "none"), ("", "broken"),
    ]  # fmt: skip
    assert (rows[1].is_moderated, rows[2].is_stopped) == (True, True)


def test_a_table_of_mailman_3_and_lines_of_json() -> None:
    table = "email;display_name;delivery_mode;delivery_status\nann@example.org;Ann;mime_digests;\n"
    lines = '{"email": "ann@example.org", "delivery_mode": "mime_digests"}\n["bob@example.org"]\n'

    assert told(read(table)) == [("ann@example.org", "daily")]
    assert told(read(lines.splitlines()[0])) == [("ann@example.org", "daily")]
    assert told(read('["bob@example.org", "x"]')) == [("bob@example.org", "each"), ("x", "broken")]


def test_a_table_in_utf_16_as_spreadsheets_write_it() -> None:
    rows = read("Email\tName\nann@example.org\tAnn\n".encode("utf-16"))

    assert told(rows) == [("ann@example.org", "each")]


@pytest.mark.parametrize(
    "octets", [b"", b"\n\n", b"# nobody\n", b"{}", b"[]", b"{not json", b"Email,Name\n", b"}.",
               b"[" * 100_000],
    ids=["nothing", "blank", "remark", "{}", "[]", "no json", "no rows", "empty pickle", "deep"],
)  # fmt: skip
def test_what_holds_no_address_is_refused_in_words(octets: bytes) -> None:
    with pytest.raises(NotARoster):
        read(octets)


def test_whatever_bytes_there_are_nothing_else_is_raised() -> None:
    for octets in (b"\x00" * 50, b"\x80", b"\xff\xfe\x00", bytes(range(256)) * 40, b"}q" * 3000):
        try:
            rows = read(octets)
        except NotARoster:
            continue
        assert rows
