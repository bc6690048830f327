from django.conf import settings
from django.db import models
from django.db.models import F, Q

from intersession.lists.models.archive import MailingList, Thread
from intersession.lists.rules.holding import is_endless
from intersession.lists.states import (
    Delivery,
    Interest,
    Purpose,
    Standing,
    StoppedBy,
    Style,
    Tallied,
    Way,
)


class Subscription(models.Model):
    """
    An address that gets a list's mail, for a time, half-open: since is in, until is out.

    It needs no account; a person who shows that the address is theirs claims it. Leaving and
    joining again makes a new row, so that the keys of one list's rows grow with time: the mail of
    a post goes to the keys that were there when it was archived.
    """

    mailing_list = models.ForeignKey(
        MailingList, on_delete=models.PROTECT, related_name="subscriptions", db_index=False
    )
    address = models.CharField(max_length=254)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    way = models.CharField(max_length=12, choices=Way, default=Way.WEB)
    delivery = models.CharField(max_length=8, choices=Delivery, default=Delivery.EACH)
    style = models.CharField(max_length=8, choices=Style, default=Style.MIME)
    zone = models.CharField(max_length=64, default="UTC", help_text="Of a digest's day.")
    language = models.CharField(max_length=8, default="en")
    skips_addressed = models.BooleanField(
        default=True, help_text="No copy of what was sent to this address as well."
    )
    gets_own = models.BooleanField(default=True, help_text="A copy of one's own posts.")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.CharField(max_length=10, choices=StoppedBy, blank=True)
    digested_until = models.DateTimeField(
        null=True, blank=True, help_text="Up to here no digest owes anything."
    )
    switched_at = models.DateTimeField(
        null=True, blank=True, help_text="The last change between each message and a digest."
    )
    salt = models.CharField(
        max_length=32, blank=True, help_text="Of the digest of the address in the record."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="subscription_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(
                name="one_open_subscription_per_address",
                fields=["mailing_list", "address"],
                condition=Q(until=None),
            ),
            models.CheckConstraint(
                name="stopped_mail_has_a_reason",
                condition=Q(stopped_at=None, stopped_by="")
                | Q(stopped_at__isnull=False) & ~Q(stopped_by=""),
            ),
        ]
        indexes = [
            models.Index(
                name="subscription_delivered",
                fields=["mailing_list", "delivery", "id"],
                condition=Q(until=None, stopped_at=None),
            ),
            models.Index(name="subscription_of_address", fields=["address"]),
        ]

    def __str__(self) -> str:
        return f"Subscription {self.pk} to {self.mailing_list_id}"


class Health(models.Model):
    """How mail to a subscriber fares: the score of its bounces, and how far we went about it."""

    subscription = models.OneToOneField(
        Subscription, on_delete=models.CASCADE, related_name="health", primary_key=True
    )
    score = models.FloatField(default=0)
    scored_on = models.DateField(null=True, blank=True)
    points_that_day = models.PositiveSmallIntegerField(default=0)
    warned_at = models.DateTimeField(null=True, blank=True)
    probed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Health of {self.subscription_id}"


class PostingRight(models.Model):
    """What was decided about an address's posts to a list. Without a row the list's rule holds."""

    mailing_list = models.ForeignKey(MailingList, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=254)
    standing = models.CharField(max_length=10, choices=Standing)
    reason = models.CharField(max_length=500, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_standing_per_address",
                fields=["mailing_list", "address"],
                condition=Q(until=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.standing} on {self.mailing_list_id}"

    @property
    def has_end(self) -> bool:
        """Whether it ends by itself in a time that a person lives to see."""
        return not is_endless(self.since, self.until)


class Watch(models.Model):
    """A subscriber follows or mutes a thread."""

    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="watches", db_index=False
    )
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    interest = models.CharField(max_length=8, choices=Interest)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_watch_per_thread", fields=["subscription", "thread"])
        ]

    def __str__(self) -> str:
        return f"{self.interest} {self.thread_id}"


class Question(models.Model):
    """
    A question sent to an address, to be answered once by who reads its mail, and before it ends.

    Its token is made from the key of the row (`rules.tokens`); `network` is where it was asked
    from, so that one place cannot flood others.
    """

    purpose = models.CharField(max_length=8, choices=Purpose)
    mailing_list = models.ForeignKey(MailingList, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=254)
    held = models.ForeignKey(
        "lists.Held", on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    options: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(
        default=dict, blank=True
    )
    network = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(name="question_to_address", fields=["address", "asked_at"]),
            models.Index(name="question_from_network", fields=["network", "asked_at"]),
            models.Index(name="question_about_list", fields=["mailing_list", "asked_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class Answered(models.Model):
    """An automatic answer went to this address on this day: one is enough (RFC 3834)."""

    address = models.CharField(max_length=254)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_automatic_answer_a_day", fields=["address", "on"])
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk} on {self.on}"


class Tally(models.Model):
    """How much mail of a kind came to a list in a day, of which nothing else is kept."""

    mailing_list = models.ForeignKey(MailingList, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    what = models.CharField(max_length=10, choices=Tallied)
    count = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_tally_a_day", fields=["mailing_list", "on", "what"])
        ]

    def __str__(self) -> str:
        return f"{self.what} on {self.on}: {self.count}"
