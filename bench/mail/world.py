"""An instance for mail: its database, its list, listener, worker, and where copies go."""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from threading import Thread
from time import monotonic, sleep, time

from bench.memory import children_of, of_tree

TICKS = os.sysconf("SC_CLK_TCK")
PAUSE = 0.005
"""Seconds between two looks at the sink's count, and so how exact its moments are."""
COUNTED = re.compile(rb"mesg=(\d+)")
SMTP_SINK = which("smtp-sink") or which("smtp-sink", path="/usr/sbin")


def prepare(folder: Path, database: str) -> None:
    """Have Django work on an empty database of ours in this process."""
    os.environ |= {
        "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "intersession.site.settings",
        "INTERSESSION_DATA_DIR": str(folder), "INTERSESSION_SITE_URL": "https://dc.example.org",
        "INTERSESSION_HOSTS": "dc.example.org",
    }  # fmt: skip
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def seconds_of(*processes: subprocess.Popen[bytes]) -> float:
    """Return the CPU seconds that processes and their children have used, user and system."""
    tree, total, waiting = children_of(), 0, [one.pid for one in processes]
    while waiting:
        pid = waiting.pop()
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(words[11]) + int(words[12])
        waiting += tree.get(pid, [])
    return total / TICKS


@dataclass
class Counter:
    """The fast sink of the peers' own measurements; when it had how many, by its own count."""

    port: int
    count: int = 0
    first: float = 0.0
    last: float = 0.0
    """Moments (seconds since 1970) at which the first and the last copy were counted."""

    def listen(self, process: subprocess.Popen[bytes]) -> None:
        """Follow its running count."""
        assert process.stdout is not None
        held = b""
        while told := os.read(process.stdout.fileno(), 1 << 16):
            held = held[-100:] + told
            counts = COUNTED.findall(held[: held.rfind(b"\r") + 1])
            if counts and int(counts[-1]) > self.count:
                self.first = self.first or time()
                self.count, self.last = int(counts[-1]), time()
            sleep(PAUSE)  # it tells each mail; to hear each would take time from what is measured

    def begin(self) -> None:
        """Count from here on."""
        self.base, self.first, self.last = self.count, 0.0, 0.0

    @property
    def since(self) -> int:
        """How many were taken since then."""
        return self.count - self.base


@contextmanager
def smtp_sink(port: int) -> Iterator[Counter]:
    """Run Postfix's own sink, which takes everything."""
    assert SMTP_SINK, "smtp-sink comes with Postfix, which is not installed here"
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    process = subprocess.Popen(
        [SMTP_SINK, *user, "-c", f"127.0.0.1:{port}", "200"], stdout=subprocess.PIPE
    )
    counter = Counter(port)
    counter.begin()
    Thread(target=counter.listen, args=(process,), daemon=True).start()
    try:
        yield counter
    finally:
        process.kill()
        process.wait()


def wait_until(counter: Counter, copies: int, patience: float) -> None:
    """Wait until so many were taken. Raises RuntimeError where nothing comes for too long."""
    end = monotonic() + patience
    while counter.since < copies:
        if monotonic() > end:
            raise RuntimeError(f"{counter.since} of {copies} copies came")
        sleep(0.005)


def memory(process: subprocess.Popen[bytes]) -> tuple[float, float]:
    """Return megabytes (proportional set size) of a process alone, and with its children."""
    from bench.memory import of_one

    return of_one(process.pid) / 1e6, of_tree(process.pid) / 1e6
