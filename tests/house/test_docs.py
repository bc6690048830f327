"""The documentation says what is there: each command, each setting, fresh drawings, no dead end."""

import re
from pathlib import Path

import pytest

from intersession.site.cli import GROUPS
from tests.house.reading import HOUSE, ROOT

DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
SETTING = re.compile(r"""env\.\w+\(\s*["'](\w+)["']""")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    dead = [to for to in LINK.findall(path.read_text()) if not (path.parent / to).exists()]

    assert dead == []


def test_every_setting_is_in_the_docs() -> None:
    read = set(SETTING.findall((HOUSE / "site" / "settings.py").read_text()))
    told = set(re.findall(r"`(\w+)`", (DOCS / "operating" / "settings.md").read_text()))

    assert read
    assert read - told == set()
    assert {name for name in told if name.startswith("INTERSESSION_")} - read == set()


def test_every_command_is_taught() -> None:
    folders = HOUSE.glob("*/management/commands/*.py")
    ours = {path.stem for path in folders if not path.stem.startswith("_")}
    taught = {name for group in GROUPS.values() for name in group}

    assert taught - ours <= {"migrate"}
    assert ours - taught == set()


def test_decisions_are_numbered_once_and_say_what_was_learnt() -> None:
    records = sorted((DOCS / "decisions").glob("*.md"))
    numbers = [path.name[:4] for path in records]

    assert len(numbers) == len(set(numbers))
    assert all(re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name) for path in records)
    assert all(path.read_text().startswith("# ") for path in records)
