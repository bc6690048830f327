"""What people may type in a call."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from intersession.decisions.states import Capacity


class StatementForm(forms.Form):
    """A minority statement, and in which capacity its author signs."""

    text = forms.CharField(label=_("Your statement"), widget=forms.Textarea, max_length=50_000)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="en")
    capacity = forms.ChoiceField(
        label=_("You sign"), choices=Capacity, initial=Capacity.PERSONAL, widget=forms.RadioSelect
    )
    organization = forms.CharField(label=_("Organization"), max_length=160, required=False)
