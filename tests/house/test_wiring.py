"""What crosses upward: facts and their listeners, the record and its phrases, letters."""

import ast
import importlib
import inspect
import re
from dataclasses import is_dataclass
from types import ModuleType

import pytest
from django.conf import settings

from intersession.site import wiring
from tests.house.reading import APPS, HOUSE, calls, modules, words_in

RANK = {name: rank for rank, name in enumerate(settings.ORDER)}
VERB = re.compile(r"[a-z]+\.[a-z_]+")
PLACE = re.compile(r"%\((\w+)\)s")


def events_of(app: str) -> ModuleType | None:
    try:
        return importlib.import_module(f"intersession.{app}.events")
    except ModuleNotFoundError:
        return None


FACTS = [
    fact
    for app in APPS
    if (module := events_of(app))
    for _, fact in inspect.getmembers(module, inspect.isclass)
    if fact.__module__.startswith(f"intersession.{app}.events")
]
LISTENERS = [(fact, listener) for fact, heard in wiring.WIRING.items() for listener in heard]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.__qualname__)
def test_a_fact_is_frozen(fact: type) -> None:
    assert is_dataclass(fact)
    assert fact.__dataclass_params__.frozen  # type: ignore[attr-defined]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.__qualname__)
def test_a_fact_is_told_by_its_own_app(fact: type) -> None:
    app = fact.__module__.split(".")[1]
    told = [
        path
        for path in modules()
        if path.relative_to(HOUSE).parts[0] == app
        for call in calls(path, fact.__name__)
        if call
    ]

    assert told, f"nobody tells {fact.__name__}"


def test_who_listens_lives_above_in_a_module_of_reactions() -> None:
    for fact, listener in LISTENERS:
        home = inspect.getmodule(listener)
        assert home is not None
        words = home.__name__.split(".")
        assert fact in FACTS
        assert words[1] == "site" or words[2] == "reactions", f"{home.__name__} is no reaction"
        assert RANK[words[1]] > RANK[fact.__module__.split(".")[1]], "a listener lives above"


def test_every_reaction_is_in_the_table() -> None:
    wired = {
        f"{listener.__module__}.{listener.__qualname__}"
        for _, listener in LISTENERS
        if callable(listener)
    }
    written = {
        f"{module.__name__}.{name}"
        for path in modules()
        if path.stem == "reactions" or path.parent.name == "reactions"
        for module in [importlib.import_module(dotted(path.relative_to(HOUSE).with_suffix("")))]
        for name, made in inspect.getmembers(module, inspect.isfunction)
        if made.__module__ == module.__name__ and not name.startswith("_")
    }

    assert written - wired == set()


def dotted(path: object) -> str:
    return "intersession." + str(path).replace("/", ".").removesuffix(".__init__")


def recorded() -> dict[str, str]:
    """Find each verb that the record is given as words, and where."""
    return {
        verb: str(path.relative_to(HOUSE))
        for path in modules()
        for call in calls(path, "record", "_record")
        for argument in [*call.args[1:2], *(k.value for k in call.keywords if k.arg == "verb")]
        for verb in words_in(argument)
        if VERB.fullmatch(verb)
    }


def test_every_verb_of_the_record_has_its_phrase() -> None:
    silent = {verb: place for verb, place in recorded().items() if verb not in wiring.PHRASES}

    assert silent == {}


def recorded_facts() -> dict[str, str]:
    """Find the name of each fact that the record is given, with its app, and where."""
    return {
        f"{app}.{key.value}": str(path.relative_to(HOUSE))
        for path in modules()
        if (app := path.relative_to(HOUSE).parts[0]) not in ("kit", "site")
        for call in calls(path, "record", "_record", "note", "enter")
        for given in call.keywords
        if given.arg == "facts"
        for table in ast.walk(given.value)
        if isinstance(table, ast.Dict)
        for key in table.keys
        if isinstance(key, ast.Constant)
    }


def test_every_fact_of_the_record_has_its_label() -> None:
    nameless = {
        fact: f"{place}: add it to FACTS in {fact.split('.')[0]}/phrases.py"
        for fact, place in recorded_facts().items()
        if fact not in wiring.FACTS
    }

    assert nameless == {}


@pytest.mark.parametrize("verb", wiring.PHRASES)
def test_a_phrase_is_a_sentence_about_somebody_and_something(verb: str) -> None:
    app = verb.split(".")[0]
    places = set(PLACE.findall(str(wiring.PHRASES[verb])))

    assert app in APPS
    assert places <= {"actor", "title"}, f"{verb}: only the actor and the title are there"


LETTERS = sorted(path for path in HOUSE.glob("*/templates/*/letters/*/") if path.is_dir())


@pytest.mark.parametrize("folder", LETTERS, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_letter_has_its_subject_and_its_text(folder: object) -> None:
    there = {path.name for path in folder.iterdir()}  # type: ignore[attr-defined]

    assert there >= {"subject.txt", "body.txt"}


def test_every_letter_that_is_written_has_its_templates() -> None:
    there = {f"{folder.parent.parent.name}.{folder.name}" for folder in LETTERS}
    kinds = {
        kind
        for path in modules()
        for call in calls(path, "write")
        for kind in words_in(call.args[0] if call.args else call)
        if VERB.fullmatch(kind) and kind.split(".")[0] in APPS
    }

    assert kinds - there == set()
