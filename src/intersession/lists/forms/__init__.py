"""What people may type about lists and their archives."""

from intersession.lists.forms.deciding import (
    OpeningForm,
    RejectionForm,
    SettingsForm,
    StandingForm,
    StopForm,
)
from intersession.lists.forms.redacting import DeclineForm, ErasureForm, RedactionForm
from intersession.lists.forms.subscribing import JoinForm, WishesForm
from intersession.lists.forms.writing import PlaceForm, PostForm, TargetForm

__all__ = [
    "DeclineForm",
    "ErasureForm",
    "JoinForm",
    "OpeningForm",
    "PlaceForm",
    "PostForm",
    "RedactionForm",
    "RejectionForm",
    "SettingsForm",
    "StandingForm",
    "StopForm",
    "TargetForm",
    "WishesForm",
]
