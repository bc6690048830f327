"""Small words of the output pages: `{% load outputs %}`."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.conf import settings

register = template.Library()


@register.filter
def at_key(table: Mapping[str, Sequence[Any]], key: str) -> Sequence[Any]:
    """Return what stands at a paragraph, nothing where nothing does."""
    return table.get(key, ())


@register.filter
def language_name(code: str) -> str:
    """Return the name of a language in itself."""
    return dict(settings.LANGUAGES).get(code, code)
