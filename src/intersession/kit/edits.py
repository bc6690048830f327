"""Forms on what others may change meanwhile: nobody overwrites what they have not seen."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from intersession.kit import difference
from intersession.kit.answers import Refused


class Meanwhile(Refused):
    """Somebody saved in the meantime. Nothing is lost: both wordings can be shown."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else saved this while you were writing."))


def mark(values: Mapping[str, str]) -> str:
    """Return a short sign for what a form showed; it changes with any of the values."""
    return sha256(json.dumps(dict(values), sort_keys=True).encode()).hexdigest()[:32]


def check_seen(base: str, now: Mapping[str, str]) -> None:
    """Raise Meanwhile where `base`, the mark of what somebody saw, is not that of the present."""
    if base and base != mark(now):
        raise Meanwhile


@dataclass(frozen=True, slots=True)
class Met:
    """One field that changed meanwhile: what the other changed, and ours against it, if any."""

    label: Any
    theirs: tuple[difference.Change, ...]
    mine: tuple[difference.Change, ...] = ()


class Edit(forms.Form):
    """A form that remembers what it showed; mix it into the form of a thing that others edit."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def base(self) -> str:
        """Return the mark of what this form showed when it was opened; nothing if it said not."""
        seen = self._seen()
        return mark(seen) if seen else ""

    def typed(self) -> dict[str, Any]:
        """Return what was typed, without what was seen."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def _seen(self) -> dict[str, str]:
        try:
            said = json.loads(self.data.get("seen") or "{}")
        except ValueError:
            return {}
        return {str(k): str(v) for k, v in said.items()} if isinstance(said, dict) else {}

    def _mine(self, name: str) -> str:
        value = self[name].value()
        if isinstance(value, list):
            return ", ".join(sorted(str(one) for one in value))
        return plain(value)

    def _read(self, name: str, value: str) -> str:
        """Return a value as readers know it: a choice by its label."""
        choices = getattr(self.fields[name], "choices", None)
        if choices is None:
            return value
        labels = {str(key): str(label) for key, label in choices}
        return ", ".join(labels.get(one, one) for one in value.split(", "))

    def met(self, now: Mapping[str, str]) -> list[Met]:
        """List the fields that somebody changed since this form was opened."""
        seen = self._seen()
        found = []
        for name, value in now.items():
            was, mine = seen.get(name, ""), self._mine(name)
            if value == was:
                continue
            both = mine not in (was, value)
            theirs = tuple(difference.words(self._read(name, was), self._read(name, value)))
            against = difference.words(self._read(name, value), self._read(name, mine))
            ours = tuple(against) if both else ()
            found.append(Met(self.fields[name].label, theirs, ours))
        return found

    def over(self, now: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, Any]:
        """
        Return what to show again: ours where we changed something, else what stands now.

        `values` are those of `now` as the fields take them.
        """
        seen = self._seen()
        kept = {
            name: self[name].value() if self._mine(name) != seen.get(name, "") else values[name]
            for name in now
        }
        return {**kept, "seen": written(now)}


def plain(value: Any) -> str:
    """Return a value as a form sends it, with one kind of line end."""
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def written(now: Mapping[str, str]) -> str:
    """Write what a form shows into its hidden field."""
    return json.dumps(dict(now), sort_keys=True)
