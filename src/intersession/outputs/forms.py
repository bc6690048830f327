"""What a person may type about a text."""

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from intersession.coalitions.models import Theme
from intersession.decisions.states import Capacity
from intersession.kit.edits import Edit
from intersession.kit.forms import needed, words
from intersession.outputs.rules.description import MOST_WORDS
from intersession.outputs.states import Answer, Audience, Kind, Licence

MARKDOWN = _(
    "Plain paragraphs, divided by an empty line. # before a heading, - before a list item, "
    "> before a quotation (Markdown, with tables and footnotes)."
)


TITLED = needed(_("A draft needs a title."))


class Textarea(forms.Textarea):
    """A field of many lines that grows with its text."""

    def __init__(self, rows: int = 4, **attrs: Any) -> None:
        super().__init__(attrs={"rows": rows, "cols": 40, "class": "wide", **attrs})


class StartForm(forms.Form):
    """A new piece of work."""

    title = forms.CharField(label=_("Title"), max_length=200, error_messages=TITLED)
    kind = forms.ChoiceField(label=_("What it shall become"), choices=Kind, initial=Kind.PAPER)
    language = forms.ChoiceField(label=_("Language of the text"), choices=settings.LANGUAGES)
    text = forms.CharField(
        label=_("First text"), required=False, strip=False, widget=Textarea(16), help_text=MARKDOWN
    )


