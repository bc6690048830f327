"""How an entry of the record reads: one whole sentence, for a page or for a feed."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from intersession.journal.models import Entry
from intersession.kit import words as times
from intersession.kit.labels import Label
from intersession.site.wiring import FACTS, PHRASES


@dataclass(frozen=True, slots=True)
class Reading:
    """An entry with its sentence as HTML, the thing in it a link."""

    entry: Entry
    sentence: SafeString

    @property
    def day(self) -> date:
        """The day of the act, in UTC."""
        return self.entry.at.astimezone(UTC).date()


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of an entry as people read it; `is_code` for what is meant for machines."""

    label: Any
    value: str
    is_code: bool


MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
CODE = re.compile(r"[0-9a-f]{32,}|[a-z]+\.[a-z_]+:\d+")
"""A hash, or the key of a row: for machines."""


def facts(entry: Entry) -> list[Fact]:
    """
    Say what facts an entry holds; one that this version does not know stands as it is.

    What is none is left out: the line of the export holds it.
    """
    app = entry.verb.partition(".")[0]
    told = []
    for name, value in entry.facts.items():
        if value in (None, "", [], {}):
            continue
        label = FACTS.get(f"{app}.{name}", Label(name))
        told.append(Fact(label.words, said(value, label), _is_code(value)))
    return told


def _is_code(value: Any) -> bool:
    many = value if isinstance(value, list) else [value]
    return all(isinstance(one, str) and CODE.fullmatch(one) for one in many)


def said(value: Any, label: Label) -> str:
    """Say a value in words: yes and no, moments, and what its label has a word for."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(said(one, label) for one in value) or _("none")
    if isinstance(value, dict):
        pairs = [(said(name, label), said(one, label)) for name, one in value.items()]
        return "; ".join(f"{name}: {one}" for name, one in pairs) or _("none")
    if isinstance(value, str) and MOMENT.match(value):
        return times.moment(datetime.fromisoformat(value))
    return str(label.values.get(str(value), value)) if value not in (None, "") else _("none")


def words(entry: Entry) -> str:
    """Say what an entry says, as plain text."""
    return _phrase(entry.verb) % {"actor": actor(entry), "title": entry.title}


def reading(entry: Entry) -> Reading:
    """Say what an entry says, as HTML; names and titles are text, whatever is in them."""
    title = format_html("<bdi>{}</bdi>", entry.title)
    if entry.url.startswith("/"):
        title = format_html('<a href="{}">{}</a>', entry.url, title)
    told = {"actor": format_html("<bdi>{}</bdi>", actor(entry)), "title": title}
    return Reading(entry, SafeString(str(escape(_phrase(entry.verb))) % told))


def actor(entry: Entry) -> str:
    """Name who acted."""
    return str(entry.actor) if entry.actor else _("The platform")


def _phrase(verb: str) -> str:
    return str(PHRASES.get(verb) or _("%(actor)s acted on %(title)s"))
