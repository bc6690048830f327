from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from intersession.decisions.models.calls import Call, Round
from intersession.decisions.models.objections import Objection
from intersession.decisions.states import STATEMENT, Capacity, Reply, Role, StatementState


class Statement(models.Model):
    """
    A minority statement, bound to a call and to one version of its text.

    It gets its number, and with it its address, when it is filed.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="statements")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=StatementState, default=StatementState.DRAFTED)
    text = models.TextField()
    language = models.CharField(max_length=8, default="en")
    passages: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    salt = models.CharField(max_length=64)
    drafted_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="one_statement_per_number", fields=["call", "number"]),
            models.CheckConstraint(
                name="statement_state_fits_its_moments",
                condition=Q(
                    state=StatementState.DRAFTED, number=None, filed_at=None, withdrawn_at=None
                )
                | Q(
                    state=StatementState.FILED,
                    number__isnull=False,
                    filed_at__isnull=False,
                    withdrawn_at=None,
                )
                | Q(state=StatementState.WITHDRAWN, withdrawn_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"M{self.number}" if self.number else "draft"

    def get_absolute_url(self) -> str:
        return reverse("decisions:statement", args=[self.call.slug, self.number])

    def follow(self, verb: str) -> None:
        """Go where the table of lives leads; raise Refused where it does not."""
        self.state = STATEMENT.after(verb, StatementState(self.state))


class Signature(models.Model):
    """A name under a minority statement; it counts once its person has confirmed it."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="signatures")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role)
    capacity = models.CharField(max_length=16, choices=Capacity, default=Capacity.PERSONAL)
    organization = models.CharField(max_length=160, blank=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="one_signature_each", fields=["statement", "person"]),
            models.CheckConstraint(
                name="signature_confirmed_after_asked",
                condition=Q(confirmed_at=None) | Q(confirmed_at__gte=F("asked_at")),
            ),
            models.CheckConstraint(
                name="signing_organization_is_named",
                condition=~Q(capacity=Capacity.ORGANIZATION) | ~Q(organization=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.person_id} of {self.statement_id}"


class Invitation(models.Model):
    """Somebody whose objection was not accommodated is asked for a minority statement."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    reply = models.CharField(max_length=10, choices=Reply, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_invitation_each", fields=["call", "person"]),
            models.CheckConstraint(
                name="invitation_reply_has_its_moment",
                condition=Q(reply="", replied_at=None)
                | (~Q(reply="") & Q(replied_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation of {self.person_id} on {self.call_id}"
