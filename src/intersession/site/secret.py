"""The secret of an instance, made on its first run and kept in its data directory."""

import os
from pathlib import Path
from secrets import token_urlsafe


def secret_key(data_dir: Path) -> str:
    """Read the secret of this instance, making it first where there is none (mode 0600)."""
    place = data_dir / "secret-key"
    if not place.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return secret_key(data_dir)
        with os.fdopen(handle, "w") as file:
            file.write(token_urlsafe(50))
    return place.read_text().strip()
