"""Questions to DNS: real ones, to a server on loopback that can also be silent."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest

from intersession.lists.formats.resolver import Budget, DnsResolver, Silent
from tests.lists.zones import SILENCE, TROUBLE, zones

LONG = "v=DKIM1; p=" + "A" * 700


def test_texts_come_in_one_piece_in_any_case_of_the_name() -> None:
    with zones({"a.example": [LONG], "b.example": ["one"]}) as (host, port):
        resolver = DnsResolver([host], port)

        assert resolver.txt("A.example.") == [LONG.encode()]
        assert resolver.txt("b.example") == [b"one"]


def test_several_texts_are_all_given() -> None:
    with zones({"a.example": ["one", "two"]}) as (host, port):
        assert sorted(DnsResolver([host], port).txt("a.example")) == [b"one", b"two"]


@pytest.mark.parametrize(
    "name", ["nowhere.example", "a.example", "", "..", "a..b", "x" * 64 + ".example", "a b.example",
             "a." * 200, "\u00fc.example", "\udce9.example", "\0.example"]
)  # fmt: skip
def test_where_there_is_nothing_there_are_no_texts(name: str) -> None:
    with zones({"a.example MX": ["10 mx.example."]}) as (host, port):
        assert DnsResolver([host], port).txt(name) == []


@pytest.mark.parametrize("trouble", [SILENCE, TROUBLE])
def test_silence_and_trouble_are_told_apart_from_nothing(trouble: str) -> None:
    with zones({"a.example": trouble}) as (host, port):
        resolver = DnsResolver([host], port, limit=0.2)

        with pytest.raises(Silent):
            resolver.txt("a.example")


def test_a_silent_server_costs_its_limit_once_and_not_for_every_mail() -> None:
    with zones({"a.example": SILENCE}) as (host, port):
        resolver = DnsResolver([host], port, limit=0.3)
        begun = monotonic()

        for _ in range(20):
            with pytest.raises(Silent):
                resolver.txt("a.example")

        assert monotonic() - begun < 2


def test_answers_are_remembered_as_long_as_they_hold() -> None:
    lasting, fleeting = zones({"a.example": ["one"]}), zones({"a.example": ["one"]}, ttl=0)
    with lasting as (host, port):
        resolver = DnsResolver([host], port)
        for _ in range(3):
            resolver.txt("a.example")
            resolver.txt("nowhere.example")
    with fleeting as (host, port):
        resolver = DnsResolver([host], port)
        for _ in range(3):
            resolver.txt("a.example")

    assert lasting.asked == ["a.example TXT", "nowhere.example TXT"]
    assert len(fleeting.asked) == 3


def test_only_so_many_answers_are_remembered_the_latest_used() -> None:
    server = zones({f"{n}.example": ["x"] for n in range(3)})
    with server as (host, port):
        resolver = DnsResolver([host], port, size=2)
        for n in (0, 1, 0, 2, 0, 1):
            resolver.txt(f"{n}.example")

    assert [name[0] for name in server.asked] == ["0", "1", "2", "1"]


def test_what_is_given_out_cannot_change_what_is_remembered() -> None:
    with zones({"a.example": ["one"]}) as (host, port):
        resolver = DnsResolver([host], port)
        resolver.txt("a.example").append(b"two")

        assert resolver.txt("a.example") == [b"one"]


def test_a_budget_holds_for_all_questions_together() -> None:
    with zones({f"{n}.example": SILENCE for n in range(9)}) as (host, port):
        budget = Budget(DnsResolver([host], port, limit=0.2), 0.3)
        begun = monotonic()

        for n in range(9):
            with pytest.raises(Silent):
                budget.txt(f"{n}.example")

        assert monotonic() - begun < 1.5


def test_threads_can_share_a_resolver() -> None:
    with zones({f"{n}.example": [str(n)] for n in range(20)}) as (host, port):
        resolver = DnsResolver([host], port, size=5)
        with ThreadPoolExecutor(8) as pool:
            found = pool.map(lambda n: resolver.txt(f"{n % 20}.example"), range(200))

        assert list(found) == [[str(n % 20).encode()] for n in range(200)]


def test_a_name_server_is_named_by_its_address_with_a_port_or_without() -> None:
    with zones({"a.example": ["one"]}) as (host, port):
        assert DnsResolver.at([f"{host}:{port}"]).txt("a.example") == [b"one"]

    for address in ("192.0.2.1", "[2001:db8::1]:53", "2001:db8::1", " 192.0.2.1:5353"):
        DnsResolver.at([address])


@pytest.mark.parametrize("address", ["", "ns.example", "192.0.2.1:x", "192.0.2:53", "::x"])
def test_what_is_no_address_of_a_name_server_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        DnsResolver.at([address])
