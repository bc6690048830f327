"""How forms look everywhere: `{{ form }}` or `{{ form.name.as_field_group }}`."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

LONGEST = 5_000
"""Characters of a reason or an answer."""


class House(TemplatesSetting):
    """Draw forms with our templates: label, hint, error above the field, summary at the top."""

    form_template_name = "kit/form.html"
    field_template_name = "kit/field.html"


def needed(sentence: Any) -> dict[str, Any]:
    """Return what a field says that was left empty."""
    return {"required": sentence}


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let a field of choices offer these, of which its class knew nothing."""
    cast("forms.ChoiceField", form.fields[name]).choices = list(choices)


def words(
    label: Any,
    *,
    required: bool = True,
    hint: Any = "",
    rows: int = 4,
    most: int = LONGEST,
    missing: Any = "",
) -> forms.CharField:
    """
    Return a field for somebody's own words, which no browser may cut short unseen.

    `missing` is the sentence for whoever leaves it empty, `most` the limit in characters.
    """
    return forms.CharField(
        label=label,
        required=required,
        help_text=hint,
        error_messages=needed(missing or _("Write something here: it cannot stay empty.")),
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        validators=[MaxLengthValidator(most)],
    )
