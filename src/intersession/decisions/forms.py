"""What people may type in a call."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from intersession.decisions.rules import Passage
from intersession.decisions.states import Capacity, Disposition, Level, Role, Stance
from intersession.kit.forms import needed, offer, words
from intersession.people.models import Person

LONGEST_STATEMENT = 50_000
"""Characters; the coalition's limit counts words."""
HINTS = {
    Stance.SUPPORT: _("I agree with the text"),
    Stance.LIVE_WITH: _("I would have written it differently"),
    Stance.ABSTAIN: _("I have read it and take no side"),
    Stance.CONCERN: _("I do not stand in the way; please answer"),
    Stance.OBJECT: _("I cannot accept the text; a reason is needed"),
}


def _line(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=160, help_text=hint)


def _capacity(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=Capacity,
        initial=Capacity.PERSONAL,
        widget=forms.RadioSelect,
        error_messages=needed(_("Say whether you speak for yourself or for an organization.")),
    )


REASONED = _("A concern or an objection needs its reason: write why, in your words.")

REMEDIED = _("An objection also says what change of the text would remove it.")


def name_organization(form: forms.Form) -> None:
    """Say beside the field that whoever speaks for an organization names it."""
    said = form.cleaned_data
    if said.get("capacity") == Capacity.ORGANIZATION and not said.get("organization"):
        form.add_error("organization", _("Name the organization for which you speak."))


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
        label=_("Where do you stand on this text?"),
        choices=Stance,
        widget=forms.RadioSelect,
        error_messages=needed(_("Choose where you stand on this text.")),
    )
    reason = words(_("Why"), required=False, hint=_("Needed for a concern or an objection."))
    remedy = words(
        _("What would remove your objection?"), required=False, rows=2,
        hint=_("Needed for an objection: the change of the text that you ask for."),
    )  # fmt: skip
    capacity = _capacity(_("You speak"))
    organization = _line(_("Which organization?"))
    round = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        """Say beside the field what a concern, an objection or an organization asks for."""
        super().clean()
        stance, said = self.cleaned_data.get("stance"), self.cleaned_data
        if stance in (Stance.CONCERN, Stance.OBJECT) and not said.get("reason"):
            self.add_error("reason", REASONED)
        if stance == Stance.OBJECT and not said.get("remedy"):
            self.add_error("remedy", REMEDIED)
        name_organization(self)


class ProposalForm(forms.Form):
    """What a position proposed by mail lacks, and what it says already."""

    reason = words(_("Why"), required=False, hint=_("Needed for a concern or an objection."))
    change = words(
        _("What would remove your objection?"), required=False, rows=2,
        hint=_("Needed for an objection: the change of the text that you ask for."),
    )  # fmt: skip
    round = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, stance: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stance = stance
        if stance != Stance.OBJECT:
            del self.fields["change"]

    def clean(self) -> None:
        """Say beside the field what a concern or an objection asks for."""
        super().clean()
        said = self.cleaned_data
        if self.stance in (Stance.CONCERN, Stance.OBJECT) and not said.get("reason"):
            self.add_error("reason", REASONED)
        if self.stance == Stance.OBJECT and not said.get("change"):
            self.add_error("change", REMEDIED)


class AnswerForm(forms.Form):
    """The caller's answer to an objection."""

    words = words(_("Your answer"), missing=_("Write the answer."))


class UnderstandingForm(forms.Form):
    """Whether the answer had understood the objection."""

    understood = forms.TypedChoiceField(
        label=_("Were you understood?"),
        choices=[("yes", _("I was understood")), ("no", _("I was not understood"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages=needed(_("Say whether you were understood.")),
    )
    words = words(_("In your words"), required=False, rows=2)


class DispositionForm(forms.Form):
    """What becomes of an answered objection, and why."""

    disposition = forms.TypedChoiceField(
        label=_("The objection is"), choices=Disposition, coerce=Disposition,
        widget=forms.RadioSelect,
        error_messages=needed(_("Choose what becomes of the objection.")),
    )  # fmt: skip
    reason = words(_("The reason"), missing=_("Each disposition needs its reason."))


class BackForm(forms.Form):
    """Withdrawing one's own objection, and where one stands then."""

    stance = forms.TypedChoiceField(
        label=_("Where do you stand then?"),
        coerce=Stance,
        choices=[(one.value, one.label) for one in Stance if one != Stance.OBJECT],
        initial=Stance.LIVE_WITH,
        widget=forms.RadioSelect,
    )
    reason = words(_("Why"), required=False, rows=2, hint=_("Needed for a concern."))

    def clean(self) -> None:
        """Say beside the field that a concern needs its reason."""
        super().clean()
        is_concern = self.cleaned_data.get("stance") == Stance.CONCERN
        if is_concern and not self.cleaned_data.get("reason"):
            self.add_error("reason", REASONED)


class StandsForm(forms.Form):
    """Why an objection still stands on the changed text."""

    words = words(_("Why it still stands"), required=False, rows=2)


class DeterminationForm(forms.Form):
    """How the call ended."""

    level = forms.TypedChoiceField(
        label=_("You declare"), choices=Level, coerce=Level, widget=forms.RadioSelect,
        error_messages=needed(_("Choose the level that you declare.")),
    )  # fmt: skip
    summary = words(
        _("What was decided"), hint=_("With the significant objections and what became of them."),
        missing=_("Write what was decided, with the significant objections."),
    )  # fmt: skip
    options = words(_("Options and trade-offs"), required=False, rows=2)
    reopens = words(
        _("What new information would reopen it"), rows=2,
        missing=_("Write what new information would reopen the decision."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why a call is deferred or withdrawn."""

    reason = words(_("The reason"), rows=2, missing=_("Say why: everyone who spoke may read it."))


class CorrectionForm(forms.Form):
    """A later word on a determination."""

    words = words(_("The correction"), rows=2, missing=_("Write the correction."))


class StatementForm(Places):
    """A minority statement, and in which capacity its author signs."""

    text = words(
        _("Your statement"), rows=10, most=LONGEST_STATEMENT, missing=_("Write the statement.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="en")
    capacity = _capacity(_("You sign"))
    organization = _line(_("Which organization?"))

    def clean(self) -> None:
        """Say beside the field that an organization has a name."""
        super().clean()
        name_organization(self)


class SignForm(forms.Form):
    """In which capacity somebody signs a statement."""

    capacity = _capacity(_("You sign"))
    organization = _line(_("Which organization?"))

    def clean(self) -> None:
        """Say beside the field that an organization has a name."""
        super().clean()
        name_organization(self)


class AskForm(forms.Form):
    """Whom an author asks to sign, and as what."""

    person = forms.TypedChoiceField(
        label=_("Somebody who took a position"), coerce=int,
        error_messages=needed(_("Choose whom you ask.")),
    )  # fmt: skip
    role = forms.ChoiceField(label=_("As"), choices=Role, initial=Role.COSIGNER)

    def __init__(self, *args: Any, people: Iterable[Person] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", [(person.pk, str(person)) for person in people])
