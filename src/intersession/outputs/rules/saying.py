"""What a comment may be."""

from django.utils.translation import gettext as _

MOST_CHARACTERS = 10_000


def fault(text: str, wording: str, *, on_paragraph: bool) -> str:
    """Return why a comment cannot be taken, or nothing."""
    if not text.strip() and not wording.strip():
        return _("The comment is empty. Write what should change, or suggest a wording.")
    for part in (text, wording):
        if len(part) > MOST_CHARACTERS:
            return _(
                "A comment may have up to %(most)d characters, and this one has %(count)d. "
                "Divide it by paragraph."
            ) % {"most": MOST_CHARACTERS, "count": len(part)}
    if wording.strip() and not on_paragraph:
        return _("A wording is suggested for a paragraph: comment on that paragraph.")
    return ""
