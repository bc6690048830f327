"""Sets the environment of the tests before Django reads its settings."""

import os
from tempfile import mkdtemp

os.environ["INTERSESSION_DATA_DIR"] = mkdtemp(prefix="intersession-test-")
os.environ.setdefault("INTERSESSION_SECRET_KEY", "for tests only")
os.environ.setdefault("INTERSESSION_HOSTS", "testserver,127.0.0.1,localhost")
