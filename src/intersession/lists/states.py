"""The choices of this app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intersession.kit.states import Life


class DatedBy(TextChoices):
    """What told the time of a message."""

    DATE = "date", _("its own date")
    RECEIVED = "received", _("the server that took it in")
    ENVELOPE = "envelope", _("its place in the mailbox")
    ARRIVAL = "arrival", _("its arrival here")


class Posting(TextChoices):
    """Who may post to a list without being asked first."""

    SUBSCRIBERS = "subscribers", _("Subscribers and members")
    MEMBERS = "members", _("Members of the coalition")
    OFFICERS = "officers", _("Holders of an office (announcements)")
    ANYONE = "anyone", _("Anyone")


class Delivery(TextChoices):
    """How a subscriber gets the list's mail; apart from membership and from the right to post."""

    EACH = "each", _("Each message as it comes")
    DAILY = "daily", _("A digest each day")
    WEEKLY = "weekly", _("A digest each week")
    NONE = "none", _("No mail; I read the archive")


class Style(TextChoices):
    """The form of a digest."""

    MIME = "mime", _("Whole messages (MIME)")
    PLAIN = "plain", _("One plain text")


class Way(TextChoices):
    """How somebody came to be subscribed."""

    WEB = "web", _("on the page of the list")
    MAIL = "mail", _("by mail")
    IMPORT = "import", _("with the roster of the old list")
    COORDINATOR = "coordinator", _("by a coordinator")


class StoppedBy(TextChoices):
    """Why mail to a subscriber stopped. Membership and the subscription stay."""

    BOUNCES = "bounces", _("Mail to this address came back")
    COMPLAINT = "complaint", _("The mail was reported as spam")


class Standing(TextChoices):
    """What was decided about somebody's right to post to a list."""

    TRUSTED = "trusted", _("Trusted: posts go out at once")
    MODERATED = "moderated", _("Posts are held first")
    SUSPENDED = "suspended", _("Posting suspended")


class RosterTrouble(TextChoices):
    """Why a row of a roster subscribes nobody."""

    BROKEN = "broken", _("Mail cannot go to this address")
    REPEATED = "repeated", _("The address stands further up already")
    SUBSCRIBED = "subscribed", _("The address is subscribed here already")
    OUTSIDE = "outside", _("No subscriber there: invited, pending, banned, or of another role")
    LIST = "list", _("This is the address of a list")


class Outcome(TextChoices):
    """What became of a mail that came in."""

    ARCHIVED = "archived", _("Archived and relayed")
    HELD = "held", _("Held for a moderator")
    CONFIRM = "confirm", _("Waits for its sender’s confirmation")
    DROPPED = "dropped", _("Kept out: it came from a robot or in a circle")
    COMMAND = "command", _("A command")
    BOUNCE = "bounce", _("A bounce")
    ROLE = "role", _("For the holders of an office")
    UNREADABLE = "unreadable", _("Kept as it came; it cannot be read")


class HeldState(TextChoices):
    WAITING = "waiting", _("Waits for its sender’s confirmation")
    HELD = "held", _("Held for a moderator")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    DISCARDED = "discarded", _("Discarded")
    EXPIRED = "expired", _("Expired")


HELD: Life[HeldState] = Life(
    {
        "confirm": (frozenset({HeldState.WAITING}), HeldState.HELD),
        "approve": (frozenset({HeldState.WAITING, HeldState.HELD}), HeldState.APPROVED),
        "reject": (frozenset({HeldState.HELD}), HeldState.REJECTED),
        "discard": (frozenset({HeldState.HELD}), HeldState.DISCARDED),
        "expire": (frozenset({HeldState.WAITING, HeldState.HELD}), HeldState.EXPIRED),
    }
)


class WhyNot(TextChoices):
    """Ready-made reasons for a rejection; its author reads the sentence."""

    OFF_PURPOSE = "purpose", _("It is not about what this list is for.")
    NO_SUBJECT = "subject", _("Please give it a subject that says what it is about.")
    DIGEST = "digest", _("It answers a whole digest. Please answer one message, with its subject.")
    FILE = "file", _("Please send it without the file, and with a link to it instead.")
    ONE_PERSON = "person", _("It is for one person. Please write to them alone.")
    TONE = "tone", _("It speaks about persons. Please speak about the matter, and send it again.")
    ADVERTISING = "advertising", _("It is advertising.")


class RelayState(TextChoices):
    SENDING = "sending", _("Being sent")
    PAUSED = "paused", _("Paused: too many recipients refused it")
    SENT = "sent", _("Sent")
    STOPPED = "stopped", _("Stopped by the list’s owner")


RELAY: Life[RelayState] = Life(
    {
        "pause": (frozenset({RelayState.SENDING, RelayState.SENT}), RelayState.PAUSED),
        "resume": (frozenset({RelayState.PAUSED}), RelayState.SENDING),
        "finish": (frozenset({RelayState.SENDING}), RelayState.SENT),
        "stop": (frozenset({RelayState.SENDING, RelayState.PAUSED}), RelayState.STOPPED),
    }
)


class Purpose(TextChoices):
    """What a one-time token asks its reader to confirm."""

    JOIN = "join", _("Join the list")
    LEAVE = "leave", _("Leave the list")
    POST = "post", _("Post this message")
    CHANGE = "change", _("Change how mail comes")
    PROBE = "probe", _("Show that mail arrives")
    MODERATE = "moderate", _("Decide about a held post")


class Mailbox(TextChoices):
    """Whose mail it is: that of an office, not of a person."""

    OWNER = "owner", _("Those who look after the list")
    SECRETARIAT = "secretariat", _("The Secretariat")
    ROLE = "role", _("The Secretariat, for this mail server")


class Tallied(TextChoices):
    """Mail of no use of which nothing is kept but how many came in a day."""

    ROBOT = "robot", _("Commands that no person sent")
    LIMIT = "limit", _("Commands beyond what one day or hour takes")
    NO_TOKEN = "no_token", _("Reports without a token of ours")
    REPLY = "reply", _("Automatic replies to posts")
    UNREAD = "unread", _("Reports that nobody could read")


class Interest(TextChoices):
    FOLLOW = "follow", _("Follow: mail of this thread comes in any case")
    MUTE = "mute", _("Mute: no mail of this thread")


class Redacted(TextChoices):
    """What is taken out of a message of the archive."""

    BODY = "body", _("Its text, with every file")
    PERSON = "person", _("Who wrote it: name and address in its head")
    FILE = "file", _("One file")


class RedactedFor(TextChoices):
    """Why something is taken out; shown in its place."""

    ERASURE = "erasure", _("the person concerned asked for it")
    PRIVACY = "privacy", _("private data of somebody else")
    SECRET = "secret", _("a password or another secret")
    RIGHTS = "rights", _("rights of somebody else in the text")
    ABUSE = "abuse", _("abuse")
    LAW = "law", _("a decision of a court or an authority")
