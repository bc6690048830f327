"""Our results, as a field for the copy that is archived and relayed (RFC 8601)."""

import re

from intersession.lists.rules.judging import Authentic, Finding

_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+._@-]+\Z", re.ASCII)
_UNFIT = re.compile(r'[^\x20-\x7e]|["\\;()]')


def results_value(authentic: Authentic, own_id: str) -> str:
    """Write what was found after our name, on one line: what a seal bears too."""
    told = [_written(finding) for finding in authentic.findings] or ["none"]
    return "; ".join((_safe(own_id), *told))


def results_header(authentic: Authentic, own_id: str) -> bytes:
    """Write what was found as one whole field with its line end, a result on each line."""
    lines = results_value(authentic, own_id).split("; ")
    return b"Authentication-Results: " + ";\r\n ".join(lines).encode("ascii") + b"\r\n"


def _written(finding: Finding) -> str:
    words = [f"{finding.method}={finding.result}"]
    if reason := _clean(finding.reason):
        words.append(f'reason="{reason}"')
    words += [f"{name}={_safe(value)}" for name, value in finding.properties if _clean(value)]
    return " ".join(words)


def _safe(value: str) -> str:
    """Write a value so that it can neither end its field nor begin another result."""
    value = _clean(value)
    return value if _TOKEN.match(value) else f'"{value}"'


def _clean(value: str) -> str:
    return _UNFIT.sub("", value[:250]).strip()
