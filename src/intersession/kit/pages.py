"""What every page shares: the answer to a refusal, and the moment of the request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus

from django.contrib import messages
from django.db import DatabaseError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render

from intersession.kit import clock
from intersession.kit.answers import Denied, Refused
from intersession.kit.kept import typed

NUL_REFUSED = "NUL (0x00)"
"""How the driver of PostgreSQL says that a value holds a sign which its texts cannot hold."""

LONGEST_HERE = 1000
"""Signs of an address that the forms of a page repeat, so that they lead back to it."""

type Page = Callable[[HttpRequest], HttpResponse]


def here(request: HttpRequest) -> str:
    """Return the address of the page, for forms that lead back; of a long one only the page."""
    whole = request.get_full_path()
    if len(whole) <= LONGEST_HERE:
        return whole
    return request.path if len(request.path) <= LONGEST_HERE else "/"


class Moment:
    """
    Middleware: give the request its moment, `request.at`, and answer Denied and Refused.

    Whoever comes back to the address of a button by a link reads why nothing is there.
    """

    def __init__(self, page: Page) -> None:
        self.page = page

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = clock.now()  # type: ignore[attr-defined]  # Django knows no moment
        response = self.page(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET":
            page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Show a Denied as 403 and a Refused that no form took as 409, each with its reason."""
        if isinstance(problem, Denied):
            return _told(request, "403.html", problem, 403)
        if isinstance(problem, Refused):
            return _told(request, "409.html", problem, 409)
        if isinstance(problem, DatabaseError | ValueError) and NUL_REFUSED in str(problem):
            return render(request, "400.html", status=400)
        return None


def _told(request: HttpRequest, page: str, problem: Exception, status: int) -> HttpResponse:
    """Show the reason, with what was typed to be copied."""
    return render(request, page, {"reason": str(problem), "typed": typed(request)}, status=status)


def too_many(request: HttpRequest, words: str, seconds: int) -> HttpResponse:
    """Ask to come again after some seconds (RFC 6585, 4), with the reason."""
    answer = render(request, "429.html", {"reason": words}, status=HTTPStatus.TOO_MANY_REQUESTS)
    answer["Retry-After"] = str(seconds)
    answer["Cache-Control"] = "private, no-store"
    return answer


@contextmanager
def refusals_to(form: BaseForm) -> Iterator[None]:
    """Put a refusal beside the form: nothing typed is lost. Ask `form.is_valid()` after."""
    try:
        yield
    except Refused as refusal:
        form.add_error(None, str(refusal))


def attempt(form: BaseForm, act: Callable[[], object]) -> int:
    """Act on a valid form, or put the reason beside it; return the status of the answer."""
    if not form.is_valid():
        return 422
    try:
        act()
    except Denied as denial:
        form.add_error(None, str(denial))
        return 403
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return 409
    return 302


def done(request: HttpRequest, words: str, to: str) -> HttpResponseRedirect:
    """Say what was done, and lead on (303 would be the same here: the browser asks by GET)."""
    messages.success(request, words)
    return redirect(to)


@contextmanager
def refusals_as_message(request: HttpRequest) -> Iterator[None]:
    """Turn a refusal into a message on the next page, for buttons without fields."""
    try:
        yield
    except Refused as refusal:
        messages.error(request, str(refusal))
