"""What a person may type about themselves."""

from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import TZPATH, available_timezones

from allauth.account.forms import ConfirmLoginCodeForm
from babel import Locale
from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intersession.kit.forms import offer
from intersession.people import rules
from intersession.people.models import Person
from intersession.people.states import Group, Region, Shown, Text

CONTINENTS = ["Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"]
NO_COUNTRIES = frozenset(
    ("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ")
)
"""Codes of two letters that CLDR names and that are no country or territory of ISO 3166-1."""
SPOKEN = [
    ("ar", "العربية"),
    ("zh", "中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("es", "Español"),
]


@cache
def _countries(language: str) -> list[tuple[str, str]]:
    names = Locale.parse(language.replace("-", "_")).territories
    real = [(c, n) for c, n in names.items() if len(c) == 2 and c not in NO_COUNTRIES]
    return sorted(real, key=lambda pair: pair[1])


def countries() -> list[tuple[str, Any]]:
    """List countries and territories in the language of the page, as CLDR names them."""
    return [("", _("I would rather not say")), *_countries(get_language() or "en")]


def _present_names() -> set[str]:
    """
    Return the names that zones have today, one a place, as zone.tab of the machine lists them.

    Without it every name is offered, the old ones of the same zones too (Asia/Calcutta).
    """
    every = available_timezones()
    for place in TZPATH:
        table = Path(place) / "zone.tab"
        if table.is_file():
            rows = table.read_text(encoding="utf-8").splitlines()
            return every & {row.split("\t")[2] for row in rows if row and row[0] != "#"}
    return every


@cache
def _zones() -> list[tuple[str, list[tuple[str, str]]]]:
    known = sorted(_present_names())
    return [
        (sea, [(z, z.partition("/")[2].replace("_", " ")) for z in known if z.startswith(sea)])
        for sea in (f"{continent}/" for continent in CONTINENTS)
    ]


def zones(own: str = "UTC") -> list[tuple[str, Any]]:
    """List the time zones by continent, after UTC and after a name of old that somebody chose."""
    offered = {name for _sea, cities in _zones() for name, _city in cities}
    first = [] if own in offered or own == "UTC" else [(own, own.replace("_", " "))]
    return [("UTC", "UTC"), *first, *((sea.rstrip("/"), cities) for sea, cities in _zones())]


class AddressForm(forms.Form):
    """An e-mail address."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "wide"}),
    )

    def clean_email(self) -> str:
        """Write addresses small, so that one is one."""
        return str(self.cleaned_data["email"]).lower()


class CodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    """The code from the letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from the letter")
        self.fields["code"].widget = forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "size": 12}
        )


class DescriptionForm(forms.Form):
    """How a person describes themselves, and what of it is public."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("What you post, comment and decide is public under this name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    group = forms.ChoiceField(label=_("Stakeholder group"), required=False)
    country = forms.ChoiceField(label=_("Country or territory"), required=False, choices=countries)
    region = forms.ChoiceField(
        label=_("UN region"),
        required=False,
        help_text=_("Left open, it follows your country."),
    )
    affiliation = forms.CharField(
        label=_("Affiliation"),
        max_length=160,
        required=False,
        help_text=_("An organization, or nothing: many take part in their own name."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you work in"),
        required=False,
        choices=SPOKEN,
        widget=forms.CheckboxSelectMultiple,
    )
    zone = forms.ChoiceField(
        label=_("Time zone"), choices=zones, help_text=_("Deadlines are shown in it, beside UTC.")
    )
    shown = forms.MultipleChoiceField(
        label=_("Show to everyone"),
        required=False,
        choices=Shown,
        help_text=_("Nothing is shown unless you tick it. Your addresses are never shown."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, typed: Any = None, *, person: Person) -> None:
        given = {name: getattr(person, name) for name in self.base_fields}
        super().__init__(typed, initial=given)
        offer(self, "zone", zones(person.zone))
        unsaid = ("", _("I would rather not say"))
        offer(self, "group", [unsaid, *Group.choices])
        offer(self, "region", [unsaid, *Region.choices])

    def clean_name(self) -> str:
        """Keep a name on one line."""
        return self._tidy("name")

    def clean_affiliation(self) -> str:
        """Keep an affiliation on one line."""
        return self._tidy("affiliation")

    def _tidy(self, name: str) -> str:
        words = rules.tidy(self.cleaned_data[name])
        if not words and self.fields[name].required:
            raise forms.ValidationError(self.fields[name].error_messages["required"])
        return words

    def description(self) -> rules.Description:
        """Return what was typed, once it is valid."""
        said = {name: self.cleaned_data[name] for name in DescriptionForm.base_fields}
        said |= {name: tuple(said[name]) for name in ("languages", "shown")}
        return rules.Description(**said)


class ConsentForm(forms.Form):
    """The texts that are still to be accepted, all of them or not at all."""

    texts = forms.MultipleChoiceField(
        label=_("I have read and accept"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, open_texts: list[Text], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open_texts = open_texts
        offer(self, "texts", [(text.value, _labelled(text)) for text in open_texts])

    def clean_texts(self) -> list[Text]:
        """Ask for every text: taking part rests on all of them."""
        given = [Text(text) for text in self.cleaned_data["texts"]]
        if len(given) < len(self.open_texts):
            raise forms.ValidationError(
                _("Accept each text, or choose “Not now” below: reading needs no consent.")
            )
        return given


def _labelled(text: Text) -> str:
    version = rules.current_version(text)
    url = reverse("people:text", args=[text.value, version])
    words = _("%(text)s, version %(version)s") % {"text": text.label, "version": version}
    return format_html('<a href="{}">{}</a>', url, words)
