"""No module is too long to read, the tests' own included."""

import pytest

from tests.house.reading import ROOT, modules

LIMIT = 350


@pytest.mark.parametrize("folder", ["src", "tests", "bench"])
def test_no_module_is_too_long_to_read(folder: str) -> None:
    files = modules() if folder == "src" else (ROOT / folder).rglob("*.py")
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in files
        if "node_modules" not in path.parts
    }

    assert {path: lines for path, lines in lengths.items() if lines > LIMIT} == {}
