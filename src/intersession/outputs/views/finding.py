"""Finding a work for a page."""

from django.shortcuts import get_object_or_404

from intersession.outputs import queries
from intersession.outputs.models import Output
from intersession.people.http import PublicRequest, Request, visitor


def the_output(request: Request | PublicRequest, reference: str) -> Output:
    """Return the work of a reference (else 404), and let the frame show its coalition."""
    output = get_object_or_404(queries.visible_to(visitor(request)), reference=reference)
    request.scope = output.coalition
    return output
