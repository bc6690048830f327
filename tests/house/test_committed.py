"""What is committed names no package registry, no machine and no tool of its making."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.house.reading import ROOT

NEVER = {
    "a package registry": r"pypi\.org|pythonhosted|registry\.npmjs|npmjs\.org|deb\.debian|/simple/",
    "a path of one machine": r"(?<![\w.])/(?:root|home/\w+|work)/\w",
    "a tool that writes": "|".join(
        ["cl" + "aude", "anthr" + "opic", "chat" + "gpt", "copi" + "lot"]
    ),
}
BINARY = {".png", ".ttf", ".otf", ".woff2", ".mo", ".gz", ".pdf", ".zip"}


def committed() -> list[Path]:
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip("this copy has no git to say what is committed")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("what", NEVER)
def test_no_committed_file_names(what: str) -> None:
    never = re.compile(NEVER[what], re.IGNORECASE)
    found = {
        f"{path.relative_to(ROOT)}:{number}": line.strip()[:120]
        for path in committed()
        if path.suffix not in BINARY and path != Path(__file__).resolve()
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if never.search(line)
    }

    assert found == {}


def plain(name: str) -> str:
    """Return the name of a package as registries compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_lock_holds_every_package_by_hash_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    blocks = re.findall(
        r"^([\w.-]+)==\S+(?: ;[^\\\n]*)? \\\n((?:    --hash=\S+(?: \\)?\n)+)", lock, re.M
    )
    named = {
        plain(re.split(r"[\[<>=!~ ;]", line.strip().strip('",'))[0])
        for line in re.findall(r'^    "[A-Za-z][^#]*', (ROOT / "pyproject.toml").read_text(), re.M)
        if ">=" in line
    }

    assert "://" not in lock
    assert len(blocks) == len(re.findall(r"^[\w.-]+==", lock, re.M))
    assert named - {plain(name) for name, _ in blocks} == set()
