"""The words and drawings of time in templates: `{% load words %}`."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template

from intersession.kit import charts
from intersession.kit import words as say

register = template.Library()

register.filter("day", say.day)
register.filter("moment", say.moment)
register.filter("partial_day", say.partial_day)
register.filter("size", say.size)


@register.simple_tag(takes_context=True)
def deadline(context: Mapping[str, Any], until: datetime) -> str:
    """Write a deadline in UTC and in the reader's zone, which the frame knows."""
    return say.deadline(until, context.get("zone", "UTC"))


@register.simple_tag(takes_context=True)
def time_left(context: Mapping[str, Any], until: datetime) -> str:
    """Say how long is left at the moment of the request."""
    return say.time_left(until, context["request"].at)


@register.simple_tag(takes_context=True)
def time_late(context: Mapping[str, Any], until: datetime) -> str:
    """Say how long something is overdue at the moment of the request."""
    return say.time_late(until, context["request"].at)


@register.inclusion_tag("interval.html", takes_context=True)
def interval(context: Mapping[str, Any], since: datetime, until: datetime) -> dict[str, Any]:
    """Draw an interval as it stands at the moment of the request."""
    return {"bar": charts.bar(since, until, context["request"].at)}


@register.filter
def iso(value: date) -> str:
    """Write a date, or a moment to the second, for the attribute of a time element."""
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()
