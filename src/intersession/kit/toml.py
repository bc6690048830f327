"""Reading tables that people write by hand."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from intersession.kit.answers import Refused


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file. Raises Refused, naming it, where it is missing or not understood."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as problem:
        raise not_understood(path, problem) from problem


def read_rows[T](path: Path, name: str, row_of: Callable[..., T]) -> list[T]:
    """Read the rows of one table of a file, each given to `row_of` by its names."""
    try:
        return [row_of(**row) for row in read_toml(path).get(name, [])]
    except TypeError as problem:
        raise not_understood(path, problem) from problem


def not_understood(path: Path, problem: Exception) -> Refused:
    """Word what is wrong with a file."""
    told = {"file": path.name, "problem": problem}
    return Refused(_("The file %(file)s is not understood: %(problem)s") % told)
