"""Names of languages in the reader's language: `{% load languages %}`."""

from babel import Locale, UnknownLocaleError
from django import template
from django.utils.translation import get_language

register = template.Library()


@register.filter
def language_name(code: str) -> str:
    """Name a language by its code (BCP 47), or give the code back where it has no name."""
    try:
        reader = Locale.parse((get_language() or "en").replace("-", "_"))
        return Locale.parse(code.replace("-", "_")).get_display_name(reader) or code
    except (UnknownLocaleError, ValueError):
        return code
