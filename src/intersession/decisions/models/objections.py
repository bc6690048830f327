from typing import Any

from django.conf import settings
from django.db import models

from intersession.decisions import rules
from intersession.decisions.models.calls import Call, Round
from intersession.decisions.models.positions import Position
from intersession.decisions.states import (
    BLOCKING,
    NOT_ACCOMMODATED,
    OBJECTION,
    ObjectionState,
    TurnKind,
)


class Objection(models.Model):
    """An objection to a text, with what would remove it and a life of its own."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="objections")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    position = models.OneToOneField(Position, on_delete=models.PROTECT, related_name="objection")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    passages: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    remedy = models.TextField()
    state = models.CharField(max_length=12, choices=ObjectionState, default=ObjectionState.FILED)
    salt = models.CharField(max_length=64)
    filed_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="one_objection_per_number", fields=["call", "number"]),
            models.CheckConstraint(
                name="objection_says_what_would_remove_it", condition=~models.Q(remedy="")
            ),
        ]

    def __str__(self) -> str:
        return f"Objection {self.number} to {self.call_id}"

    def get_absolute_url(self) -> str:
        """Return its address, which opens the part of the call's page that shows it."""
        part = rules.part_of(self.number)
        asked = f"?objections={part}" if part > 1 else ""
        return f"{self.call.get_absolute_url()}{asked}#o{self.number}"

    def follow(self, verb: str) -> None:
        """Go where the table of lives leads; raise Refused where it does not."""
        self.state = OBJECTION.after(verb, ObjectionState(self.state))

    def is_blocking(self) -> bool:
        """Test whether nothing can be determined while it is as it is."""
        return self.state in BLOCKING

    def is_unaccommodated(self) -> bool:
        """Test whether it was disposed of without being met."""
        return self.state in NOT_ACCOMMODATED


class Turn(models.Model):
    """One turn in the life of an objection: an answer, a word of the objector, a disposition."""

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="turns")
    kind = models.CharField(max_length=16, choices=TurnKind)
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    salt = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.objection_id}"
