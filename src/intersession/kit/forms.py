"""How forms look everywhere: `{{ form }}` or `{{ form.name.as_field_group }}`."""

from typing import Any

from django.forms.renderers import TemplatesSetting


class House(TemplatesSetting):
    """Draw forms with our templates: label, hint, error above the field, summary at the top."""

    form_template_name = "kit/form.html"
    field_template_name = "kit/field.html"


def needed(sentence: Any) -> dict[str, Any]:
    """Return what a field says that was left empty."""
    return {"required": sentence}
