from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from intersession.coalitions.models import Coalition, Theme
from intersession.lists.models import Message
from intersession.outputs.states import LIFE, Kind, Licence, Role, State


class Output(models.Model):
    """A piece of work of a coalition, from the idea to what is published and after."""

    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=60, unique=True)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=24, choices=Kind)
    title = models.CharField(max_length=200)
    abstract = models.TextField(blank=True)
    keywords: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    licence = models.CharField(max_length=16, choices=Licence, default=Licence.BY)
    language = models.CharField(max_length=8, default="en")
    readers = models.CharField(max_length=300, blank=True)
    asks = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    origin = models.ForeignKey(
        Message, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField(db_index=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_output_per_number", fields=["coalition", "year", "serial"]
            ),
            models.CheckConstraint(
                name="withdrawal_has_moment_and_reason",
                condition=Q(state=State.WITHDRAWN, withdrawn_at__isnull=False)
                & ~Q(withdrawn_because="")
                | ~Q(state=State.WITHDRAWN) & Q(withdrawn_at=None, withdrawn_because=""),
            ),
        ]
        indexes = [models.Index(name="outputs_of_coalition", fields=["coalition", "-id"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the permanent address: the published text, or where the draft is until then."""
        return reverse("outputs:show", args=[self.reference])

    @property
    def direction(self) -> str:
        """Return how the text runs: from right to left for Arabic."""
        return "rtl" if self.language == "ar" else "ltr"

    def draft_url(self) -> str:
        """Return the address of the text in work."""
        return reverse("outputs:draft", args=[self.reference])

    def follow(self, verb: str) -> None:
        """Go where the table of lives leads; raise Refused where it does not."""
        self.state = LIFE.after(verb, State(self.state))


class Subject(models.Model):
    """A theme under which an output is found."""

    output = models.ForeignKey(Output, on_delete=models.PROTECT, related_name="subjects")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="theme_named_once", fields=["output", "theme"])]

    def __str__(self) -> str:
        return f"{self.output_id} under {self.theme_id}"


class Contributor(models.Model):
    """Somebody who worked on an output, and how they wish to be named."""

    output = models.ForeignKey(Output, on_delete=models.PROTECT, related_name="contributors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=Role)
    affiliation = models.CharField(max_length=160, blank=True)
    is_named = models.BooleanField(default=True)
    since = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="one_role_on_an_output", fields=["output", "person"])
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.person_id} of {self.output_id}"
