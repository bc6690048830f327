"""The formats of a published version: plain values in, text or bytes out."""

from collections.abc import Callable
from dataclasses import dataclass

from intersession.outputs.formats import citation, page, pdf, plain
from intersession.outputs.formats.pdf import NoPdf
from intersession.outputs.formats.published import (
    Author,
    Passage,
    Published,
    Standing,
    Statement,
)

__all__ = [
    "FORMATS",
    "Author",
    "Format",
    "NoPdf",
    "Passage",
    "Published",
    "Standing",
    "Statement",
]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its media type, and what writes it."""

    mime: str
    write: Callable[[Published], str | bytes]


FORMATS = {
    "pdf": Format("application/pdf", pdf.pdf),
    "html": Format("text/html; charset=utf-8", page.page),
    "txt": Format("text/plain; charset=utf-8", plain.text),
    "md": Format("text/markdown; charset=utf-8", plain.markdown),
    "bib": Format("application/x-bibtex; charset=utf-8", citation.bibtex),
    "ris": Format("application/x-research-info-systems; charset=utf-8", citation.ris),
    "json": Format("application/vnd.citationstyles.csl+json; charset=utf-8", citation.csl),
}
"""Every format by the ending of its address."""
