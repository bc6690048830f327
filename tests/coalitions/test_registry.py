"""The registry of real coalitions is taken over once, renewed later, and never against people."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from intersession.coalitions import actions, queries
from intersession.coalitions.formats import SEED, read_registry
from intersession.coalitions.models import Coalition, Loading
from intersession.coalitions.rules import KnownCoalition, KnownName, KnownTheme, Registry, Tally
from intersession.coalitions.states import Governance, Status
from intersession.journal.models import Entry
from intersession.kit.answers import Refused
from intersession.people.testing import NOON
from intersession.search.queries import find
from tests.shared_data import shared

pytestmark = pytest.mark.django_db


def a_registry(**facts: object) -> Registry:
    known = KnownCoalition(
        **{"slug": "dc-x", "name": "Examples", "sources": ["A page"], "themes": ["trade"], **facts}  # type: ignore[arg-type]
    )
    return Registry("0" * 64, [KnownTheme("trade", "Trade")], [known])


def load(**facts: object) -> Tally:
    return actions.load_registry(a_registry(**facts), at=NOON)["coalitions"]


def test_the_seed_registry_is_whole() -> None:
    counts = actions.load_registry(read_registry(), at=NOON)

    assert counts["coalitions"] == Tally(created=36)
    assert counts["themes"] == Tally(created=25)
    assert [
        queries.register(None).filter(status=status).count()
        for status in (Status.ACTIVE, Status.INACTIVE, Status.UNKNOWN)
    ] == [30, 3, 3]
    assert Coalition.objects.exclude(sources=[]).count() == 37
    assert queries.coordination_group() == Coalition.objects.get(slug="dccg")
    assert set(Coalition.objects.values_list("governance", flat=True)) <= set(Governance.values)


def test_loading_twice_changes_nothing() -> None:
    load()

    assert load() == Tally(unchanged=1)


def test_new_facts_replace_those_that_nobody_touched() -> None:
    load(focus="Examples of the first kind.")

    assert load(focus="Examples of every kind.") == Tally(updated=1)
    assert Coalition.objects.get().focus == "Examples of every kind."


def test_what_a_coordinator_edited_is_kept() -> None:
    load(focus="Examples of the first kind.", website="https://one.example")
    Coalition.objects.update(focus="Our own words.")

    outcome = load(focus="Examples of every kind.", website="https://two.example")

    coalition = Coalition.objects.get()
    assert outcome == Tally(updated=1)
    assert (coalition.focus, coalition.website) == ("Our own words.", "https://two.example")
    assert load(focus="Examples of every kind.", website="https://two.example") == Tally(kept=1)


def test_a_page_that_its_coordinators_confirmed_is_left_alone() -> None:
    load(focus="Examples of the first kind.")
    Coalition.objects.update(confirmed_at=NOON)

    assert load(focus="Examples of every kind.", established_year=2011) == Tally(kept=1)
    assert Coalition.objects.get().focus == "Examples of the first kind."


def test_a_coalition_made_by_hand_gets_only_what_is_not_known_of_it() -> None:
    Coalition.objects.create(slug="dc-x", handle="DCX", name="Made by hand")

    load(website="https://one.example")

    coalition = Coalition.objects.get()
    assert (coalition.name, coalition.website) == ("Made by hand", "https://one.example")


@pytest.mark.parametrize("address", ["old-examples", "OLD-EXAMPLES", "oe", "OE", "DC-X"])
def test_a_coalition_is_found_by_what_it_was_once_called(address: str) -> None:
    load(former_names=[KnownName("Old examples", "OE")])

    assert queries.once_called(address) == Coalition.objects.get()


def test_a_name_nobody_had_finds_nothing() -> None:
    load()

    assert queries.once_called("nobody") is None


def test_a_loaded_coalition_can_be_searched_by_its_former_acronym() -> None:
    load(former_names=[KnownName("Old examples", "OE")])

    found = find("OE").items

    assert [(hit.kind, str(hit.title)) for hit in found] == [("coalition", "Examples")]


def test_the_command_leaves_one_entry_a_run_and_reports_counts() -> None:
    out = StringIO()

    call_command("load-registry", "--json", stdout=out)

    told = json.loads(out.getvalue())
    assert told["coalitions"] == {"created": 36, "updated": 0, "unchanged": 0, "kept": 0}
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor_id) == ("coalitions.load", None)
    assert entry.facts["counts"] == told
    assert Loading.objects.get().digest == entry.facts["digest"]


def test_a_broken_registry_file_is_named_and_nothing_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "coalitions").mkdir()
    (tmp_path / "themes.toml").write_text('[[themes]]\ncode = "trade')

    with pytest.raises(CommandError, match=r"themes\.toml is not understood"):
        call_command("load-registry", "--folder", str(tmp_path))
    assert not Coalition.objects.exists()


@pytest.mark.parametrize(
    "text", ['name = "X"\nsources = []\nlaeder = "typing error"', 'acronym = "no name"']
)
def test_a_fact_that_is_unknown_or_missing_is_refused(tmp_path: Path, text: str) -> None:
    a_folder(tmp_path, text)

    with pytest.raises(Refused, match=r"dc-x\.toml is not understood"):
        read_registry(tmp_path)


def test_a_theme_outside_the_list_is_refused(tmp_path: Path) -> None:
    a_folder(tmp_path, 'name = "X"\nsources = []\nthemes = ["astrology"]')

    with pytest.raises(Refused, match="no theme astrology, named by dc-x"):
        read_registry(tmp_path)


def a_folder(place: Path, coalition: str) -> None:
    (place / "coalitions").mkdir()
    (place / "coalitions" / "dc-x.toml").write_text(coalition)
    (place / "themes.toml").write_bytes((SEED / "themes.toml").read_bytes())


def test_no_fact_of_the_given_register_was_lost() -> None:
    given = json.loads(shared("data/registry/coalitions.json").read_text())
    known = {one.slug: one for one in read_registry().coalitions}

    assert set(known) == {row["slug"] for row in given}
    for row in given:
        one = known[row["slug"]]
        assert (one.established_year, one.recognized_year, one.status) == (
            row["established_year"], row["recognised_year"], row["status"],
        )  # fmt: skip
        assert one.status_as_of == (row["status_as_of"] or "")
        assert list(one.themes) == row["themes"]
        assert [name.acronym for name in one.former_names] == [
            name["acronym"] or "" for name in row["former_names"]
        ]
        assert (one.website, one.igf_page) == (row["website"] or "", row["igf_page"] or "")
        assert one.list_archive_url == (row["list"]["archive_url"] or "")
        assert len(one.sources) == len(row["sources"])
        assert bool(one.focus) == bool(row["focus"])
        assert one.focus != row["focus"] or not one.focus
