"""The source read as source: which files there are, and what their calls say."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import intersession

HOUSE = Path(intersession.__file__).parent
ROOT = Path(__file__).resolve().parents[2]
APPS = sorted(path.parent.name for path in HOUSE.glob("*/apps.py"))


@cache
def source(path: Path) -> ast.Module:
    """Parse a file once."""
    return ast.parse(path.read_text())


def modules() -> list[Path]:
    """List our modules, without migrations."""
    return sorted(path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts)


def calls(path: Path, *names: str) -> Iterator[ast.Call]:
    """Find the calls of a function by its last name: `record(…)`, `outbox.write(…)`."""
    for node in ast.walk(source(path)):
        if isinstance(node, ast.Call):
            last = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if last in names:
                yield node


def words_in(node: ast.AST) -> Iterator[str]:
    """Find every constant string below a node."""
    for child in ast.walk(node):
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value
