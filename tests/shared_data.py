"""Real inputs that lie beside the project, never in it: `../shared/data`."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared(path: str) -> Path:
    """Return a file or folder below `../shared`; skip the test where it is absent."""
    place = SHARED / path
    if not place.exists():
        pytest.skip("the data beside the project (../shared) is not here")
    return place
