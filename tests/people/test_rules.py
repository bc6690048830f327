"""What is derived from what a person says."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.people.rules import MEMBERS_OF, region_of, still_open, tidy
from intersession.people.states import Region, Text
from tests.shared_data import shared

COUNTS = {
    Region.AFRICA: 54,
    Region.ASIA_PACIFIC: 54,
    Region.EASTERN_EUROPE: 23,
    Region.LATIN_AMERICA: 33,
    Region.WESTERN_EUROPE: 29,
}


def test_every_country_is_in_one_region() -> None:
    codes = [code for codes in MEMBERS_OF.values() for code in codes.split()]

    assert len(codes) == len(set(codes)) == 193
    assert {region: len(codes.split()) for region, codes in MEMBERS_OF.items()} == COUNTS


def test_the_regions_are_those_of_the_register() -> None:
    table = json.loads(shared("data/registry/regions.json").read_text())
    theirs = {m["iso2"]: group["code"] for group in table["groups"] for m in group["members"]}

    wrong = {code for code, region in theirs.items() if region_of(code)[:7] != region[:7]}
    assert wrong == set()


@pytest.mark.parametrize("code", ["", "VA", "PS", "HK", "xx"])
def test_what_is_on_no_list_has_no_region(code: str) -> None:
    assert region_of(code) == ""


@given(st.text())
def test_a_tidy_name_is_one_line_and_stays_tidy(words: str) -> None:
    once = tidy(words)

    assert len(once.splitlines()) <= 1
    assert tidy(once) == once


def test_texts_stay_open_until_their_present_version_is_accepted() -> None:
    assert still_open([("terms", "2026-11"), ("privacy", "1999-01")]) == [
        Text.PRIVACY,
        Text.CONDUCT,
    ]
