"""The marks and hints of positions in templates: `{% load decisions %}`."""

from typing import Any

from django import template

from intersession.decisions.forms import HINTS
from intersession.decisions.states import MARK, Stance

register = template.Library()


@register.filter
def mark(stance: str) -> str:
    """Return the class of a position's mark."""
    return MARK[Stance(stance)]


@register.filter
def hint(stance: str) -> Any:
    """Return what a position means, in the words of somebody who takes it."""
    return HINTS[Stance(stance)]
