from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from intersession.decisions.models import Call
from intersession.outputs.models.works import Output
from intersession.outputs.rules.matching import Relation


class Version(models.Model):
    """One text of a work. It is never changed: a change is the next version."""

    output = models.ForeignKey(Output, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    hash = models.CharField(max_length=64)
    salt = models.CharField(max_length=64)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    is_snapshot = models.BooleanField(default=False)
    call = models.ForeignKey(
        Call, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="one_version_per_number", fields=["output", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.output_id} draft {self.number}"

    @property
    def previous(self) -> int:
        """Return the number of the version before this one, 0 for the first."""
        return self.number - 1


class Block(models.Model):
    """
    One paragraph, heading, item, row, quotation or footnote of a version.

    `key` is its identity through the versions, `number` its number in this one ("" for a rule
    between parts). `lines` are where it stands in the text, half-open.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="blocks")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=12)
    number = models.CharField(max_length=8, blank=True)
    kind = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField(default=0)
    source = models.TextField(blank=True)
    html = models.TextField()
    text = models.TextField(blank=True)
    first_line = models.PositiveIntegerField()
    end_line = models.PositiveIntegerField()
    relation = models.CharField(max_length=12, choices=[(r.value, r.value) for r in Relation])
    parents: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    previous_number = models.CharField(max_length=8, blank=True)
    is_edited = models.BooleanField(default=False)
    is_doubtful = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="one_block_per_key", fields=["version", "key"]),
            models.UniqueConstraint(name="one_block_per_position", fields=["version", "position"]),
        ]
        indexes = [
            models.Index(name="outputs_blocks_of_key", fields=["key", "version"]),
            models.Index(
                name="outputs_doubtful", fields=["version"], condition=Q(is_doubtful=True)
            ),
        ]

    def __str__(self) -> str:
        return f"¶ {self.number} ({self.key})"

    def get_absolute_url(self) -> str:
        """Return the permanent address of this paragraph through all versions."""
        return reverse("outputs:paragraph", args=[self.version.output.reference, self.key])
