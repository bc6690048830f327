from django.conf import settings
from django.db import models
from django.db.models import F, Q

from intersession.coalitions.models import Coalition
from intersession.membership.states import Kind


class Membership(models.Model):
    """Somebody belongs to a coalition for a time, half-open: since is in, until is out."""

    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.MEMBER)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(
                name="one_open_membership", fields=["coalition", "person"], condition=Q(until=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.coalition_id}"
