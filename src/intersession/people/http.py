"""Requests as our pages see them."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from intersession.people.models import Person


class Request(HttpRequest):
    """A request whose sender is signed in, with its moment."""

    user: Person
    at: datetime
    scope: Any


class PublicRequest(HttpRequest):
    """
    A request from anybody, with its moment.

    A page about one coalition sets `scope`, a page about one thing that leads on sets `subject`.
    """

    at: datetime
    scope: Any
    subject: Any


def visitor(request: HttpRequest) -> Person | None:
    """Return the person who asks, or None for somebody who is not signed in."""
    user = request.user
    return user if user.is_authenticated else None
