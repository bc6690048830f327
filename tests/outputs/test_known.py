"""What coalitions published elsewhere, and who used it: facts, never an endorsement."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from intersession.coalitions.formats import SEED
from intersession.coalitions.models import Coalition
from intersession.coalitions.rules import Tally
from intersession.coalitions.testing import a_coalition
from intersession.journal.models import Entry
from intersession.kit.answers import Refused
from intersession.outputs.actions.known import list_known
from intersession.outputs.formats.known import read_known
from intersession.outputs.models import ListedOutput, Uptake
from intersession.outputs.rules.known import KnownOutput, KnownUse
from intersession.people.testing import NOON
from intersession.search.queries import find
from tests.shared_data import shared

pytestmark = pytest.mark.django_db


def an_output(coalition: Coalition, **facts: Any) -> KnownOutput:
    given = {"key": "framework", "title": "Model Framework", "kind": "model-framework"}
    given |= {"stage": "published", "sources": ["A page"], "coalitions": [coalition.slug]}
    return KnownOutput(**{**given, **facts})  # type: ignore[arg-type]


def a_use(coalition: Coalition, **facts: Any) -> KnownUse:
    given = {"key": "use", "coalitions": [coalition.slug], "by_whom": "Council of Somewhere"}
    given |= {"kind": "used-as-basis", "summary": "A base.", "sources": [], "output": "framework"}
    return KnownUse(**{**given, **facts})  # type: ignore[arg-type]


def test_the_seed_is_whole_and_loading_it_twice_changes_nothing() -> None:
    call_command("load-registry", verbosity=0)
    out = StringIO()

    call_command("load-registry", "--json", stdout=out)

    told = json.loads(out.getvalue())
    assert told["outputs"] == {"created": 0, "updated": 0, "unchanged": 54, "kept": 0}
    assert told["uptake"] == {"created": 0, "updated": 0, "unchanged": 54, "kept": 0}
    assert [entry.verb for entry in Entry.objects.all()] == ["coalitions.load"] * 2


def test_no_fact_of_the_given_registry_was_lost() -> None:
    given = json.loads(shared("data/registry/outputs.json").read_text())
    known = {one.key: one for one in read_known(SEED).outputs}

    for row in given:
        one = known[row["id"]]
        assert (one.year, one.url or None) == (row["year"], row["url"])
        assert list(one.coalitions) == row["coalitions"]
        assert list(one.languages) == (row["languages"] or [])
        assert len(one.sources) == len(row["sources"])


def test_what_was_edited_is_kept() -> None:
    coalition = a_coalition()
    list_known([an_output(coalition)], [], at=NOON)
    ListedOutput.objects.update(note="Ours.")

    outcome = list_known([an_output(coalition, note="Theirs.", year=2013)], [], at=NOON)

    output = ListedOutput.objects.get()
    assert outcome["outputs"] == Tally(updated=1)
    assert (output.note, output.year) == ("Ours.", 2013)


def test_a_use_belongs_to_its_output_and_is_shown_there(client: Client) -> None:
    coalition = a_coalition()
    list_known([an_output(coalition)], [a_use(coalition)], at=NOON)

    page = client.get("/outputs/known/framework/").text

    assert Uptake.objects.get().output == ListedOutput.objects.get()
    assert "Council of Somewhere" in page
    assert "use is not endorsement" in page
    assert '<dt>Year</dt><dd class="num">not known</dd>' in page


def test_a_known_output_is_found_by_who_used_it() -> None:
    coalition = a_coalition()
    list_known([an_output(coalition)], [a_use(coalition)], at=NOON)

    hits = find("council of somewhere")

    assert [hit.title for hit in hits.items] == ["Model Framework"]


def test_a_coalition_that_the_register_has_not_is_refused() -> None:
    coalition = a_coalition()
    stranger = an_output(coalition, coalitions=["nobody"])

    with pytest.raises(Refused, match="no coalition nobody, named by framework"):
        list_known([stranger], [], at=NOON)


@pytest.mark.parametrize(
    "row",
    [
        'key = "x"\ntitle = "X"\nkind = "poem"\nstage = "published"\nsources = []',
        'key = "x"\ntitle = "X"\nkind = "report"\nstage = "lost"\nsources = []',
    ],
)
def test_a_kind_or_stage_that_does_not_exist_is_refused(tmp_path: Path, row: str) -> None:
    (tmp_path / "outputs.toml").write_text("[[outputs]]\n" + row)
    (tmp_path / "uptake.toml").write_text("")

    with pytest.raises(Refused, match="x names a kind, a stage or an output"):
        read_known(tmp_path)


def test_a_registry_without_its_outputs_is_named_and_nothing_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "themes.toml").write_text("")

    with pytest.raises(CommandError, match=r"outputs\.toml is not understood"):
        call_command("load-registry", "--folder", str(tmp_path))
    assert not Entry.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_questions_for_one_and_for_many(
    client: Client, django_assert_num_queries: Any, count: int
) -> None:
    coalition = a_coalition()
    list_known([an_output(coalition, key=f"k{n}") for n in range(count)], [], at=NOON)

    with django_assert_num_queries(3):
        client.get("/outputs/known/")


def test_the_list_is_filtered_by_coalition_and_kind(client: Client) -> None:
    one, other = a_coalition(), a_coalition()
    list_known([an_output(one), an_output(other, key="map", title="Map", kind="map")], [], at=NOON)

    by_kind = client.get("/outputs/known/", {"kind": "map"}).context["outputs"]
    by_coalition = client.get("/outputs/known/", {"coalition": one.slug}).context["outputs"]

    assert [output.title for output in by_kind] == ["Map"]
    assert [output.title for output in by_coalition] == ["Model Framework"]
    assert client.get("/outputs/known/", {"kind": "'"}).status_code == 200
