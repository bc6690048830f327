from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from intersession.coalitions.models import Coalition
from intersession.outputs.states import KnownKind, Stage, Use

FIRST_IGF = 2006


class ListedOutput(models.Model):
    """An output published elsewhere, of which only facts are kept here."""

    key = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=300)
    title_is_description = models.BooleanField(default=False)
    kind = models.CharField(max_length=24, choices=KnownKind)
    form = models.CharField(max_length=120, blank=True)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.PUBLISHED)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    body = models.CharField(max_length=40, blank=True)
    languages: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    partners: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    url = models.URLField(max_length=400, blank=True)
    note = models.TextField(blank=True)
    sources: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    seed: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="listed_output_is_not_older_than_the_igf",
                condition=Q(year=None) | Q(year__gte=FIRST_IGF),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("outputs:known", args=[self.key])

    @property
    def kind_name(self) -> str:
        """The kind in words; `get_kind_display` builds the table of all kinds each time."""
        return str(KnownKind(self.kind).label)

    @property
    def coalitions(self) -> list[Coalition]:
        """The coalitions that published it; queries fetch `by__coalition`."""
        return [row.coalition for row in self.by.all()]


class ListedBy(models.Model):
    """A coalition is one of those that published an output elsewhere."""

    output = models.ForeignKey(ListedOutput, on_delete=models.CASCADE, related_name="by")
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["coalition__slug"]
        constraints = [
            models.UniqueConstraint(name="listed_once_by", fields=["output", "coalition"])
        ]

    def __str__(self) -> str:
        return f"{self.output_id} by {self.coalition_id}"


class Uptake(models.Model):
    """Somebody used an output, or the work of a coalition; used, never endorsed."""

    key = models.SlugField(max_length=100, unique=True)
    output = models.ForeignKey(
        ListedOutput, on_delete=models.PROTECT, related_name="uptake", null=True, blank=True
    )
    by_whom = models.CharField(max_length=200)
    kind = models.CharField(max_length=24, choices=Use)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    year_note = models.CharField(max_length=200, blank=True)
    summary = models.TextField()
    sources: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    seed: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name_plural = "uptake"

    def __str__(self) -> str:
        return f"{self.kind_name}: {self.by_whom}"

    @property
    def kind_name(self) -> str:
        """The kind of use in words."""
        return str(Use(self.kind).label)


class UptakeOf(models.Model):
    """A coalition is one of those whose work was used."""

    uptake = models.ForeignKey(Uptake, on_delete=models.CASCADE, related_name="of")
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="used_once_of", fields=["uptake", "coalition"])]

    def __str__(self) -> str:
        return f"{self.uptake_id} of {self.coalition_id}"
