"""What a coordinator may type about a coalition."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from intersession.coalitions.rules import KnownLink, Page

MOST_LINKS = 30
LONGEST_LABEL = 200
_is_address = URLValidator(schemes=["http", "https"])


def _address(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=300, validators=[_is_address],
        widget=forms.URLInput(attrs={"class": "wide", "dir": "ltr"}),
    )  # fmt: skip


class PageForm(forms.Form):
    """What a coalition says of itself."""

    focus = forms.CharField(
        label=_("Overview"), required=False, max_length=4000,
        help_text=_("What the coalition works on, in a few sentences."),
        widget=forms.Textarea(attrs={"rows": 6, "class": "wide", "dir": "auto"}),
    )  # fmt: skip
    contact = forms.CharField(
        label=_("Contact"), required=False, max_length=200,
        help_text=_("How to reach the coalition. It is public, so no address of somebody’s own."),
        widget=forms.TextInput(attrs={"class": "wide"}),
    )  # fmt: skip
    website = _address(_("Website"), _("It begins with https:// or http://."))
    list_address = forms.EmailField(
        label=_("Address of its mailing list"), required=False,
        widget=forms.EmailInput(attrs={"class": "wide", "dir": "ltr"}),
    )  # fmt: skip
    list_subscribe_url = _address(_("Where to subscribe to the list"))
    list_archive_url = _address(_("Archive of the list elsewhere"))
    links = forms.CharField(
        label=_("Links"), required=False, max_length=20_000,
        help_text=_("One a line: the address, a blank, and what is there."),
        widget=forms.Textarea(attrs={"rows": 6, "class": "wide", "dir": "ltr"}),
    )  # fmt: skip
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean_links(self) -> list[KnownLink]:
        """Read the links, line by line."""
        lines = [line.split(maxsplit=1) for line in self.cleaned_data["links"].splitlines()]
        links = [KnownLink(line[0], "".join(line[1:]).strip()) for line in lines if line]
        if len(links) > MOST_LINKS:
            raise ValidationError(_now("A page has up to 30 links."))
        for link in links:
            _check(link)
        return links

    def page(self) -> Page:
        """Return what was typed, once it is valid."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "base"}
        return Page(**said)


def _check(link: KnownLink) -> None:
    try:
        _is_address(link.url)
    except ValidationError as problem:
        told = {"line": f"{link.url} {link.label}".strip()[:80]}
        raise ValidationError(
            _now("This line begins with no address: %(line)s") % told
        ) from problem
    if len(link.url) > 300 or len(link.label) > LONGEST_LABEL:
        raise ValidationError(_now("A link has up to 300 signs, and its words up to 200."))


def typed(page: Page) -> dict[str, str]:
    """Write a page as one types it."""
    said = {name: getattr(page, name) for name in PageForm.base_fields if name != "base"}
    return said | {"links": "\n".join(f"{link.url} {link.label}".strip() for link in page.links)}
