"""What people may type in a call."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from intersession.decisions.rules import Passage
from intersession.decisions.states import Capacity, Disposition, Level, Role, Stance
from intersession.people.models import Person

LONGEST = 5_000
"""Characters of a reason or an answer; a statement has the coalition's limit of words."""
LONGEST_STATEMENT = 50_000
HINTS = {
    Stance.SUPPORT: _("I agree with the text"),
    Stance.LIVE_WITH: _("I would have written it differently"),
    Stance.ABSTAIN: _("I have read it and take no side"),
    Stance.CONCERN: _("I do not stand in the way; please answer"),
    Stance.OBJECT: _("I cannot accept the text; a reason is needed"),
}


def words(
    label: Any, *, required: bool = True, hint: Any = "", rows: int = 4, most: int = LONGEST
) -> forms.CharField:
    """Return a field for somebody's own words, which no browser may cut short unseen."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        validators=[MaxLengthValidator(most)],
    )


def _line(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=160, help_text=hint)


def _capacity(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=Capacity, initial=Capacity.PERSONAL, widget=forms.RadioSelect
    )


class Places(forms.Form):
    """A form that can point at paragraphs of the text, by their numbers."""

    places = forms.CharField(
        label=_("Paragraphs it is about"),
        required=False,
        max_length=200,
        help_text=_("Their numbers, as in: 3, 7. Leave it open for the whole text."),
    )

    def __init__(self, *args: Any, parts: Iterable[Passage] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = {part.number: part.key for part in parts if part.number}
        if not self.keys:
            del self.fields["places"]

    def clean_places(self) -> list[str]:
        """Turn numbers into the keys of their paragraphs."""
        numbers = re.split(r"[\s,;،、¶]+", str(self.cleaned_data["places"]))
        wanted = [number for number in numbers if number]
        if unknown := [number for number in wanted if number not in self.keys]:
            raise forms.ValidationError(
                _("The text has no paragraph %(numbers)s."),
                params={"numbers": ", ".join(unknown)},
            )
        return list(dict.fromkeys(self.keys[number] for number in wanted))

    @staticmethod
    def typed(keys: Iterable[str], parts: Iterable[Passage]) -> str:
        """Write the numbers of paragraphs as somebody would type them."""
        known = set(keys)
        return ", ".join(part.number for part in parts if part.number and part.key in known)


class PositionForm(Places):
    """Where somebody stands on the text."""

    stance = forms.ChoiceField(
        label=_("Where do you stand on this text?"), choices=Stance, widget=forms.RadioSelect
    )
    reason = words(_("Why"), required=False, hint=_("Needed for a concern or an objection."))
    remedy = words(
        _("What would remove your objection?"), required=False, rows=2,
        hint=_("Needed for an objection: the change of the text that you ask for."),
    )  # fmt: skip
    capacity = _capacity(_("You speak"))
    organization = _line(_("Which organization?"))
    round = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AnswerForm(forms.Form):
    """The caller's answer to an objection."""

    words = words(_("Your answer"))


class UnderstandingForm(forms.Form):
    """Whether the answer had understood the objection."""

    understood = forms.ChoiceField(
        label=_("Were you understood?"),
        choices=[("yes", _("I was understood")), ("no", _("I was not understood"))],
        widget=forms.RadioSelect,
    )
    words = words(_("In your words"), required=False, rows=2)


class DispositionForm(forms.Form):
    """What becomes of an answered objection, and why."""

    disposition = forms.ChoiceField(
        label=_("The objection is"), choices=Disposition, widget=forms.RadioSelect
    )
    reason = words(_("The reason"))


class BackForm(forms.Form):
    """Withdrawing one's own objection, and where one stands then."""

    stance = forms.ChoiceField(
        label=_("Where do you stand then?"),
        choices=[(one.value, one.label) for one in Stance if one != Stance.OBJECT],
        initial=Stance.LIVE_WITH,
        widget=forms.RadioSelect,
    )
    reason = words(_("Why"), required=False, rows=2, hint=_("Needed for a concern."))


class StandsForm(forms.Form):
    """Why an objection still stands on the changed text."""

    words = words(_("Why it still stands"), required=False, rows=2)


class DeterminationForm(forms.Form):
    """How the call ended."""

    level = forms.ChoiceField(label=_("You declare"), choices=Level, widget=forms.RadioSelect)
    summary = words(
        _("What was decided"), hint=_("With the significant objections and what became of them.")
    )
    options = words(_("Options and trade-offs"), required=False, rows=2)
    reopens = words(_("What new information would reopen it"), rows=2)


class ReasonForm(forms.Form):
    """Why a call is deferred or withdrawn."""

    reason = words(_("The reason"), rows=2)


class CorrectionForm(forms.Form):
    """A later word on a determination."""

    words = words(_("The correction"), rows=2)


class StatementForm(Places):
    """A minority statement, and in which capacity its author signs."""

    text = words(_("Your statement"), rows=10, most=LONGEST_STATEMENT)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="en")
    capacity = _capacity(_("You sign"))
    organization = _line(_("Which organization?"))


class SignForm(forms.Form):
    """In which capacity somebody signs a statement."""

    capacity = _capacity(_("You sign"))
    organization = _line(_("Which organization?"))


class AskForm(forms.Form):
    """Whom an author asks to sign, and as what."""

    person = forms.TypedChoiceField(label=_("Somebody who took a position"), coerce=int)
    role = forms.ChoiceField(label=_("As"), choices=Role, initial=Role.COSIGNER)

    def __init__(self, *args: Any, people: Iterable[Person] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 (for the type)
        field.choices = [(person.pk, str(person)) for person in people]
