"""Published versions to keep: each format at its own address."""

import logging
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from intersession.kit.answers import Refused
from intersession.outputs.formats import FORMATS, NoPdf, Published
from intersession.outputs.formats.pdf import pdf
from intersession.outputs.queries.editions import edition_of
from intersession.outputs.views.finding import the_output
from intersession.people.http import PublicRequest

log = logging.getLogger(__name__)

SHOWN = ("pdf", "txt", "md")
"""The formats a browser may show; the others are saved: our policy lets no page style itself."""
MADE_BY = "1"
"""Count this up when a format changes, so that kept PDFs are made anew."""
FRESH = 300
"""Seconds that a copy may be used unasked. Not for ever: a statement may be withdrawn."""


@login_not_required
@require_safe
def file(request: PublicRequest, reference: str, number: int, ending: str) -> HttpResponse:
    """Give one published version as a file. PDFs are made once and kept."""
    if ending not in FORMATS:
        raise Http404
    output = the_output(request, reference)
    rows = output.publications.select_related("version__call__determination", "declaration__by")
    publication = get_object_or_404(rows, number=number)
    publication.output = output
    published = edition_of(publication)
    digest = sha256(f"{MADE_BY}{published!r}".encode()).hexdigest()[:32]
    etag = f'"{digest}-{ending}"'
    if (unchanged := get_conditional_response(request, etag=etag)) is not None:
        return unchanged
    content = _pdf(published, digest) if ending == "pdf" else FORMATS[ending].write(published)
    response = HttpResponse(content, content_type=FORMATS[ending].mime)
    kept = "inline" if ending in SHOWN else "attachment"
    name = f"{published.cited.replace(' ', '-')}.{ending}"
    response["Content-Disposition"] = f'{kept}; filename="{name}"'
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=FRESH)
    return response


def _pdf(published: Published, digest: str) -> bytes:
    """Return the PDF from its file, or make it and keep it there, whole or not at all."""
    folder = Path(settings.DATA_DIR) / "files" / "outputs"
    place = folder / f"{published.cited.replace(' ', '-')}-{digest}.pdf"
    if place.exists():
        return place.read_bytes()
    try:
        made = pdf(published)
    except NoPdf:
        log.exception("no PDF of %s", published.cited)
        raise Refused(
            _("This text could not be set as PDF. The page and the plain text hold all of it.")
        ) from None
    folder.mkdir(parents=True, exist_ok=True)
    half = place.with_suffix(f".{uuid4().hex}.half")
    half.write_bytes(made)
    half.replace(place)
    return made
