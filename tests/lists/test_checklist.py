"""The checklist of the mail engine names a test for each of its lines, and each is there."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.lists.checklist import LINES

TESTS = Path(__file__).parent.parent
WANTED = [*(str(number) for number in range(1, 32)), "digests", "operations", "flags"]


@cache
def named_in(path: str) -> frozenset[str]:
    """Name the tests of a file, without loading it."""
    file = TESTS / path
    nodes = ast.parse(file.read_text()).body if file.is_file() else []
    return frozenset(
        node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def test_every_line_of_the_checklist_has_its_tests() -> None:
    assert sorted(LINES) == sorted(WANTED)
    assert [line for line, shown in LINES.items() if not shown] == []


@pytest.mark.parametrize("line", WANTED)
def test_every_test_that_the_checklist_names_is_there(line: str) -> None:
    named = [place.partition("::") for place in LINES[line].values()]

    assert [
        f"{path}::{name}" for path, _, name in named if f"test_{name}" not in named_in(path)
    ] == []
