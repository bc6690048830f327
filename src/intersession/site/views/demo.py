"""The bar of the demo: move its clock, change between its people. Not there outside a demo."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intersession.kit import clock
from intersession.people.models import Person
from intersession.site.demo import clock as demo_clock
from intersession.site.demo.deadlines import next_deadline


def _back(request: HttpRequest) -> HttpResponse:
    """Lead back to the page the bar stood on."""
    to = request.POST.get("next", "")
    is_ours = to.startswith("/") and url_has_allowed_host_and_scheme(to, None)
    return redirect(to if is_ours else "home")


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise Http404


@login_not_required
@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """Move the demo's clock forward by one day, or past the next deadline."""
    _only_in_demo()
    if request.POST.get("to") == "deadline":
        moment = next_deadline(at=clock.now())
        if moment is None:
            messages.info(request, _("Nothing is open, so there is no deadline to move to."))
            return _back(request)
        demo_clock.move_past(moment)
    else:
        demo_clock.move(timedelta(days=1))
    return _back(request)


@login_not_required
@require_POST
def become(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the sample people, or sign out."""
    _only_in_demo()
    email = request.POST.get("email", "")
    if not email:
        logout(request)
        return _back(request)
    person = Person.objects.filter(email=email, is_sample=True).first()
    if person is None:
        raise Http404
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return _back(request)
