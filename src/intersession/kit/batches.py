"""Many rows, a few at a time: no write lasts long, and others write in between."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

AT_ONCE = 500
"""Rows of one write, which is a transaction by itself."""


def in_batches(rows: QuerySet[Any, Any], change: Callable[[QuerySet[Any, Any]], object]) -> int:
    """Change or delete rows in batches by key, and return how many there were."""
    count, last = 0, 0
    keys = rows.order_by("pk").values_list("pk", flat=True)
    while batch := list(keys.filter(pk__gt=last)[:AT_ONCE]):
        change(rows.filter(pk__in=batch))
        count, last = count + len(batch), batch[-1]
    return count
