"""Workers in processes of their own, really killed."""

import signal
import subprocess
from collections import Counter
from pathlib import Path
from time import monotonic, sleep

import pytest

from intersession.jobs.actions import enqueue
from intersession.jobs.models import Run, Worker
from intersession.kit import clock
from tests.jobs import tasks
from tests.processes import PATIENCE, shared_database, start

pytestmark = pytest.mark.django_db(transaction=True)

PATIENT = ["-m", "intersession.site.cli", "worker", "--lease", "60", "--pause", "0.05"]
"""One that nobody kills: its lease lasts, however long the machine stands still meanwhile."""
WORKER = ["-m", "intersession.site.cli", "worker", "--lease", "1", "--pause", "0.05"]


def marks(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def wait_for(what: str, path: Path, worker: subprocess.Popen[bytes]) -> None:
    """Wait until a mark is made."""
    until = monotonic() + PATIENCE
    while what not in marks(path):
        assert worker.poll() is None, "the worker ended by itself"
        assert monotonic() < until, f"no {what} in {marks(path)}"
        sleep(0.02)


def test_killed_workers_lose_no_task_and_repeat_only_the_one_in_hand(tmp_path: Path) -> None:
    path = tmp_path / "marks"
    names = [f"{number}" for number in range(6)]
    with shared_database(tmp_path) as database:
        for name in names:
            enqueue(tasks.slow, str(path), name, 0.3, at=clock.now())

        for name in ("1", "3"):
            worker = start(database, *WORKER)
            wait_for(f"begin {name}", path, worker)
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        worker = start(database, *PATIENT)
        for name in names:
            wait_for(f"end {name}", path, worker)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE) == 0

        assert set(Run.objects.values_list("trouble", flat=True)) == {""}
        assert Run.objects.filter(finished_at=None).count() == 0
    made = Counter(marks(path))
    assert {made[f"end {name}"] for name in names} == {1}
    assert {name: made[f"begin {name}"] for name in names} == {
        **dict.fromkeys(names, 1), "1": 2, "3": 2,
    }  # fmt: skip


def test_a_worker_told_to_stop_finishes_what_is_in_hand(tmp_path: Path) -> None:
    path = tmp_path / "marks"
    with shared_database(tmp_path) as database:
        for name in ("a", "b"):
            enqueue(tasks.slow, str(path), name, 1.5, at=clock.now())
        worker = start(database, *WORKER)
        wait_for("begin a", path, worker)

        worker.send_signal(signal.SIGTERM)

        assert worker.wait(PATIENCE) == 0
        assert marks(path) == ["begin a", "end a"]
        assert not Worker.objects.exists()


def test_once_through_everything_due(tmp_path: Path) -> None:
    path = tmp_path / "marks"
    with shared_database(tmp_path) as database:
        enqueue(tasks.slow, str(path), "a", 0, at=clock.now())

        assert start(database, *WORKER, "--until-idle").wait(PATIENCE) == 0

    assert marks(path) == ["begin a", "end a"]
