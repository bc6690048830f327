from django.conf import settings
from django.db import models
from django.db.models import Q

from intersession.lists.models.archive import MailingList, Message
from intersession.lists.models.subscriptions import Subscription
from intersession.lists.states import HeldState, Outcome, RelayState, Style


class Arrival(models.Model):
    """
    A mail that was accepted for a list, and what became of it.

    `key` is the digest of list, envelope and raw bytes: one that comes again while its sender
    tries again finds its row, and nothing is done twice (RFC 5321, 4.5.4).
    """

    key = models.BinaryField(max_length=32, unique=True)
    mailing_list = models.ForeignKey(MailingList, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=Outcome)
    reasons: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    raw = models.BinaryField(blank=True, default=b"")
    message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, related_name="+", null=True, blank=True, db_index=False
    )

    class Meta:
        indexes = [models.Index(name="arrival_of_list", fields=["mailing_list", "at"])]

    def __str__(self) -> str:
        return f"{self.outcome} {self.pk}"


class Held(models.Model):
    """A post that waits: for its sender to confirm it, or for a moderator. Never edited."""

    mailing_list = models.ForeignKey(MailingList, on_delete=models.PROTECT, related_name="held")
    raw = models.BinaryField()
    envelope = models.CharField(max_length=254, blank=True)
    address = models.CharField(max_length=254)
    name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    results = models.TextField(blank=True, help_text="Our Authentication-Results (RFC 8601).")
    policy = models.CharField(max_length=12, blank=True, help_text="DMARC policy of the sender.")
    is_authentic = models.BooleanField(default=False)
    reasons: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=HeldState)
    at = models.DateTimeField()
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=1000, blank=True)
    message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        indexes = [
            models.Index(
                name="held_waiting",
                fields=["mailing_list", "at"],
                condition=Q(state__in=["waiting", "held"]),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="decided_post_has_its_moment",
                condition=Q(state__in=["waiting", "held"], decided_at=None)
                | Q(state__in=["approved", "rejected", "discarded", "expired"])
                & Q(decided_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.subject or f"Held {self.pk}"


class Issue(models.Model):
    """
    A digest: what a list said in a window, in one form, for those whose day ends together.

    Readers who joined or changed within the window get one of their own, which begins later.
    """

    mailing_list = models.ForeignKey(MailingList, on_delete=models.PROTECT, related_name="issues")
    number = models.PositiveIntegerField()
    period = models.CharField(max_length=8)
    style = models.CharField(max_length=8, choices=Style)
    zone = models.CharField(max_length=64)
    language = models.CharField(max_length=8, default="en")
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_issue_per_window",
                fields=[
                    "mailing_list",
                    "period",
                    "style",
                    "zone",
                    "language",
                    "until",
                    "since",
                ],
            )
        ]

    def __str__(self) -> str:
        return f"Digest {self.number} of {self.mailing_list_id}"


class Relay(models.Model):
    """
    A post, or a digest, on its way to the subscribers of a list.

    `recipients` is how many it was for, `refused` how many the mail server would not take, and
    `bounced` how many came back: when too many do, the trouble is the post's, not theirs.
    """

    message = models.OneToOneField(
        Message, on_delete=models.PROTECT, related_name="relay", null=True, blank=True
    )
    issue = models.OneToOneField(
        Issue, on_delete=models.PROTECT, related_name="relay", null=True, blank=True
    )
    state = models.CharField(max_length=8, choices=RelayState, default=RelayState.SENDING)
    at = models.DateTimeField()
    results = models.TextField(blank=True, help_text="Our Authentication-Results (RFC 8601).")
    policy = models.CharField(max_length=12, blank=True, help_text="DMARC policy of the sender.")
    recipients = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    bounced = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    tripped_at = models.DateTimeField(
        null=True, blank=True, help_text="When too many refused it: its bounces count no more."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="relay_of_a_post_or_a_digest",
                condition=Q(message__isnull=False, issue=None)
                | Q(message=None, issue__isnull=False),
            )
        ]
        indexes = [
            models.Index(
                name="relay_under_way", fields=["at"], condition=~Q(state__in=["sent", "stopped"])
            )
        ]

    def __str__(self) -> str:
        return f"Relay {self.pk} ({self.state})"


class Parcel(models.Model):
    """
    A stretch of a relay's recipients: the subscriptions from `first` to `last`, by key.

    `done` are the keys whose copies left, each with a comma behind it, until all have; `left` how
    many have not; a mark is set before the next copy leaves on the same connection. A copy that
    shall be tried later is a parcel of one.
    """

    relay = models.ForeignKey(Relay, on_delete=models.CASCADE, related_name="parcels")
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    keys = models.TextField(
        blank=True, default="", help_text="Of a digest: whom it is for, fixed as it was made."
    )
    done = models.TextField(blank=True, default="")
    left = models.PositiveIntegerField()
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    worker = models.CharField(max_length=32, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                name="parcel_waiting",
                fields=["due_at", "id"],
                condition=Q(done_at=None, worker=""),
            ),
            models.Index(name="parcel_open", fields=["relay"], condition=Q(done_at=None)),
            models.Index(
                name="parcel_left",
                fields=["relay", "due_at", "left"],
                condition=Q(done_at=None, worker=""),
            ),
            models.Index(
                name="parcel_in_hand", fields=["worker"], condition=Q(done_at=None) & ~Q(worker="")
            ),
        ]

    def __str__(self) -> str:
        return f"Parcel {self.pk} of {self.relay_id}"


class Bounce(models.Model):
    """A report that a copy did not arrive, or was complained about."""

    mailing_list = models.ForeignKey(MailingList, on_delete=models.PROTECT, related_name="+")
    relay = models.ForeignKey(
        Relay, on_delete=models.SET_NULL, related_name="bounces", null=True, blank=True
    )
    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="bounces", null=True, blank=True
    )
    at = models.DateTimeField()
    kind = models.CharField(max_length=12)
    status = models.CharField(max_length=12, blank=True)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_bounce_of_a_copy",
                fields=["relay", "subscription", "kind"],
                condition=Q(relay__isnull=False, subscription__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
