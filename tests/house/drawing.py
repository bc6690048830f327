"""
Draws the parts of the documentation that the code itself says: `make docs` writes them.

A drawn part stands between `<!-- drawn: name -->` and `<!-- end -->`; a test holds it fresh.
"""

import importlib
import inspect
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from intersession.kit.states import Life
from tests.house.reading import APPS, ROOT

DOCS = ROOT / "docs"
PART = re.compile(r"(<!-- drawn: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def _purpose(app: str) -> str:
    return (importlib.import_module(f"intersession.{app}").__doc__ or "").strip()


def _contract(name: str) -> dict[str, list[str]]:
    words = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = words["tool"]["importlinter"]["contracts"]
    found: dict[str, list[str]] = next(one for one in contracts if one["name"] == name)
    return found


def layers() -> list[list[str]]:
    """Return the apps from the roof down, those of one rank together, as the contract has them."""
    return [
        [app.strip() for app in layer.split("|")]
        for layer in _contract("The order of the house")["layers"]
    ]


def house() -> str:
    """Draw the apps, each standing on those it may visit."""
    visits = dict(line.split(": ") for line in _contract("Apps meet only at their doors")["visits"])
    lines = ["```mermaid", "flowchart TB"]
    for number, layer in enumerate(layers()):
        if len(layer) > 1:
            lines += [f'  subgraph ground{number}["for all"]', "    direction LR"]
            lines += [f"    {app}" for app in layer]
            lines.append("  end")
    for app, below in visits.items():
        lines += [f"  {app} --> {one}" for one in below.split()]
    top = layers()[1][0]
    lines += [f"  site --> {top}", "```"]
    return "\n".join(lines)


def apps() -> str:
    """Write what each app is for, from the roof down."""
    rows = ["| app | what it is for |", "|---|---|"]
    rows += [f"| **{app}** | {_purpose(app)} |" for layer in layers() for app in layer]
    return "\n".join(rows)


def _members(module: str) -> Iterator[tuple[str, object]]:
    try:
        found = importlib.import_module(module)
    except ModuleNotFoundError:
        return
    yield from inspect.getmembers(found)


def lives() -> str:
    """Draw every table of life: its states, and the verbs between them."""
    drawn = []
    for app in APPS:
        for name, life in _members(f"intersession.{app}.states"):
            if isinstance(life, Life):
                drawn.append(f"### {app}: {name.lower().replace('_', ' ')}\n\n{_life(life)}")
    return "\n\n".join(drawn)


def _life(life: Life[str]) -> str:
    lines = ["```mermaid", "stateDiagram-v2"]
    for start, verb, end in life.edges():
        lines.append(f"  {_state(start)} --> {_state(end)}: {verb.replace('_', ' ')}")
    return "\n".join([*lines, "```"])


def _state(state: object) -> str:
    return str(getattr(state, "value", state)).replace("-", "_") or "new"


def facts() -> str:
    """Write each fact and who hears it."""
    from intersession.site.wiring import WIRING

    rows = ["| fact | told by | heard by |", "|---|---|---|"]
    for app in APPS:
        for name, fact in _members(f"intersession.{app}.events"):
            if inspect.isclass(fact) and fact.__module__.startswith(f"intersession.{app}.events"):
                heard = [
                    f"{_app_of(listener)}: {getattr(listener, '__name__', '')}"
                    for listener in WIRING.get(fact, ())
                ]
                rows.append(f"| {name} | {app} | {', '.join(heard) or 'nobody yet'} |")
    return "\n".join(rows)


def _app_of(listener: object) -> str:
    return str(getattr(listener, "__module__", "")).split(".")[1]


def commands() -> str:
    """Write our commands, grouped as the command itself shows them."""
    from intersession.site.cli import GROUPS

    rows = ["| command | what it does |", "|---|---|"]
    for group in GROUPS.values():
        rows += [f"| `intersession {name}` | {words} |" for name, words in group.items()]
    return "\n".join(rows)


DRAWN: dict[str, Callable[[], str]] = {
    "house": house, "apps": apps, "lives": lives, "facts": facts, "commands": commands,
}  # fmt: skip


def fresh(text: str) -> str:
    """Return a document with every drawn part drawn anew."""
    return PART.sub(lambda m: f"{m[1]}\n{DRAWN[m[2]]()}\n\n{m[3]}", text)


def documents() -> list[Path]:
    """List the documents that hold a drawn part."""
    return [path for path in sorted(DOCS.rglob("*.md")) if PART.search(path.read_text())]


def main() -> None:
    """Write every drawn part anew; with `--check` only say which are stale, and exit with 1."""
    import django

    django.setup()
    stale = [path for path in documents() if path.read_text() != fresh(path.read_text())]
    if "--check" in sys.argv and stale:
        names = ", ".join(str(path.relative_to(ROOT)) for path in stale)
        sys.exit(f"Drawn parts are stale in {names}: run `make docs`.")
    for path in stale:
        path.write_text(fresh(path.read_text()))


if __name__ == "__main__":
    main()
