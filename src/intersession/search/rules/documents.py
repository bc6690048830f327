"""A document, and its terms as both engines take them."""

import re
from dataclasses import dataclass
from datetime import datetime
from zlib import decompress

from isal.isal_zlib import compress

from intersession.search.rules.folding import clean, paragraphs, plain_words, terms
from intersession.search.rules.stems import latin_language, stems

VERSION = 2
"""Of the analyser. A change of it asks for `intersession rebuild-search`."""

TITLE, PERSON, BODY = 300, 200, 400_000
"""Characters of each that are looked at."""


@dataclass(frozen=True, slots=True)
class Document:
    """
    Something to be found: `key` is `<app>.<thing>:<id>`, `scope` the slug of its coalition.

    `tags` are further marks that a search can be narrowed by, from `tagged`.
    """

    key: str
    kind: str
    title: str
    body: str
    at: datetime
    url: str
    scope: str = ""
    person: str = ""
    language: str = ""
    tags: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """
    What the index keeps of a document: terms in their order, divided by blanks.

    `stems` are those that differ from every word of the document, in no order. `packed` is the
    body, compressed without loss, as it is stored.
    """

    title: str
    body: str
    person: str
    stems: str
    packed: bytes


def analyse(title: str, body: str, person: str, language: str) -> Terms:
    """
    Turn a document into terms: folded words, pairs of Chinese signs, stems.

    `language` is a BCP 47 tag or empty. The same input always gives the same terms: taking a
    document out of the index depends on it.
    """
    body = clean(body)
    heads, names = plain_words(clean(title)[:TITLE]), plain_words(clean(person)[:PERSON])
    said = plain_words(body[:BODY])
    title_terms, body_terms, person_terms = terms(heads), terms(said), terms(names)
    known = {*title_terms, *body_terms, *person_terms}
    more = stems({*heads, *said}, language) - known
    more.update(paragraphs(f"{title}\n{body}") if "¶" in body else ())
    return Terms(
        " ".join(title_terms),
        " ".join(body_terms),
        " ".join(person_terms),
        " ".join(sorted(more)),
        compress(body.encode(), 3),
    )


def unpack(packed: bytes) -> str:
    """Return the body as it was put in."""
    return decompress(packed).decode() if packed else ""


LONGEST_TAG = 80
EVERY = "_a"
"""A mark that every document has."""

_NOT_PLAIN = re.compile("[^a-z0-9]")


def mark(what: str, value: str) -> str:
    """Write a property as a term that no word can be: `_k` kind, `_c` scope, `_l` language."""
    return f"_{what}{_NOT_PLAIN.sub('_', value.lower())}"


def tagged(place: str, sender: str, *, has_files: bool) -> str:
    """
    Write the tags of a message: `_i` the list it is in, `_f` who sent it, `_h` that it has files.

    Of the sender's address only the part before the @ is there, which is all that readers see.
    """
    given = [("i", place), ("f", sender.partition("@")[0]), ("h", "files" if has_files else "")]
    return " ".join(mark(what, value[:LONGEST_TAG]) for what, value in given if value)


def marks(kind: str, scope: str, language: str, tags: str = "") -> str:
    """Write the properties that a search can be narrowed by, and the language of the stems."""
    primary = language.partition("-")[0]
    found = [EVERY, mark("k", kind)]
    if scope:
        found.append(mark("c", scope))
    if primary:
        found.append(mark("l", primary))
    if latin := latin_language(language):
        found.append(mark("s", latin))
    return " ".join([*found, tags] if tags else found)
