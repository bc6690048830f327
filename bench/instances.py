"""Throw-away instances to measure: made by our own commands, served by our own server."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.journeys.instance import Instance, an_instance

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def make(folder: Path) -> Instance:
    """Make an instance with the demo's world in it, which is then served as no demo."""
    instance = an_instance(folder, "bench")
    instance.environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    instance.run("demo", "--prepare")
    del instance.environment["INTERSESSION_DEMO"]
    inside(instance, "open_list")
    return instance


def inside(instance: Instance, *words: str) -> Any:
    """Do something inside an instance, in a process of its own; return what it tells."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.inside", *words],
        env=instance.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{words}: {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def mailbox(count: int, folder: Path) -> Path:
    """Make the synthetic mailbox of a size."""
    place = folder / f"synthetic-{count}.mbox"
    if not place.exists():
        maker = SHARED / "tools" / "gen_mbox.py"
        subprocess.run(
            [sys.executable, maker, "--n", str(count), "--seed", "1", "--out", place],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    return place
