"""Finding a work for a page."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from intersession.outputs import queries
from intersession.outputs.models import Output
from intersession.people.http import visitor


def the_output(request: HttpRequest, reference: str) -> Output:
    """Return the work of a reference (else 404), and let the frame show its coalition."""
    output = get_object_or_404(queries.visible_to(visitor(request)), reference=reference)
    request.scope = output.coalition  # type: ignore[attr-defined]
    return output
