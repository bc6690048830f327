from typing import Any

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One line of the record. Written once; a trigger refuses to change or remove it."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    verb = models.CharField(max_length=80)
    thing = models.CharField(max_length=120)
    scope = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=300, blank=True)
    facts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    digests: models.JSONField[Any, Any] = models.JSONField(default=dict)
    is_public = models.BooleanField(default=True)
    salt = models.CharField(max_length=64, blank=True)
    body_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [
            models.Index(name="journal_scope", fields=["scope", "-number"]),
            models.Index(name="journal_thing", fields=["thing", "-number"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.at:%F %T} {self.verb} {self.thing}"


class Head(models.Model):
    """The last link of the chain: one row, locked while a new entry is linked to it."""

    count = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(name="journal_has_one_head", condition=models.Q(pk=1))
        ]

    def __str__(self) -> str:
        return f"{self.count} {self.hash[:12]}"


class Checkpoint(models.Model):
    """The record as it stood: so many entries, this the hash of the last. Published and mailed."""

    count = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.count} {self.hash}"
