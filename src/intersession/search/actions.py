"""Putting documents into the index and taking them out. Apps do so with their own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC
from itertools import batched

from django.db import transaction

from intersession.kit.moments import stored
from intersession.kit.prepared import each, one_of, prepared
from intersession.search.engines import Row, engine
from intersession.search.models import Item
from intersession.search.rules import Document, Terms, analyse, marks, unpack
from intersession.search.rules.documents import PERSON, TITLE
from intersession.search.rules.folding import clean

BATCH = 500


def put(documents: Iterable[Document]) -> None:
    """Put documents in, replacing those of the same key."""
    put_many([(d, analyse(d.title, d.body, d.person, d.language)) for d in documents])


@transaction.atomic(savepoint=False)
def put_many(rows: Sequence[tuple[Document, Terms]]) -> None:
    """
    Put documents in with their terms, which must come from `rules.analyse` of the same values.

    For an import, which analyses in its children. Replaces equal keys; of several with one key
    in `rows` the last counts. Any number of rows.
    """
    last = {document.key: (document, terms) for document, terms in rows}
    chosen = sorted(last.values(), key=lambda row: (row[0].at, row[0].key))
    if not chosen:
        return
    any_at_all, any_of_these = _there_is([*last][:BATCH])
    if not any_at_all:
        engine().clear()  # an emptied shelf has an empty index: what was found there is gone
    elif any_of_these or len(last) > BATCH:
        remove(last)
    for start in range(0, len(chosen), BATCH):
        _add(chosen[start : start + BATCH])


def _there_is(keys: Sequence[str]) -> tuple[bool, bool]:
    """Test whether there is any item at all, and any of these keys: by one question."""
    is_one, values = one_of("key", keys)
    with prepared() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM search_item),"  # noqa: S608 (only places)
            f" EXISTS (SELECT 1 FROM search_item WHERE {is_one})",
            values,
        )
        any_at_all, any_of_these = cursor.fetchone()
        return bool(any_at_all), bool(any_of_these)


INSERT = (
    "INSERT INTO search_item(id, key, kind, scope, title, body, person, language, at, url,"
    " tags) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


def _add(rows: Sequence[tuple[Document, Terms]]) -> None:
    """Write a batch by two statements: `bulk_create` would take as long as all the rest."""
    numbers = engine().allocate([document.at for document, _ in rows])
    items = [
        (
            number, d.key, d.kind, d.scope, clean(d.title)[:TITLE], terms.packed,
            clean(d.person)[:PERSON], d.language[:8], stored(d.at.astimezone(UTC)), d.url,
            d.tags,
        )
        for number, (d, terms) in zip(numbers, rows, strict=True)
    ]  # fmt: skip
    each(INSERT, items)
    engine().add([
        Row(number, terms, marks(d.kind, d.scope, d.language[:8], d.tags))
        for number, (d, terms) in zip(numbers, rows, strict=True)
    ])  # fmt: skip


@transaction.atomic(savepoint=False)
def remove(keys: Iterable[str]) -> None:
    """Take documents out; a key that is not there is no fault."""
    wanted = list(keys)
    for start in range(0, len(wanted), BATCH):
        _, any_of_these = _there_is(wanted[start : start + BATCH])
        if not any_of_these:
            continue
        items = list(Item.objects.filter(key__in=wanted[start : start + BATCH]).order_by("pk"))
        if items:
            engine().drop([_row(item) for item in items])
            Item.objects.filter(pk__in=[item.pk for item in items]).delete()


def _row(item: Item) -> Row:
    terms = analyse(item.title, unpack(bytes(item.body)), item.person, item.language)
    return Row(item.pk, terms, marks(item.kind, item.scope, item.language, item.tags))


@transaction.atomic
def name_anew(people: Mapping[str, str]) -> int:
    """
    Put other names on documents, {key: name}, whose words stay; return how many were changed.

    A document that is not there, or bears the name already, is left alone. Any number of keys.
    """
    total = 0
    for keys in batched(people, BATCH, strict=False):
        items = Item.objects.filter(key__in=keys).order_by("pk")
        named = [
            Document(
                key=item.key, kind=item.kind, title=item.title, body=unpack(bytes(item.body)),
                at=item.at, url=item.url, scope=item.scope, person=people[item.key],
                language=item.language, tags=item.tags,
            )
            for item in items
            if item.person != clean(people[item.key])[:PERSON]
        ]  # fmt: skip
        put(named)
        total += len(named)
    return total


type Renewal = Callable[[Mapping[int, Item]], None]
"""Sets title, body (packed), person and tags of items anew; they are given by the id of the key."""


def rebuild(renewals: Mapping[str, Renewal] | None = None) -> int:
    """
    Make the words of every item anew, in batches; return how many there are.

    After a change of the analyser, or of the stemmer it uses. `renewals` are what apps say about
    their documents, by the beginning of the key (`lists.message`): they see each batch first.
    """
    with transaction.atomic():
        engine().clear()
        total = last = 0
        while items := list(Item.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
            for kind, renew in (renewals or {}).items():
                _renew(kind, renew, items)
            engine().add([_row(item) for item in items])
            total, last = total + len(items), items[-1].pk
    return total


def _renew(kind: str, renew: Renewal, items: Sequence[Item]) -> None:
    keys = {item: item.key.partition(":") for item in items}
    own = {int(number): item for item, (app, _, number) in keys.items() if app == kind}
    if own:
        renew(own)
        Item.objects.bulk_update(own.values(), ["title", "body", "person", "tags"], BATCH // 5)
