from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from intersession.decisions.models import Statement
from intersession.outputs.models.versions import Version
from intersession.outputs.models.works import Output
from intersession.outputs.states import EDITION, Edition


class Declaration(models.Model):
    """
    Somebody declares that dissent was considered: which statements are attached, or none received.

    `attached` lists them: the key and label of each, its address, and the salted digest that
    stands in the record of its filing.
    """

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="declaration")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    statements = models.PositiveSmallIntegerField()
    attached: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return f"Dissent considered for {self.version_id}: {self.statements}"


class Publication(models.Model):
    """A version that was published, as `<reference> v<number>`. None is ever deleted."""

    output = models.ForeignKey(Output, on_delete=models.PROTECT, related_name="publications")
    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="publication")
    declaration = models.OneToOneField(Declaration, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    abstract = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(db_index=True)
    is_agreed = models.BooleanField()
    state = models.CharField(max_length=12, choices=Edition, default=Edition.CURRENT)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="one_publication_per_number", fields=["output", "number"]),
            models.UniqueConstraint(
                name="one_current_publication",
                fields=["output"],
                condition=Q(state=Edition.CURRENT),
            ),
            models.CheckConstraint(
                name="publication_ends_with_its_moment",
                condition=Q(state=Edition.CURRENT, ended_at=None)
                | ~Q(state=Edition.CURRENT) & Q(ended_at__isnull=False),
            ),
        ]
        indexes = [models.Index(name="outputs_latest", fields=["state", "-published_at", "-id"])]

    def __str__(self) -> str:
        return f"{self.output_id} v{self.number}"

    def get_absolute_url(self) -> str:
        """Return the address of this very version, current or not."""
        return reverse("outputs:edition", args=[self.output.reference, self.number])

    def follow(self, verb: str) -> None:
        """Go where the table of lives leads; raise Refused where it does not."""
        self.state = EDITION.after(verb, Edition(self.state))


ON_A_DRAFT = 0
"""Instead of a version's number: written on a text that went back to draft after its call."""


class CarriedStatement(models.Model):
    """A minority statement carried to a later version until its authors confirm or replace it."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="carried")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    written_on = models.PositiveSmallIntegerField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["statement_id"]
        constraints = [
            models.UniqueConstraint(
                name="statement_carried_once", fields=["publication", "statement"]
            ),
            models.CheckConstraint(
                name="carried_statement_confirmed_by_somebody",
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} carried to {self.publication_id}"
