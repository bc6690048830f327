from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from intersession.decisions.states import Capacity
from intersession.outputs.models.versions import Version
from intersession.outputs.models.works import Output
from intersession.outputs.states import ANSWER_MARK, Answer, Audience


class CommentRound(models.Model):
    """A time in which a version is open to comments."""

    output = models.ForeignKey(Output, on_delete=models.PROTECT, related_name="rounds")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.EVERYONE)
    questions = models.TextField(blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="one_round_per_output", fields=["output", "number"]),
            models.CheckConstraint(
                name="comments_close_after_they_open", condition=Q(closes_at__gt=F("opened_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"Comment period {self.number} on {self.output_id}"

    def is_open(self, at: datetime) -> bool:
        """Test whether comments are taken at a moment; the closing moment itself is out."""
        return self.opened_at <= at < self.closes_at


class Comment(models.Model):
    """What somebody said on a paragraph or on the whole, and what the editors answered."""

    output = models.ForeignKey(Output, on_delete=models.PROTECT, related_name="comments")
    round = models.ForeignKey(CommentRound, on_delete=models.PROTECT, related_name="comments")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=12, blank=True)
    paragraph = models.CharField(max_length=8, blank=True)
    text = models.TextField(blank=True)
    wording = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=16, choices=Capacity, default=Capacity.PERSONAL)
    organization = models.CharField(max_length=160, blank=True)
    salt = models.CharField(max_length=64)
    at = models.DateTimeField()
    answer = models.CharField(max_length=12, choices=Answer, blank=True)
    reply = models.TextField(blank=True)
    merged_with = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_in = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="one_comment_per_number", fields=["output", "number"]),
            models.CheckConstraint(
                name="comment_says_something", condition=~Q(text="") | ~Q(wording="")
            ),
            models.CheckConstraint(
                name="commenting_organization_is_named",
                condition=~Q(capacity=Capacity.ORGANIZATION) | ~Q(organization=""),
            ),
            models.CheckConstraint(
                name="answer_has_its_moment",
                condition=Q(answer="", answered_at=None, answered_by=None)
                | ~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="declined_with_a_reason",
                condition=~Q(answer=Answer.DECLINED) | ~Q(reply=""),
            ),
            models.CheckConstraint(
                name="merged_with_another",
                condition=~Q(answer=Answer.MERGED) | Q(merged_with__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="outputs_comments_of_key", fields=["output", "key"]),
            models.Index(
                name="outputs_unanswered", fields=["output", "number"], condition=Q(answer="")
            ),
        ]

    def __str__(self) -> str:
        return f"Comment {self.number} on {self.output_id}"

    @property
    def mark(self) -> str:
        return ANSWER_MARK[self.answer]
