"""What the mail server's filter said: rspamd's fields and SpamAssassin's. The worst counts."""

import re
from collections.abc import Mapping, Sequence

_SCORE = re.compile(r"\[\s*(-?\d{1,5}(?:\.\d{1,6})?)\s*/|\bscore=\s*(-?\d{1,5}(?:\.\d{1,6})?)")
_NUMBER = re.compile(r"\s*(-?\d{1,5}(?:\.\d{1,6})?)(?![\d.])")
_YES = ("yes", "true")
_VERDICTS = ("x-spam", "x-spam-flag", "x-spam-status", "x-rspamd-flag")
_BAD_ACTIONS = ("add header", "rewrite subject", "reject", "quarantine")
_SCORED = ("x-spamd-result", "x-spam-status", "x-spam-report")
_BARE = ("x-rspamd-score", "x-spam-score", "x-spamd-score")


def spam_of(fields: Mapping[str, Sequence[str]]) -> tuple[bool, float | None]:
    """
    Read whether the filter called it spam, and its score, None where none is told.

    A sender can add such fields too: then only against themselves, because the worst counts.
    """
    if not any(name.startswith(("x-spam", "x-rspam")) for name in fields):
        return False, None
    verdicts = [value for name in _VERDICTS for value in fields.get(name, ())]
    actions = [value.strip().lower() for value in fields.get("x-rspamd-action", ())]
    is_spam = any(value.strip().lower().startswith(_YES) for value in verdicts)
    is_spam = is_spam or any(action.startswith(_BAD_ACTIONS) for action in actions)
    scores = [*_written_scores(fields), *_starred(fields)]
    return is_spam, max(scores, default=None)


def _written_scores(fields: Mapping[str, Sequence[str]]) -> list[float]:
    found = [_SCORE.search(value[:1000]) for name in _SCORED for value in fields.get(name, ())]
    bare = [_NUMBER.match(value[:100]) for name in _BARE for value in fields.get(name, ())]
    return [float(match[1] or match[2]) for match in found if match] + [
        float(match[1]) for match in bare if match
    ]


def _starred(fields: Mapping[str, Sequence[str]]) -> list[float]:
    """Read `X-Spam-Level: *****`, one star a point, as SpamAssassin and rspamd write it."""
    levels = [value.strip() for value in fields.get("x-spam-level", ())]
    return [float(min(len(level), 100)) for level in levels if level and not level.strip("*+")]
