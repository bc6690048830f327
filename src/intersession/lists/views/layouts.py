"""HTML mail as its sender laid it out: in a frame that can do nothing."""

from html import escape

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from intersession.lists.http import message_named
from intersession.lists.queries import raw_of
from intersession.lists.rules.layout import PAGE, laid_out
from intersession.lists.rules.mime import part_of
from intersession.people.http import PublicRequest

LOCKED = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'self'; "
    "form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""What the page of a stranger may do: be looked at, and open a link in a window of its own."""


@login_not_required
@require_safe
@csp_override({**settings.SECURE_CSP, "frame-src": [CSP.SELF]})
def show(request: PublicRequest, name: str, permalink: str) -> HttpResponse:
    """Show a message as its sender laid it out, in a frame."""
    message = message_named(request, name, permalink)
    if not laid_out(part_of(raw_of(message.content))):
        raise Http404
    return render(request, "lists/layout.html", {"mail": message, "list": message.mailing_list})


@login_not_required
@require_safe
def page(request: PublicRequest, name: str, permalink: str) -> HttpResponse:
    """Give the page inside the frame, under a policy of its own."""
    message = message_named(request, name, permalink)
    body = laid_out(part_of(raw_of(message.content)))
    if not body:
        raise Http404
    spoken = f' lang="{escape(message.language)}"' if message.language else ""
    title = escape(message.subject or _("Without a subject"))
    answer = HttpResponse(PAGE.format(spoken=spoken, title=title, body=body))
    answer.headers["Content-Security-Policy"] = LOCKED
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
