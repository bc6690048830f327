"""What a description must say, and when it may change."""

from django.utils.translation import gettext as _

from intersession.outputs.states import WRITING, State

MOST_WORDS = 200


def fault(state: State, title: str, abstract: str) -> str:
    """Return why a description cannot be taken, or nothing."""
    if state not in WRITING:
        return _("The description can change only while the text is being written.")
    if not title.strip():
        return _("A draft needs a title.")
    count = len(abstract.split())
    if count > MOST_WORDS:
        return _("The abstract may have up to %(most)d words, and this one has %(count)d.") % {
            "most": MOST_WORDS,
            "count": count,
        }
    return ""
