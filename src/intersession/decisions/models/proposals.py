from django.conf import settings
from django.db import models
from django.db.models import Q

from intersession.decisions.models.calls import Call, Round
from intersession.decisions.models.positions import Position
from intersession.decisions.states import PROPOSAL, Doubt, ProposalState, Stance
from intersession.lists.models import MailAnswer


class Proposal(models.Model):
    """A position that a mail proposed. Only its person makes it one, by a click."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    mail = models.ForeignKey(MailAnswer, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=12, choices=Stance)
    reason = models.TextField(blank=True)
    change = models.TextField(blank=True)
    doubt = models.CharField(max_length=12, choices=Doubt)
    state = models.CharField(max_length=12, choices=ProposalState, default=ProposalState.PROPOSED)
    at = models.DateTimeField()
    position = models.OneToOneField(
        Position, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_proposal",
                fields=["call", "person"],
                condition=Q(state=ProposalState.PROPOSED),
            ),
            models.CheckConstraint(
                name="confirmed_proposal_has_its_position",
                condition=Q(state=ProposalState.CONFIRMED, position__isnull=False)
                | (~Q(state=ProposalState.CONFIRMED) & Q(position=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} proposed {self.stance} on {self.call_id}"

    def follow(self, verb: str) -> None:
        """Go where the table of lives leads; raise Refused where it does not."""
        self.state = PROPOSAL.after(verb, ProposalState(self.state))
