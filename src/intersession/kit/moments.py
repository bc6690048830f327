"""Moments as the database holds them, for the few places that write rows by SQL of their own."""

from datetime import UTC, datetime
from typing import Any

from django.db import connection


def stored(at: datetime) -> Any:
    """Write a moment as this database stores it; SQLite as text in UTC, as Django does."""
    if connection.vendor == "sqlite" and at.tzinfo is UTC:
        return str(at.replace(tzinfo=None))  # in a fifth of the time: an import has thousands
    return connection.ops.adapt_datetimefield_value(at)
