"""Requests as our pages see them."""

from datetime import datetime

from django.http import HttpRequest

from intersession.people.models import Person


class Request(HttpRequest):
    """A request whose sender is signed in, with its moment."""

    user: Person
    at: datetime


class PublicRequest(HttpRequest):
    """A request from anybody, with its moment."""

    at: datetime


def visitor(request: HttpRequest) -> Person | None:
    """Return the person who asks, or None for somebody who is not signed in."""
    user = request.user
    return user if user.is_authenticated else None