class TextForm(forms.Form):
    """The whole text, written on a version."""

    text = forms.CharField(
        label=_("Text"), required=False, strip=False, widget=Textarea(24), help_text=MARKDOWN
    )
    note = forms.CharField(
        label=_("What changed, in a few words"), max_length=300, required=False,
        help_text=_("Shown in the list of versions."),
    )  # fmt: skip
    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class AmendForm(forms.Form):
    """The text under call, changed."""

    text = forms.CharField(
        label=_("Text"), strip=False, widget=Textarea(24), help_text=MARKDOWN,
        error_messages=needed(_("The text is empty. Write something before you save it.")),
    )  # fmt: skip
    reason = words(
        _("What changed, and why"), most=300, hint=_("Everyone who took a position reads it."),
        missing=_("Say what changed and why: people who spoke want to know."),
    )  # fmt: skip
    is_substantive = forms.TypedChoiceField(
        label=_("Does the change touch the substance?"),
        choices=[("yes", _("Yes: the clock starts afresh")), ("no", _("No, only the wording"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class DescriptionForm(Edit):
    """What a work is."""

    title = forms.CharField(label=_("Title"), max_length=200, error_messages=TITLED)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind)
    abstract = forms.CharField(
        label=_("Abstract"), required=False, widget=Textarea(6),
        help_text=_("Up to 200 words. Stands at the top of the published text."),
    )  # fmt: skip
    asks = forms.CharField(
        label=_("What it asks, and of whom"), required=False, widget=Textarea(4),
        help_text=_("One line for each ask."),
    )  # fmt: skip
    readers = forms.CharField(label=_("For whom it is written"), required=False, max_length=300)
    keywords = forms.CharField(
        label=_("Keywords"), required=False, max_length=300, help_text=_("Divided by commas.")
    )
    themes = forms.ModelMultipleChoiceField(
        label=_("Themes"), required=False, queryset=Theme.objects.order_by("name"),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the text"), choices=settings.LANGUAGES)
    licence = forms.ChoiceField(label=_("Licence"), choices=Licence, initial=Licence.BY)

    def clean_keywords(self) -> list[str]:
        """Cut the keywords at their commas."""
        return [word.strip() for word in self.cleaned_data["keywords"].split(",") if word.strip()]

    def clean_abstract(self) -> str:
        """Count the words here too, so that the sentence stands beside the field."""
        abstract = str(self.cleaned_data["abstract"])
        if (count := len(abstract.split())) > MOST_WORDS:
            raise forms.ValidationError(
                _("The abstract may have up to %(most)d words, and this one has %(count)d."),
                params={"most": MOST_WORDS, "count": count},
            )
        return abstract


class LastDay(forms.DateField):
    """A day that counts whole: its end, 23:59 UTC, is the moment."""

    widget = forms.DateInput(attrs={"type": "date"})

    def clean(self, value: Any) -> datetime | None:
        """Return the last minute of the day in UTC."""
        day = super().clean(value)
        return datetime.combine(day, time(23, 59), tzinfo=UTC) if day else None


class RoundForm(forms.Form):
    """A comment period to be opened."""

    closes_at = LastDay(
        label=_("Last day to comment"), help_text=_("Until 23:59 UTC."),
        error_messages=needed(_("Name the last day to comment, as 2026-11-30."))
        | {"invalid": _("Write the day as year, month and day, as 2026-11-30.")},
    )  # fmt: skip
    audience = forms.ChoiceField(
        label=_("Who may comment"), choices=Audience, initial=Audience.EVERYONE,
        widget=forms.RadioSelect,
    )  # fmt: skip
    questions = forms.CharField(
        label=_("Questions to the readers"), required=False, widget=Textarea(), max_length=4000,
        help_text=_("What you most want to know. May be empty."),
    )  # fmt: skip


class MoveForm(forms.Form):
    """A new end for a comment period."""

    closes_at = LastDay(
        label=_("New last day"), required=False, help_text=_("Empty: the period ends now.")
    )
    reason = words(
        _("Why"), rows=2, most=300, missing=_("Say why the end moves: people have planned with it.")
    )


class ReturnForm(forms.Form):
    """Why a text goes back into revision."""

    reason = words(
        _("Why"), rows=3,
        missing=_("Say why the text goes back: those who took a position want to know."),
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """Why a work is withdrawn."""

    reason = words(
        _("Why"), rows=3, missing=_("Say why: the reason stands in the place of the output.")
    )


class CommentForm(forms.Form):
    """A comment on a paragraph or on the whole."""

    text = forms.CharField(
        label=_("What should change, and why?"), required=False, strip=False, widget=Textarea()
    )
    wording = forms.CharField(
        label=_("Wording you suggest instead"), required=False, strip=False, widget=Textarea(),
        help_text=_("May be empty. The editors can take it over with one click; you are credited."),
    )  # fmt: skip
    capacity = forms.ChoiceField(
        label=_("You speak"), choices=Capacity, initial=Capacity.PERSONAL, required=False
    )
    organization = forms.CharField(label=_("Organization"), max_length=160, required=False)
    key = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)

    def clean_capacity(self) -> Capacity:
        """Take a personal capacity where none is said."""
        return Capacity(self.cleaned_data["capacity"] or Capacity.PERSONAL)

    def clean(self) -> None:
        """Say beside the field what is missing."""
        super().clean()
        said = self.cleaned_data
        if not said.get("text", "").strip() and not said.get("wording", "").strip():
            self.add_error(
                "text", _("The comment is empty. Write what should change, or suggest a wording.")
            )
        if said.get("capacity") == Capacity.ORGANIZATION and not said.get("organization"):
            self.add_error("organization", _("Name the organization for which you speak."))


class AnswerForm(Edit):
    """The answer to a comment."""

    answer = forms.ChoiceField(
        label=_("Answer"), choices=Answer, widget=forms.RadioSelect,
        error_messages=needed(_("Choose what you answer.")),
    )  # fmt: skip
    reply = forms.CharField(
        label=_("Reason, or what was done"), required=False, widget=Textarea(), max_length=4000
    )
    merged_with = forms.IntegerField(
        label=_("Number of the comment it is merged with"), required=False, min_value=1
    )

    def clean(self) -> None:
        """Say beside the field what the answer needs."""
        super().clean()
        answer, said = self.cleaned_data.get("answer"), self.cleaned_data
        if answer == Answer.DECLINED and not said.get("reply"):
            words = _("Say why the comment is declined: its author and the readers are told.")
            self.add_error("reply", words)
        if answer == Answer.MERGED and not said.get("merged_with"):
            self.add_error("merged_with", _("Name the comment with which this one is merged."))


class CallForm(forms.Form):
    """The question of a call; `waiting` comments without an answer need a reason."""

    question = forms.CharField(
        label=_("Question"), widget=Textarea(), max_length=2000,
        help_text=_("What people say yes or no to."),
        error_messages=needed(_("A call asks a question: write it.")),
    )  # fmt: skip
    open_comments_reason = forms.CharField(
        label=_("Why the call opens with comments unanswered"), widget=Textarea(),
        max_length=1000, help_text=_("Shown with the question. Not needed once all are answered."),
        error_messages=needed(
            _("Answer the comments listed above, or say why the call opens nevertheless.")
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, waiting: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not waiting:
            del self.fields["open_comments_reason"]


class DeclarationForm(forms.Form):
    """What became of dissent."""

    none_received = forms.TypedChoiceField(
        label=_("Dissent was considered"),
        choices=[
            ("none", _("No minority statement was received")),
            ("attached", _("The minority statements received are attached")),
        ],
        coerce=lambda value: value == "none",
        widget=forms.RadioSelect,
        error_messages=needed(_("Choose which of the two is true.")),
    )


class CreditForm(forms.Form):
    """How somebody wishes to be named."""

    is_named = forms.BooleanField(label=_("Name me in this output"), required=False)
    affiliation = forms.CharField(
        label=_("Affiliation shown"), max_length=160, required=False,
        help_text=_("Empty: your name alone."),
    )  # fmt: skip


class LibraryForm(forms.Form):
    """The filters of the library."""

    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("Any kind")), *Kind.choices]
    )
    theme = forms.SlugField(required=False)
    coalition = forms.SlugField(required=False, max_length=80)
    year = forms.IntegerField(required=False, min_value=1990, max_value=2200)
