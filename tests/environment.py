"""
Sets the environment of the tests before Django reads its settings.

`INTERSESSION_TEST_DB` says on what the suite runs: `sqlite` (as when it is not set), `postgres`
(a server of its own, from the development dependency), a folder with the programs of PostgreSQL (a
server of its own, of that version), or the URL of a database server.
"""

import atexit
import os
import shutil
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests import postgres, template

ON = os.environ.setdefault("INTERSESSION_TEST_DB", "sqlite")

if "INTERSESSION_TEST_FOLDER" not in os.environ:
    # The workers of pytest-xdist do not clean up after themselves: their parent does it for them.
    os.environ["INTERSESSION_TEST_FOLDER"] = folder = mkdtemp(prefix="intersession-test-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
os.environ["INTERSESSION_DATA_DIR"] = mkdtemp(dir=os.environ["INTERSESSION_TEST_FOLDER"])
os.environ["INTERSESSION_SECRET_KEY"] = "for tests only"
os.environ["INTERSESSION_HOSTS"] = "testserver,127.0.0.1,localhost"
os.environ.pop("INTERSESSION_DEMO", None)
os.environ.pop("DATABASE_URL", None)
# Where it is set, each process that a test starts would compile all of src/ anew: half its start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
if ON == "postgres" or ON.startswith("/"):
    # They also inherit the address of the one server that it started.
    if "INTERSESSION_TEST_SERVER" not in os.environ:
        begun = postgres.start() if ON == "postgres" else postgres.start_from(Path(ON))
        os.environ["INTERSESSION_TEST_SERVER"] = begun
    os.environ["DATABASE_URL"] = os.environ["INTERSESSION_TEST_SERVER"]
elif ON != "sqlite":
    os.environ["DATABASE_URL"] = ON


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Begin with the migrated database before there are workers to wait for it."""
    template.begin()
