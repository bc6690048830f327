"""What people may type about the archive."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from intersession.kit.edits import Edit
from intersession.kit.forms import needed
from intersession.lists.models import Attachment
from intersession.lists.rules.settings import LONGEST_REASON
from intersession.lists.rules.wishes import Wishes
from intersession.lists.states import (
    Delivery,
    Posting,
    Redacted,
    RedactedFor,
    Standing,
    Style,
    WhyNot,
)


def words(
    label: Any, hint: Any = "", *, required: bool = True, most: int = 1000
) -> forms.CharField:
    """Return a field for somebody's own words, which no browser may cut short unseen."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[MaxLengthValidator(most)],
    )


class RedactionForm(forms.Form):
    """What is taken out of a message, and why."""

    what = forms.ChoiceField(
        label=_("What is removed"), choices=Redacted, widget=forms.RadioSelect,
        help_text=_(
            "With the writer’s name the signature goes, and the name where the text has it."
        ),
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
            self.fields["position"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields["position"]
            self.fields["what"].choices = [  # type: ignore[attr-defined]
                choice for choice in Redacted.choices if choice[0] != Redacted.FILE
            ]

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
        choices=[(one.value, one.label) for one in Redacted if one != Redacted.FILE],
        widget=forms.RadioSelect,
    )
    words = words(
        _("In your words"), _("Only who looks after the list reads this."), required=False
    )


class DeclineForm(forms.Form):
    """Why a request is declined."""

    words = words(_("The reason"))


class PostForm(forms.Form):
    """A post: from which address, about what, and what it says."""

    address = forms.ChoiceField(label=_("From"))
    subject = forms.CharField(label=_("Subject"), max_length=300)
    text = forms.CharField(
        label=_("Text"),
        help_text=_("Plain text. What you answer stands below; leave what you answer to."),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        validators=[MaxLengthValidator(100_000)],
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=32)

    def __init__(self, *args: Any, addresses: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].choices = [(one, one) for one in addresses]  # type: ignore[attr-defined]


class TargetForm(forms.Form):
    """The thread that something goes to, named by its address."""

    to = forms.CharField(
        label=_("Address of the other thread"),
        max_length=400,
        help_text=_("Of its page, or of the page of any message in it."),
    )

    def clean_to(self) -> str:
        """Read the permalink out of the address."""
        found = re.search(r"(?:^|/)([A-Z2-7]{32})(?:/|$)", self.cleaned_data["to"].strip())
        if found is None:
            raise forms.ValidationError(_now("This is no address of a thread."))
        return found[1]


class PlaceForm(TargetForm):
    """Where a message goes with its answers: to a thread of its own, or to another."""

    to = forms.CharField(
        label=_("Address of the other thread"),
        max_length=400,
        required=False,
        help_text=_("Leave it open, and they become a thread of their own."),
    )

    def clean_to(self) -> str:
        """Read the permalink out of the address; empty for a thread of their own."""
        return super().clean_to() if self.cleaned_data["to"].strip() else ""


class RejectionForm(forms.Form):
    """Why a post is rejected: a ready-made sentence, one's own words, or both."""

    ready = forms.ChoiceField(
        label=_("A ready-made reason"), choices=[("", "–"), *WhyNot.choices], required=False
    )
    words = words(_("In your words"), _("Its author reads this."), required=False, most=800)

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
        _("The reason"), _("It stands on the list’s page for everybody. At most 300 characters."),
        most=LONGEST_REASON,
    )  # fmt: skip


class StandingForm(forms.Form):
    """What is decided about the posts of an address."""

    address = forms.EmailField(label=_("Address"), max_length=254)
    standing = forms.ChoiceField(label=_("From now on"), choices=Standing, widget=forms.RadioSelect)
    reason = words(
        _("The reason"), _("Whom it concerns reads it. Trust needs none."), required=False, most=500
    )
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


class JoinForm(forms.Form):
    """The address that shall be on a list, and how its mail comes."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254,
        help_text=_("A letter asks there for a yes. Nobody needs an account, nobody approves."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    delivery = forms.ChoiceField(
        label=_("How its mail comes"), choices=Delivery, widget=forms.RadioSelect,
        initial=Delivery.EACH,
    )  # fmt: skip


class WishesForm(forms.Form):
    """How a subscriber wants the mail of a list."""

    delivery = forms.ChoiceField(
        label=_("How its mail comes"), choices=Delivery, widget=forms.RadioSelect
    )
    style = forms.ChoiceField(label=_("Form of a digest"), choices=Style, widget=forms.RadioSelect)
    zone = forms.ChoiceField(
        label=_("Time zone of a digest’s day"),
        help_text=_("Those of your profile and of this subscription, and UTC."),
    )
    language = forms.ChoiceField(label=_("Language of a digest"), choices=settings.LANGUAGES)
    skips_addressed = forms.BooleanField(
        label=_("No second copy of messages that are sent to me directly as well"), required=False
    )
    gets_own = forms.BooleanField(label=_("A copy of my own messages"), required=False)

    def __init__(self, typed: Any, *, wishes: Wishes, zone: str) -> None:
        super().__init__(typed, initial=asdict(wishes))
        offered = dict.fromkeys(filter(None, [wishes.zone, zone, "UTC"]))
        self.fields["zone"].choices = [(one, one) for one in offered]  # type: ignore[attr-defined]

    def wishes(self) -> Wishes:
        """Return what was chosen."""
        said = self.cleaned_data
        return Wishes(
            Delivery(said["delivery"]), Style(said["style"]), said["zone"], said["language"],
            said["skips_addressed"], said["gets_own"],
        )  # fmt: skip
