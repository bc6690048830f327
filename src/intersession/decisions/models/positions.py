from django.conf import settings
from django.db import models
from django.db.models import Q

from intersession.decisions.models.calls import Call, Round
from intersession.decisions.states import MARK, Capacity, Stance
from intersession.lists.models import MailAnswer
from intersession.people.states import Group, Region


class Position(models.Model):
    """What one person said on one text. Rows are never changed but for `is_current`."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="positions")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="positions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=12, choices=Stance)
    reason = models.TextField(blank=True)
    capacity = models.CharField(max_length=16, choices=Capacity, default=Capacity.PERSONAL)
    organization = models.CharField(max_length=160, blank=True)
    is_observer = models.BooleanField(default=False)
    group = models.CharField(max_length=40, choices=Group, blank=True)
    region = models.CharField(max_length=40, choices=Region, blank=True)
    salt = models.CharField(max_length=64)
    at = models.DateTimeField()
    is_current = models.BooleanField(default=True)
    mail = models.ForeignKey(
        MailAnswer, on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        help_text="The mail by which it was taken.",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_current_position",
                fields=["call", "person"],
                condition=Q(is_current=True),
            ),
            models.CheckConstraint(
                name="organization_is_named",
                condition=~Q(capacity=Capacity.ORGANIZATION) | ~Q(organization=""),
            ),
            models.CheckConstraint(
                name="difference_has_a_reason",
                condition=~Q(stance__in=[Stance.CONCERN, Stance.OBJECT]) | ~Q(reason=""),
            ),
        ]
        indexes = [models.Index(name="decisions_positions", fields=["call", "-id"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.stance} on {self.call_id}"

    @property
    def mark(self) -> str:
        return MARK[Stance(self.stance)]


class Undoing(models.Model):
    """A position taken by mail was undone: the one before it is the current one again."""

    position = models.OneToOneField(Position, on_delete=models.PROTECT, related_name="undoing")
    salt = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Undoing of {self.position_id}"
