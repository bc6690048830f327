"""A whole instance as people run it: its own data, the production server, the demo's world."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlsplit

from tests import postgres, template
from tests.processes import PATIENCE

US = [sys.executable, "-m", "intersession.site.cli"]


@dataclass
class Instance:
    """Where the pages are, where the data lies, and with what environment commands are run."""

    url: str
    data_dir: Path
    environment: dict[str, str]

    def run(self, *words: str) -> str:
        """Run one command of ours on this instance; return what it prints."""
        done = subprocess.run(
            [*US, *words], env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return done.stdout


def a_free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def an_instance(data_dir: Path, name: str, *, demo: bool = True) -> Instance:
    """Make an instance with empty tables, not yet served; `name` tells its database from others."""
    port = a_free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "INTERSESSION_DATA_DIR": str(data_dir),
        "INTERSESSION_SITE_URL": url,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    if demo:
        environment["INTERSESSION_DEMO"] = "1"
    if server := os.environ.get("DATABASE_URL"):
        like = template.postgres_name()
        environment["DATABASE_URL"] = postgres.create(server, f"journey_{name}", like=like)
    else:
        template.copied_to(data_dir / "intersession.sqlite3")
    return Instance(url, data_dir, environment)


def wait_for(url: str, child: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers."""
    until = monotonic() + PATIENCE
    while monotonic() < until and child.poll() is None:
        with closing(HTTPConnection(urlsplit(url).netloc, timeout=5)) as connection:
            try:
                connection.request("GET", "/")
                connection.getresponse().read()
            except (OSError, HTTPException):
                sleep(0.1)
            else:
                return
    raise AssertionError(f"nothing answers at {url} (exit code {child.poll()})")


@contextmanager
def served(instance: Instance, *also: tuple[str, ...], workers: int = 1) -> Iterator[Instance]:
    """Serve the pages, and run other commands beside; stop them all at the end."""
    port = str(urlsplit(instance.url).port)
    children = [
        subprocess.Popen([*US, *words], env=instance.environment, stdout=subprocess.DEVNULL)
        for words in [("serve", "--port", port, "--workers", str(workers)), *also]
    ]
    try:
        wait_for(instance.url, children[0])
        yield instance
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(timeout=PATIENCE)
