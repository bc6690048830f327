"""Whether a mail is from the domain that its From names (RFC 7208, 6376, 7489, 8601, 8617)."""

from intersession.lists.formats.authentication.domains import make_ready
from intersession.lists.formats.authentication.judging import authenticate, proves
from intersession.lists.formats.authentication.writing import results_header, results_value

__all__ = ["authenticate", "make_ready", "proves", "results_header", "results_value"]
