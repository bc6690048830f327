"""What this place is, in plain words."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what a coalition is, how a text is made here, and how to check the record."""
    return render(request, "site/about.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what this place does so that everybody can use it, and what was not tested."""
    return render(request, "site/accessibility.html")
