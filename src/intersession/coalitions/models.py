from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from intersession.coalitions.states import Body, Governance, Office, Status


class Theme(models.Model):
    """A subject by which coalitions and outputs are found."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


class Coalition(models.Model):
    """
    A Dynamic Coalition, as the register knows it; one row is their coordination group.

    That group is no coalition: the register does not list or count it, and nobody joins it. It has
    offices, lists and a record as coalitions do.
    """

    body = models.CharField(
        max_length=12, choices=Body, default=Body.COALITION, db_default=Body.COALITION
    )
    slug = models.SlugField(max_length=80, unique=True)
    handle = models.CharField(max_length=40, unique=True)
    acronym = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=160, unique=True)
    full_name = models.CharField(max_length=200, blank=True)
    focus = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.UNKNOWN)
    status_as_of = models.CharField(max_length=10, blank=True)
    status_basis = models.TextField(blank=True)
    established_year = models.PositiveSmallIntegerField(null=True, blank=True)
    recognized_year = models.PositiveSmallIntegerField(null=True, blank=True)
    recognition_note = models.TextField(blank=True)
    themes = models.ManyToManyField(Theme, related_name="coalitions", blank=True)
    governance = models.CharField(max_length=20, choices=Governance, default=Governance.UNKNOWN)
    governance_note = models.TextField(blank=True)
    support_note = models.TextField(blank=True)
    website = models.URLField(max_length=300, blank=True)
    igf_page = models.URLField(max_length=300, blank=True)
    list_address = models.EmailField(blank=True)
    list_subscribe_url = models.URLField(max_length=300, blank=True)
    list_archive_url = models.URLField(max_length=300, blank=True)
    list_host = models.CharField(max_length=120, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    links: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    sources: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    edits = models.PositiveIntegerField(default=0, help_text="How often people edited the page.")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seed: models.JSONField[Any, Any] = models.JSONField(
        default=dict,
        blank=True,
        help_text="The facts as last loaded. One that differs now was edited, and is kept.",
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="whoever_confirms_a_page_does_so_at_a_moment",
                condition=Q(confirmed_by=None) | ~Q(confirmed_at=None),
            ),
            models.UniqueConstraint(
                name="one_coordination_group", fields=["body"], condition=Q(body="coordination")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("coalitions:show", args=[self.slug])

    @property
    def is_coordination(self) -> bool:
        """Test whether this is the coordination group, and no coalition."""
        return self.body == Body.COORDINATION

    @property
    def status_name(self) -> str:
        """The status in words; `get_status_display` builds the table of all each time."""
        return str(Status(self.status).label)


class FormerName(models.Model):
    """A name or acronym a coalition had; its old address leads to the coalition."""

    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="former_names")
    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    acronym = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class Loading(models.Model):
    """A run in which the seed registry was read in: when, from which text, with what result."""

    at = models.DateTimeField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the files read.")
    counts: models.JSONField[Any, Any] = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"registry {self.digest[:12]} at {self.at:%F %T}"


class Procedure(models.Model):
    """How a coalition works on texts and decides, as it states; else the house defaults."""

    coalition = models.OneToOneField(Coalition, on_delete=models.PROTECT, related_name="procedure")
    comment_rounds = models.PositiveSmallIntegerField(default=2)
    round_days = models.PositiveSmallIntegerField(default=14)
    call_days = models.PositiveSmallIntegerField(default=14)
    silence = models.BooleanField(default=False, help_text="Silence counts as tacit agreement.")
    minimum_voices = models.PositiveSmallIntegerField(default=1)
    minimum_groups = models.PositiveSmallIntegerField(default=1)
    publishable: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    statement_words = models.PositiveSmallIntegerField(default=500)
    statement_days = models.PositiveSmallIntegerField(default=7)
    appeal_days = models.PositiveSmallIntegerField(default=14)

    def __str__(self) -> str:
        return f"Procedure of {self.coalition_id}"


class Seat(models.Model):
    """An office somebody holds for a time."""

    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    office = models.CharField(max_length=16, choices=Office)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="seat_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gt=F("since")),
            ),
            models.UniqueConstraint(
                name="one_open_seat_per_office_and_person",
                fields=["coalition", "person", "office"],
                condition=Q(until=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} of {self.coalition_id} since {self.since:%F}"
