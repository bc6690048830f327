"""
The catalogue of sentences to translate: gathered, renewed and compiled with Babel alone.

Django's own commands need the gettext programs, which a bare machine has not.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACE = "LC_MESSAGES/django.po"
BEGUN = datetime(2026, 11, 21, tzinfo=UTC)
"""One date for every catalogue, so that renewing changes only what changed."""
HEADER = "# Sentences of intersession. AGPL-3.0-or-later. Renewed by `intersession messages`."


def languages() -> list[str]:
    """Name the languages that have a catalogue."""
    return sorted(path.name for path in _folder().iterdir() if (path / PLACE).exists())


def gathered() -> Catalog:
    """Gather every sentence of the code and of the templates."""
    catalog = Catalog(project="intersession", charset="utf-8", creation_date=BEGUN)
    for path in sorted(settings.HOUSE.rglob("*")):
        for _line, message, comments, context in _sentences(path):
            place = path.relative_to(settings.HOUSE).as_posix()
            catalog.add(message, locations=[(place, 1)], user_comments=comments, context=context)
    return catalog


def renew(language: str) -> Catalog:
    """Add new sentences to a language's catalogue, drop those that are gone, and compile it."""
    catalog = _read(language)
    catalog.update(gathered(), no_fuzzy_matching=True, keep_user_comments=True)
    catalog.obsolete.clear()
    catalog.project, catalog.version, catalog.header_comment = "intersession", "1", HEADER
    catalog.revision_date, catalog.last_translator = BEGUN, "intersession"
    catalog.fuzzy = False
    (_folder() / language / PLACE).parent.mkdir(parents=True, exist_ok=True)
    written = BytesIO()
    write_po(written, catalog, width=96, sort_output=True, include_lineno=False)
    (_folder() / language / PLACE).write_bytes(written.getvalue())
    (_folder() / language / PLACE).with_suffix(".mo").write_bytes(compiled(language))
    return catalog


def compiled(language: str) -> bytes:
    """Compile a language's catalogue, as it stands in its file."""
    written = BytesIO()
    write_mo(written, _read(language))
    return written.getvalue()


def is_said(message: Message) -> bool:
    """Test whether a sentence is translated, in every plural form it has."""
    said = message.string
    return all(said) if isinstance(said, list | tuple) else bool(said)


def _folder() -> Path:
    return Path(settings.LOCALE_PATHS[0])


def _read(language: str) -> Catalog:
    path = _folder() / language / PLACE
    text = path.read_text("utf-8") if path.exists() else ""
    return read_po(StringIO(text), locale=language)


def _sentences(path: Path) -> Iterator[tuple[int, Any, list[str], str | None]]:
    if path.suffix == ".py" and "migrations" not in path.parts:
        source = path.read_bytes()
    elif "templates" in path.parts and path.suffix in (".html", ".txt"):
        source = templatize(path.read_text("utf-8")).encode()
    else:
        return
    yield from extract("python", BytesIO(source), keywords=KEYWORDS)
