from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from intersession.coalitions.models import Coalition
from intersession.decisions import rules
from intersession.decisions.states import CALL, CallState
from intersession.lists.models import Message


class Call(models.Model):
    """A text put to a coalition for consensus, under the rule as it stood at opening."""

    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="+")
    caller = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=80, unique=True)
    reference = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    question = models.TextField()
    address = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=CallState, default=CallState.OPEN)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.TextField(blank=True)
    salt = models.CharField(max_length=64)
    asked = models.PositiveIntegerField()
    days = models.PositiveSmallIntegerField()
    silence = models.BooleanField()
    minimum_voices = models.PositiveSmallIntegerField()
    minimum_groups = models.PositiveSmallIntegerField()
    publishable: models.JSONField[Any, Any] = models.JSONField(default=list)
    statement_words = models.PositiveSmallIntegerField()
    statement_days = models.PositiveSmallIntegerField()
    appeal_days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="call_closes_after_it_opens", condition=Q(closes_at__gt=F("opened_at"))
            ),
            models.CheckConstraint(
                name="call_has_ended_unless_open",
                condition=Q(state=CallState.OPEN, ended_at=None)
                | (~Q(state=CallState.OPEN) & Q(ended_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(name="decisions_open", fields=["state", "closes_at"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("decisions:show", args=[self.slug])

    def rule(self) -> rules.Rule:
        """Return the rule that was shown before this call opened."""
        return rules.Rule(
            days=self.days,
            silence=self.silence,
            minimum_voices=self.minimum_voices,
            minimum_groups=self.minimum_groups,
            publishable=tuple(self.publishable),
            statement_words=self.statement_words,
            statement_days=self.statement_days,
            appeal_days=self.appeal_days,
        )

    def follow(self, verb: str) -> None:
        """Go where the table of lives leads; raise Refused where it does not."""
        self.state = CALL.after(verb, CallState(self.state))


class Round(models.Model):
    """One frozen text of a call. Only a change of substance starts the clock afresh."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=60)
    text = models.TextField()
    passages: models.JSONField[Any, Any] = models.JSONField(default=list)
    hash = models.CharField(max_length=64)
    salt = models.CharField(max_length=64)
    is_substantive = models.BooleanField(default=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    announcement = models.ForeignKey(
        Message, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    heard_to = models.PositiveBigIntegerField(
        default=0, db_default=0, help_text="The last post after it that was looked at."
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="one_round_per_number", fields=["call", "number"]),
            models.CheckConstraint(
                name="round_closes_after_it_opens", condition=Q(closes_at__gt=F("opened_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}, round {self.number}"

    def parts(self) -> tuple[rules.Passage, ...]:
        """Return the numbered passages of the text."""
        return rules.from_json(self.passages)

    def is_untouched(self) -> bool:
        """Test whether the text still is the one that was frozen."""
        return rules.text_hash(self.text, self.parts()) == self.hash
