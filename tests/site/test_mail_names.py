"""What DNS says of our domains, in plain words with lines to paste; it never takes long."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from intersession.lists.formats.signing import dns_record
from intersession.site.post import keys, names
from intersession.site.post.asking import Asker
from tests.lists.zones import SILENCE, TROUBLE, zones

DOMAIN = "lists.example.org"
KEY_AT = f"intersession._domainkey.{DOMAIN}"


@pytest.fixture(autouse=True)
def key(settings: Any, tmp_path: Path) -> str:
    settings.DKIM_KEY = tmp_path / "dkim.pem"
    return keys.make(settings.DKIM_KEY, over=False)


def looked(
    records: Mapping[str, Sequence[str] | str], *, address: str = ""
) -> dict[str, names.Named]:
    with zones(records) as (host, port):
        asks = Asker([f"{host}:{port}"], limit=0.5, most=1.0)
        return {one.what: one for one in names.look([DOMAIN], asks=asks, address=address)}


def test_a_domain_in_order_is_good_in_every_way(key: str) -> None:
    found = looked(
        {
            f"{DOMAIN} MX": ["10 mx.example.org."],
            DOMAIN: ["v=spf1 mx -all", "something else"],
            KEY_AT: [key],
            f"_dmarc.{DOMAIN}": ["v=DMARC1; p=none"],
            "1.2.0.192.in-addr.arpa PTR": ["mx.example.org."],
            "mx.example.org A": ["192.0.2.1"],
        },
        address="192.0.2.1",
    )

    assert {what: one.level for what, one in found.items()} == dict.fromkeys(
        ["MX", "SPF", "DKIM", "DMARC", "PTR"], names.GOOD
    )


def test_what_is_missing_comes_with_a_line_to_paste(key: str) -> None:
    found = looked({}, address="192.0.2.1")

    assert {what: one.level for what, one in found.items()} == {
        "MX": names.BAD, "SPF": names.BAD, "DKIM": names.BAD, "DMARC": names.ODD, "PTR": names.BAD,
    }  # fmt: skip
    assert found["SPF"].paste == f'{DOMAIN}. IN TXT "v=spf1 ip4:192.0.2.1 -all"'
    assert found["DKIM"].paste == keys.line(DOMAIN, key)
    assert found["DMARC"].paste.startswith(f'_dmarc.{DOMAIN}. IN TXT "v=DMARC1;')
    assert found["PTR"].paste.startswith("1.2.0.192.in-addr.arpa. IN PTR ")


@pytest.mark.parametrize("how", [SILENCE, TROUBLE])
def test_what_could_not_be_asked_is_its_own_answer_and_comes_soon(how: str) -> None:
    kinds = [f"{DOMAIN} MX", DOMAIN, KEY_AT, f"_dmarc.{DOMAIN}", "1.2.0.192.in-addr.arpa PTR"]
    began = monotonic()

    found = looked(dict.fromkeys(kinds, how), address="192.0.2.1")

    assert {one.level for one in found.values()} == {names.UNASKED}
    assert monotonic() - began < 5


@pytest.mark.parametrize(
    ("records", "word"),
    [
        (["v=spf1 +all"], "whole world"),
        (["v=spf1 all"], "whole world"),
        (["v=spf1 mx -all", "v=spf1 a -all"], "contradict"),
        (["v=spf1 mx"], "does not say"),
    ],
)
def test_a_record_of_spf_that_helps_nobody_is_told(records: list[str], word: str) -> None:
    assert word in looked({DOMAIN: records})["SPF"].words


def test_another_key_in_dns_is_wrong() -> None:
    from intersession.lists.formats.signing import make_key

    other = dns_record(make_key()[0])

    assert "another key" in looked({KEY_AT: [other]})["DKIM"].words


def test_without_a_key_there_is_nothing_to_publish(settings: Any, tmp_path: Path) -> None:
    settings.DKIM_KEY = tmp_path / "none.pem"

    assert "intersession mail key" in looked({})["DKIM"].words


def test_a_name_that_does_not_lead_back_is_wrong() -> None:
    found = looked(
        {"1.2.0.192.in-addr.arpa PTR": ["mx.example.org."], "mx.example.org A": ["192.0.2.9"]},
        address="192.0.2.1",
    )

    assert found["PTR"].level == names.BAD
    assert "does not lead back" in found["PTR"].words


def test_an_address_that_is_not_known_is_said_so() -> None:
    assert looked({})["PTR"].level == names.UNASKED
