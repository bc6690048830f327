"""How outputs are named for ever: `<handle>-<year>-<nn>`, and `v<n>` for a published version."""

import re

REFERENCE = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*-\d{4}-\d{2,}")


def reference(handle: str, year: int, serial: int) -> str:
    """Return the permanent reference, as `DC3-2026-01`; the handle in it never changes."""
    return f"{handle}-{year}-{serial:02d}"


def cited(reference: str, edition: int) -> str:
    """Return the reference of one published version, as `DC3-2026-01 v1`."""
    return f"{reference} v{edition}"


def is_reference(words: str) -> bool:
    """Test whether the words are a reference of an output."""
    return REFERENCE.fullmatch(words) is not None
