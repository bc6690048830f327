"""What may be said by those who look after a list."""

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from intersession.kit.edits import Edit
from intersession.kit.forms import needed, words
from intersession.lists.rules.settings import LONGEST_REASON
from intersession.lists.states import Posting, Standing, WhyNot


class RejectionForm(forms.Form):
    """Why a post is rejected: a ready-made sentence, one's own words, or both."""

    ready = forms.ChoiceField(
        label=_("A ready-made reason"), choices=[("", "–"), *WhyNot.choices], required=False
    )
    words = words(
        _("In your words"), hint=_("Its author reads this."), required=False, most=800, rows=3
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason of one kind or the other."""
        said = super().clean() or self.cleaned_data
        if not said.get("ready") and not str(said.get("words", "")).strip():
            self.add_error("words", _now("Please give the reason; the author reads it."))
        return said

    def reason(self, language: str) -> str:
        """Return the reason, the ready-made part of it in the author's language."""
        with override(language):
            ready = self.cleaned_data["ready"]
            parts = [str(WhyNot(ready).label) if ready else "", self.cleaned_data["words"].strip()]
        return "\n\n".join(filter(None, parts))


class SettingsForm(Edit):
    """How a list is set up."""

    title = forms.CharField(
        label=_("Title"), max_length=160, error_messages=needed(_("Please give the list a title."))
    )
    purpose = forms.CharField(label=_("What the list is for"), max_length=300, required=False)
    posting = forms.ChoiceField(
        label=_("Who posts without being asked first"), choices=Posting,
        help_text=_("Posts of others are held; on a list of announcements they are refused."),
    )  # fmt: skip
    holds_first = forms.BooleanField(
        label=_("Hold the first post of each author"), required=False,
        help_text=_("Until one was approved, or the author is trusted."),
    )  # fmt: skip
    answers_to_list = forms.BooleanField(
        label=_("Answers go to the list"), required=False,
        help_text=_("Sets Reply-To. Somebody who means to answer one person then writes to all."),
    )  # fmt: skip
    prefix = forms.CharField(  # type: ignore[assignment]  # its own field, not the form's
        label=_("Words before each subject"), max_length=40, required=False,
        help_text=_(
            "Better left empty: a changed subject breaks the signature of the author, and some "
            "mail servers then refuse the mail or take it for spam."
        ),
    )  # fmt: skip
    footer = forms.CharField(
        label=_("Words below each mail"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Better left empty: words that are added break the signature of the author. Signed and "
            "encrypted mail never gets them. How to leave stands in the head of every mail."
        ),
    )  # fmt: skip
    largest = forms.IntegerField(
        label=_("Largest size of a post, in bytes"),
        help_text=_("From 40,000 (40 kB) to 50,000,000 (50 MB)."),
    )
    wraps = forms.BooleanField(
        label=_("Send posts inside a mail of the list where From would have to be changed"),
        required=False,
        help_text=_(
            "It concerns authors whose domain would have the copy refused. Some programs show such "
            "a post as an attachment."
        ),
    )  # fmt: skip
    joins_subjects = forms.BooleanField(
        label=_("Join posts that answer nothing by their subjects"), required=False,
        help_text=_(
            "Helps where programs do not say what they answer. Talks that happen to have the same "
            "subject become one."
        ),
    )  # fmt: skip


class StopForm(forms.Form):
    """Why a list is stopped."""

    words = words(
        _("The reason"), most=LONGEST_REASON, rows=3,
        hint=_("It stands on the list’s page for everybody. At most 300 characters."),
    )  # fmt: skip


class StandingForm(forms.Form):
    """What is decided about the posts of an address."""

    address = forms.EmailField(label=_("Address"), max_length=254)
    standing = forms.ChoiceField(label=_("From now on"), choices=Standing, widget=forms.RadioSelect)
    reason = words(
        _("The reason"), required=False, most=500, rows=3,
        hint=_("Whom it concerns reads it. Trust needs none."),
    )  # fmt: skip
    until = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("It ends with this day, 23:59 UTC. A suspension needs an end."),
    )  # fmt: skip

    def clean_until(self) -> datetime | None:
        """Return the end of the day."""
        day = self.cleaned_data["until"]
        return datetime.combine(day, time(23, 59, 59), UTC) if day else None


class OpeningForm(forms.Form):
    """A new list."""

    title = forms.CharField(label=_("Title"), max_length=160)
    name = forms.SlugField(
        label=_("Name"), max_length=60,
        help_text=_("Small letters, digits and hyphens; it begins the address of the list."),
    )  # fmt: skip
    purpose = forms.CharField(label=_("What the list is for"), max_length=300, required=False)
    posting = forms.ChoiceField(
        label=_("Who posts without being asked first"), choices=Posting,
        help_text=_("For a working group or for talk: subscribers and members."),
    )  # fmt: skip

    def clean_name(self) -> str:
        """Write the name as addresses are written."""
        return str(self.cleaned_data["name"]).lower()
