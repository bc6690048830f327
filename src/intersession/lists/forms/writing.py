"""What may be typed of posts and where they go."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from intersession.kit.forms import offer


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
        offer(self, "address", [(one, one) for one in addresses])


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
