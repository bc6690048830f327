"""What may be said by those who get the mail of a list."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from intersession.kit.forms import offer
from intersession.lists.rules.wishes import Wishes
from intersession.lists.states import Delivery, Style


class JoinForm(forms.Form):
    """The address that shall be on a list, and how its mail comes."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254,
        help_text=_(
            "A letter goes there and asks for a yes. You need no account, and nobody approves."
        ),
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
        offer(self, "zone", [(one, one) for one in offered])

    def wishes(self) -> Wishes:
        """Return what was chosen."""
        said = self.cleaned_data
        return Wishes(
            Delivery(said["delivery"]), Style(said["style"]), said["zone"], said["language"],
            said["skips_addressed"], said["gets_own"],
        )  # fmt: skip
