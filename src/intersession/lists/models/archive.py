from django.db import models
from django.db.models import F, Q

from intersession.coalitions.models import Coalition
from intersession.lists.states import DatedBy, Posting


def message_address(name: str, permalink: str) -> str:
    """Return the address of a message, of a list by name: also for rows written in bulk."""
    return f"/lists/{name}/messages/{permalink}/"


class Listed(models.Manager["MailingList"]):
    """The lists that people have: without those by which the house writes to itself."""

    def get_queryset(self) -> models.QuerySet["MailingList"]:
        """Return them."""
        return super().get_queryset().filter(is_probe=False)


class MailingList(models.Model):
    """
    A list where a coalition talks. Its archive is open.

    `mirrors` is the address of a list hosted elsewhere that is archived here; such a list relays
    nothing. The stops are moments: while one is set, no post goes out, or none is taken at all.
    """

    name = models.SlugField(max_length=80, unique=True)
    address = models.EmailField(unique=True)
    title = models.CharField(max_length=160)
    purpose = models.CharField(max_length=300, blank=True)
    coalition = models.ForeignKey(Coalition, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_for = models.CharField(max_length=300, blank=True, default="", db_default="")
    last_number = models.PositiveBigIntegerField(default=0)
    posting = models.CharField(max_length=12, choices=Posting, default=Posting.SUBSCRIBERS)
    holds_first = models.BooleanField(default=False, help_text="The first post is held.")
    answers_to_list = models.BooleanField(default=False, help_text="Reply-To is the list.")
    prefix = models.CharField(max_length=40, blank=True)
    footer = models.CharField(max_length=500, blank=True)
    wraps = models.BooleanField(
        default=False, db_default=False, help_text="Wraps a post instead of rewriting its From."
    )
    joins_subjects = models.BooleanField(
        default=False, db_default=False, help_text="Posts that name none are joined by subject."
    )
    largest = models.PositiveIntegerField(default=10_000_000, help_text="Bytes of a post.")
    mirrors = models.EmailField(blank=True)
    is_probe = models.BooleanField(
        default=False, db_default=False, help_text="Only takes the mails of the house to itself."
    )
    edition = models.PositiveIntegerField(default=0, help_text="Grows as its archive is changed.")
    redactions = models.PositiveIntegerField(default=0)

    every: models.Manager["MailingList"] = models.Manager()
    objects = Listed()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/lists/{self.name}/"

    @property
    def written_to(self) -> str:
        """The address that people write to: of a mirror, that of the list it mirrors."""
        return self.mirrors or self.address


class Author(models.Model):
    """An address that wrote, and the name it wrote under. The address is never shown whole."""

    address = models.CharField(max_length=254, unique=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name

    @property
    def masked(self) -> str:
        """The address as readers see it: without its domain."""
        return f"{self.address.partition('@')[0]}@…"


class Thread(models.Model):
    """
    A talk: messages tied by their references. What lists of threads show is kept here.

    `edition` grows with every change that adds no message; a thread that somebody arranged by hand
    is no longer joined to others by the references of later messages.
    """

    mailing_list = models.ForeignKey(MailingList, on_delete=models.PROTECT, related_name="threads")
    permalink = models.CharField(max_length=32)
    subject = models.CharField(max_length=300)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    count = models.PositiveIntegerField(default=1)
    participants = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=0, db_default=0)
    is_arranged = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="thread_ends_after_it_begins", condition=Q(last_at__gte=F("first_at"))
            ),
        ]
        indexes = [
            models.Index(name="thread_latest", fields=["mailing_list", "-last_at", "-id"]),
            models.Index(name="thread_begun", fields=["mailing_list", "first_at", "id"]),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return f"/lists/{self.mailing_list.name}/threads/{self.permalink}/"


class ImportRun(models.Model):
    """One import of an archive: how far it came, so that it can go on, and what it found."""

    mailing_list = models.ForeignKey(MailingList, on_delete=models.PROTECT, related_name="runs")
    source = models.CharField(max_length=300)
    fingerprint = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    part = models.PositiveIntegerField(default=0)
    offset = models.PositiveBigIntegerField(default=0)
    read = models.PositiveBigIntegerField(default=0)
    stored = models.PositiveBigIntegerField(default=0)
    duplicates = models.PositiveBigIntegerField(default=0)
    refused = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="import_accounts_for_every_message",
                condition=Q(read=F("stored") + F("duplicates") + F("refused")),
            ),
            models.UniqueConstraint(
                name="one_open_import_of_a_source",
                fields=["mailing_list", "fingerprint"],
                condition=Q(finished_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} into {self.mailing_list_id}"


class Refusal(models.Model):
    """A piece of an imported archive that is no message: its number there, and why."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="refusals")
    number = models.PositiveBigIntegerField()
    place = models.CharField(max_length=300)
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_refusal_of_a_number", fields=["run", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.reason}"


class Message(models.Model):
    """
    A post in the archive; its bytes are in Content.

    `node` are the first 64 bits of the permalink, by which threads are tied; `references` the nodes
    of the messages it names, eight bytes each; `parent` the nearest of its ancestors that is here.
    """

    mailing_list = models.ForeignKey(
        MailingList, on_delete=models.PROTECT, related_name="messages", db_index=False
    )
    number = models.PositiveBigIntegerField()
    node = models.BigIntegerField()
    permalink = models.CharField(max_length=32)
    thread = models.ForeignKey(
        Thread, on_delete=models.PROTECT, related_name="messages", db_index=False
    )
    parent = models.ForeignKey(
        "self", on_delete=models.SET_NULL, related_name="+", null=True, blank=True, db_index=False
    )
    author = models.ForeignKey(
        Author, on_delete=models.PROTECT, related_name="messages", db_index=False
    )
    run = models.ForeignKey(
        ImportRun, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    at = models.DateTimeField()
    dated_by = models.CharField(max_length=8, choices=DatedBy, default=DatedBy.DATE)
    name = models.CharField(max_length=200)
    subject = models.CharField(max_length=300)
    message_id = models.CharField(max_length=400)
    is_imposter = models.BooleanField(default=False)
    language = models.CharField(max_length=8, blank=True)
    size = models.PositiveBigIntegerField()
    files = models.PositiveIntegerField(default=0)
    content_hash = models.BinaryField(max_length=32)
    references = models.BinaryField(max_length=8 * 32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_message_per_number", fields=["mailing_list", "number"]
            ),
            models.UniqueConstraint(name="one_message_per_node", fields=["mailing_list", "node"]),
        ]
        indexes = [
            models.Index(name="message_in_thread", fields=["thread", "at", "id"]),
            models.Index(name="message_by_author", fields=["author", "at", "id"]),
            models.Index(name="message_in_list", fields=["mailing_list", "at", "id"]),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return message_address(self.mailing_list.name, self.permalink)


class Content(models.Model):
    """The raw bytes of a message and its rendered text, both deflated (RFC 1950)."""

    message = models.OneToOneField(
        Message, on_delete=models.CASCADE, related_name="content", primary_key=True
    )
    fragment = models.BinaryField()
    raw = models.BinaryField()
    salt = models.CharField(max_length=32, blank=True)

    def __str__(self) -> str:
        return f"Content of {self.message_id}"


class Attachment(models.Model):
    """A file in a message; its bytes stay in the raw mail until somebody asks."""

    message = models.ForeignKey(
        Message, on_delete=models.CASCADE, related_name="attachments", db_index=False
    )
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_file_per_position", fields=["message", "position"])
        ]

    def __str__(self) -> str:
        return self.name


class Ghost(models.Model):
    """A message that others name and that is not here (yet); it keeps their thread together."""

    mailing_list = models.ForeignKey(
        MailingList, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    node = models.BigIntegerField()
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="ghosts")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_ghost_per_node", fields=["mailing_list", "node"])
        ]

    def __str__(self) -> str:
        return f"Ghost in {self.thread_id}"


class Month(models.Model):
    """How many messages a month of a list holds, so that nobody counts them again."""

    mailing_list = models.ForeignKey(
        MailingList, on_delete=models.PROTECT, related_name="months", db_index=False
    )
    first_day = models.DateField()
    messages = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-first_day"]
        constraints = [
            models.UniqueConstraint(name="one_row_per_month", fields=["mailing_list", "first_day"])
        ]

    def __str__(self) -> str:
        return f"{self.first_day:%Y-%m} of {self.mailing_list_id}"
