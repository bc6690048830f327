"""The law of the register: what is known of a coalition, and what a later reading may change."""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

UNKNOWN: tuple[Any, ...] = ("", None, [], {}, "unknown")


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name a coalition had."""

    name: str
    acronym: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class KnownLink:
    """An address near a coalition that is not its own website."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class KnownCoalition:
    """What the registry knows of a coalition. Blank is not known; it never means no."""

    slug: str
    name: str
    sources: Sequence[str]
    full_name: str = ""
    acronym: str = ""
    focus: str = ""
    themes: Sequence[str] = ()
    status: str = "unknown"
    status_as_of: str = ""
    status_basis: str = ""
    established_year: int | None = None
    recognized_year: int | None = None
    recognition_note: str = ""
    governance: str = "unknown"
    governance_note: str = ""
    support_note: str = ""
    website: str = ""
    igf_page: str = ""
    list_address: str = ""
    list_subscribe_url: str = ""
    list_archive_url: str = ""
    list_host: str = ""
    former_names: Sequence[KnownName] = ()
    links: Sequence[KnownLink] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What a coalition says of itself on its page, and its coordinators may change."""

    focus: str = ""
    website: str = ""
    contact: str = ""
    list_address: str = ""
    list_subscribe_url: str = ""
    list_archive_url: str = ""
    links: Sequence[KnownLink] = ()


@dataclass(frozen=True, slots=True)
class KnownTheme:
    """A theme of the project's own list."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Registry:
    """A whole registry as read from its files; `digest` is the SHA-256 of their bytes."""

    digest: str
    themes: Sequence[KnownTheme]
    coalitions: Sequence[KnownCoalition]
    coordination: KnownCoalition | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """What a reading did: rows created, updated, unchanged, and kept because of an edit."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0

    @classmethod
    def of(cls, outcomes: Counter[str]) -> "Tally":
        """Count the outcomes of many rows."""
        return cls(**outcomes)


@dataclass(frozen=True, slots=True)
class Listed:
    """A coalition as the filters of the directory see it; `words` is all its text, folded."""

    words: str
    status: str
    themes: frozenset[str]
    groups: frozenset[str] = frozenset()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader of the directory looks for; blank is everything."""

    words: str = ""
    status: str = ""
    theme: str = ""
    group: str = ""
    is_open: bool = False

    def takes(self, listed: Listed) -> bool:
        """Test whether a coalition is among what is looked for."""
        return (
            all(word in listed.words for word in folded(self.words).split())
            and self.status in ("", listed.status)
            and (not self.theme or self.theme in listed.themes)
            and (not self.group or self.group in listed.groups)
            and (listed.is_open or not self.is_open)
        )


def folded(text: str) -> str:
    """Fold case, accents and typographic apostrophes away, so that typing finds printing."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def to_change(
    current: Mapping[str, Any],
    loaded: Mapping[str, Any],
    offered: Mapping[str, Any],
    *,
    is_confirmed: bool = False,
) -> dict[str, Any]:
    """
    Return the values that a new reading may set: those nobody has touched since the last one.

    `current` is what stands now, `loaded` what the last reading brought, `offered` what the new
    one brings. A page that its coordinators confirmed is left alone; a value that no reading
    brought is filled in only where it is not known.
    """
    if is_confirmed:
        return {}
    return {
        name: value
        for name, value in offered.items()
        if current[name] != value
        and (current[name] == loaded[name] if name in loaded else current[name] in UNKNOWN)
    }


def outcome(
    changes: Mapping[str, Any], current: Mapping[str, Any], offered: Mapping[str, Any]
) -> str:
    """Name what happened to a row that was there: updated, kept because it differs, unchanged."""
    if changes:
        return "updated"
    return "unchanged" if all(current[name] == value for name, value in offered.items()) else "kept"
