"""Putting documents into the index and taking them out. Apps do so with their own."""

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction

from intersession.search.models import Item
from intersession.search.rules import Document


@transaction.atomic
def put(documents: Iterable[Document]) -> None:
    """Put documents in, replacing those of the same key."""
    for document in documents:
        values = asdict(document)
        Item.objects.update_or_create(key=values.pop("key"), defaults=values)


@transaction.atomic
def remove(keys: Iterable[str]) -> None:
    """Take documents out; a key that is not there is no fault."""
    Item.objects.filter(key__in=list(keys)).delete()
