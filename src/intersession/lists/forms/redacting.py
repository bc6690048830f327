"""What may be said of taking something out of a message."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from intersession.kit.forms import offer, words
from intersession.lists.models import Attachment
from intersession.lists.states import Redacted, RedactedFor

LONGEST = 1_000
"""Characters of somebody's own words about a removal."""
NO_FILE = [(one.value, one.label) for one in Redacted if one != Redacted.FILE]
"""What can be removed of a message that bears no file."""

WITH_THE_NAME = _(
    "With the writer’s name the signature goes, and the name where subject or text has it. The "
    "identifier that the writer’s mail programme gave the message (its Message-ID) stays: threads "
    "and old links hold together by it."
)


class RedactionForm(forms.Form):
    """What is taken out of a message, and why."""

    what = forms.ChoiceField(
        label=_("What is removed"), choices=Redacted, widget=forms.RadioSelect,
        help_text=WITH_THE_NAME,
    )  # fmt: skip
    position = forms.TypedChoiceField(
        label=_("Which file"), required=False, coerce=int, empty_value=None
    )
    reason = forms.ChoiceField(
        label=_("Why"), choices=RedactedFor, widget=forms.RadioSelect,
        help_text=_("Everybody reads the reason and the day in its place."),
    )  # fmt: skip

    def __init__(self, *args: Any, files: Sequence[Attachment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(file.position, file.name or _now("File without a name")) for file in files]
        if choices:
            offer(self, "position", [("", "–"), *choices])
        else:
            del self.fields["position"]
            offer(self, "what", NO_FILE)

    def clean(self) -> dict[str, Any]:
        """Ask which file is meant where a file is, and for none where none is."""
        said = super().clean() or self.cleaned_data
        is_file = said.get("what") == Redacted.FILE
        if is_file and said.get("position") is None:
            self.add_error("position", _now("Choose the file."))
        said["position"] = said.get("position") if is_file else None
        return said


class ErasureForm(forms.Form):
    """What of one's own message shall be taken out."""

    what = forms.ChoiceField(
        label=_("What shall be removed"),
        choices=NO_FILE,
        widget=forms.RadioSelect,
        help_text=WITH_THE_NAME,
    )
    words = words(
        _("In your words"), required=False, most=LONGEST, rows=3,
        hint=_("Only who looks after the list reads this."),
    )  # fmt: skip


class DeclineForm(forms.Form):
    """Why a request is declined."""

    words = words(_("The reason"), most=LONGEST, rows=3)
