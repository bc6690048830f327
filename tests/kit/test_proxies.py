"""The address of whoever asks is taken from X-Forwarded-For only as far as proxies are trusted."""

import pytest
from environs import ValidationError
from hypothesis import given
from hypothesis import strategies as some

from intersession.kit.proxies import client_address, proxies_only

PROXY, NEAR, VISITOR = "10.0.0.1", "10.0.0.2", "192.0.2.7"


@pytest.mark.parametrize(
    ("connected", "forwarded", "proxies", "client"),
    [
        (VISITOR, "", [], VISITOR),
        (VISITOR, "198.51.100.1", [], VISITOR),
        (PROXY, VISITOR, ["10.0.0.0/8"], VISITOR),
        (PROXY, f"198.51.100.1, {VISITOR}", ["10.0.0.0/8"], VISITOR),
        (PROXY, f"198.51.100.1, {VISITOR}, {NEAR}", ["10.0.0.1", "10.0.0.2"], VISITOR),
        (VISITOR, "198.51.100.1", ["10.0.0.0/8"], VISITOR),
        (PROXY, f"198.51.100.1, {VISITOR}", ["1"], VISITOR),
        (PROXY, f"198.51.100.1, {VISITOR}, {NEAR}", ["2"], VISITOR),
        (PROXY, "", ["1"], PROXY),
        (PROXY, f"{VISITOR}:4711", ["1"], VISITOR),
        (PROXY, "[2001:db8::7]:4711", ["10.0.0.1"], "2001:db8::7"),
        (f"::ffff:{PROXY}", VISITOR, ["10.0.0.1"], VISITOR),
        ("::1", "2001:db8::7", ["::1"], "2001:db8::7"),
        (PROXY, f"{VISITOR}, unknown", ["10.0.0.0/8"], PROXY),
        (PROXY, ", ,", ["10.0.0.0/8"], PROXY),
        (PROXY, VISITOR, ["0"], PROXY),
    ],
)
def test_the_client_is_the_last_that_no_proxy_of_ours_speaks_for(
    connected: str, forwarded: str, proxies: list[str], client: str
) -> None:
    assert client_address(connected, forwarded, proxies) == client


@given(invented=some.text(max_size=60), proxies=some.sampled_from([["1"], ["10.0.0.0/8"]]))
def test_nothing_that_a_visitor_writes_changes_whose_limits_count(
    invented: str, proxies: list[str]
) -> None:
    assert client_address(PROXY, f"{invented}, {VISITOR}", proxies) == VISITOR


@pytest.mark.parametrize("given_words", [["two"], ["1", "2x"], ["10.0.0.1/8"], [""]])
def test_a_setting_that_names_no_proxies_is_told(given_words: list[str]) -> None:
    with pytest.raises(ValidationError):
        proxies_only(given_words)


@pytest.mark.parametrize("given_words", [[], ["1"], ["::1"], ["10.0.0.0/8", "192.0.2.1"]])
def test_addresses_networks_and_a_number_are_taken(given_words: list[str]) -> None:
    proxies_only(given_words)
