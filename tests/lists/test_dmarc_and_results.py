"""What a domain asks for, whose results are trusted, chains of seals, and what we write of it."""

import dkim
import pytest
from authres import AuthenticationResultsHeader
from hypothesis import given
from hypothesis import strategies as st

from intersession.lists.formats.authentication.writing import results_header, results_value
from intersession.lists.rules.judging import Authentic, Finding
from tests.lists.keys import signer
from tests.lists.posts import post
from tests.lists.signed import MX, Zone, found, keys_of, signed

OURS = f"Authentication-Results: {MX}; spf=pass smtp.mailfrom=ann@example.org\r\n".encode()
HOP = b"Received: from out.example.org by mx.lists.example.net; now\r\n"
EARLIER = b"Received: from pc by out.example.org; before\r\n"


def policy(records: dict[str, list[str]], author: str = "ann@example.org") -> str:
    zone: Zone = {f"_dmarc.{name}": texts for name, texts in records.items()}
    return found(post(author=author), zone).policy


@pytest.mark.parametrize("wish", ["none", "quarantine", "reject"])
def test_the_policy_of_the_from_domain_is_read(wish: str) -> None:
    assert policy({"example.org": [f"v=DMARC1; p={wish}; rua=mailto:d@example.org"]}) == wish


def test_a_domain_without_a_record_follows_its_organization() -> None:
    above = {"example.org": ["v=DMARC1; p=reject"]}

    assert policy(above, "ann@a.b.example.org") == "reject"
    assert policy({"co.uk": ["v=DMARC1; p=reject"]}, "ann@example.co.uk") == "none"


def test_sp_is_for_subdomains_only_and_their_own_record_comes_first() -> None:
    above = {"example.org": ["v=DMARC1; p=reject; sp=none"]}
    own = {**above, "a.example.org": ["v=DMARC1; p=quarantine; sp=reject"]}

    assert policy(above) == "reject"
    assert policy(above, "ann@a.example.org") == "none"
    assert policy(own, "ann@a.example.org") == "quarantine"


def test_of_several_records_none_counts_and_other_texts_are_left_aside() -> None:
    several = {"example.org": ["v=DMARC1; p=reject", "v=DMARC1; p=none"]}
    beside = {"example.org": ["v=spf1 -all", "v=DMARC1; p=reject", "DMARC1"]}

    assert policy(several) == "none"
    assert policy(beside) == "reject"


@pytest.mark.parametrize(
    "text",
    ["v=DMARC1", "v=DMARC1;", "v=DMARC1; p=", "v=DMARC1; p=burn", "v=DMARC1; sp=reject",
     "v=DMARC1; =; p=reject", "v=DMARC1;;;", "v=dmarc1; p=reject", "v=DMARC1 p=reject", "\udcff"],
)  # fmt: skip
def test_a_record_that_says_nothing_asks_for_nothing(text: str) -> None:
    assert policy({"example.org": [text]}) == "none"


def test_spf_counts_when_our_own_server_found_it_and_its_domain_is_aligned() -> None:
    authentic = found(OURS + HOP + post(), trusted=(MX,))
    other = found(OURS.replace(b"ann@example.org", b"x@example.com") + HOP + post(), trusted=(MX,))
    failed = found(OURS.replace(b"spf=pass", b"spf=softfail") + HOP + post(), trusted=(MX,))

    assert (authentic.is_authenticated, authentic.by) == (True, "spf")
    assert not other.is_authenticated
    assert not failed.is_authenticated


def test_a_filters_field_right_below_our_servers_received_counts_too() -> None:
    assert found(HOP + OURS + EARLIER + post(), trusted=(MX,)).is_authenticated
    again = b"Received: from localhost (localhost [127.0.0.1]) by mx; now\r\n"
    assert found(again + HOP + OURS + EARLIER + post(), trusted=(MX,)).is_authenticated


@pytest.mark.parametrize(
    "mail",
    [
        HOP + EARLIER + OURS,
        HOP + OURS.replace(b"spf=pass", b"spf=fail") + OURS,
        OURS.replace(b"spf=pass smtp.mailfrom=ann@example.org", b"dkim=fail") + HOP + OURS,
        HOP + OURS.replace(MX.encode(), b"mx.example.com"),
        HOP + OURS.replace(MX.encode(), b"(" + MX.encode() + b") x"),
        HOP + OURS.replace(b"; spf", b" 2; spf"),
        HOP + b"Authentication-Results: " + b"(" * 3000 + OURS[24:],
    ],
)
def test_a_field_that_bears_our_servers_name_and_is_not_from_it_is_ignored(mail: bytes) -> None:
    assert not found(mail + post(), trusted=(MX,)).is_authenticated


def test_no_field_is_trusted_where_no_server_is_named() -> None:
    for trusted in ((), ("",)):
        assert not found(OURS + HOP + post(), trusted=trusted).is_authenticated


def sealed(raw: bytes, results: bytes = b"mx.example.com; spf=pass") -> bytes:
    raw = b"Authentication-Results: " + results + b"\r\n" + raw
    made = dkim.arc_sign(
        raw, b"one", b"example.com", signer().key.encode(), b"mx.example.com",
        include_headers=[b"from", b"to", b"subject"],
    )  # fmt: skip
    return b"".join(made) + raw.partition(b"\r\n")[2]


def test_a_chain_of_seals_is_verified() -> None:
    keys = keys_of("example.com", "example.org")
    once = sealed(signed())
    twice = sealed(once, b"mx.example.com; arc=pass")

    assert found(post(), keys).arc == "none"
    assert found(once, keys).arc == "pass"
    assert found(twice, keys).arc == "pass"
    assert found(once.replace(b"Words", b"Other"), keys).arc == "fail"
    assert found(twice.replace(b"i=1; a=", b"i=1; x=y; a="), keys).arc == "fail"
    assert found(once, {}).arc == "fail"


def test_a_chain_that_passes_does_not_make_from_true() -> None:
    assert not found(sealed(post()), keys_of("example.com")).is_authenticated


def test_our_results_are_one_field_that_others_can_read() -> None:
    keys: Zone = {**keys_of("example.org"), "_dmarc.example.org": ["v=DMARC1; p=reject"]}
    authentic = found(OURS + HOP + signed(), keys, trusted=(MX,))

    field = results_header(authentic, "lists.example.net")

    read = AuthenticationResultsHeader.parse(" ".join(field.decode().split()))
    assert read.authserv_id == "lists.example.net"
    assert [(one.method, one.result) for one in read.results] == [
        ("spf", "pass"),
        ("dkim", "pass"),
        ("dmarc", "pass"),
    ]
    assert field.endswith(b"\r\n")
    assert results_value(authentic, "lists.example.net").startswith("lists.example.net; spf=pass")


def test_where_nothing_was_found_our_results_say_none() -> None:
    assert results_header(Authentic(), "mx") == b"Authentication-Results: mx;\r\n none\r\n"


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_value_ends_our_field_or_begins_another_result(reason: str, value: str) -> None:
    finding = Finding("dkim", "fail", (("header.d", value),), reason)

    field = results_header(Authentic(findings=(finding,)), "mx")

    assert field.count(b"\r\n") == 2
    read = AuthenticationResultsHeader.parse(" ".join(field.decode("ascii").split()))
    assert [(one.method, one.result) for one in read.results] == [("dkim", "fail")]
