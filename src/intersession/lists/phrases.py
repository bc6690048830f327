"""How this app's journal entries read."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from intersession.kit.labels import Label
from intersession.lists.rules.bouncing import Kind
from intersession.lists.rules.judging import Reason
from intersession.lists.rules.limits import Over
from intersession.lists.states import Delivery, Redacted, RedactedFor, Standing, StoppedBy, Way

PHRASES = {
    "lists.open_list": _("%(actor)s opened the list %(title)s"),
    "lists.archive": _("%(actor)s archived a post to the list %(title)s"),
    "lists.follow": _("%(actor)s follows a thread of the list %(title)s"),
    "lists.mute": _("%(actor)s muted a thread of the list %(title)s"),
    "lists.unwatch": _("%(actor)s neither follows nor mutes a thread of the list %(title)s"),
    "lists.split": _("%(actor)s divided a thread of the list %(title)s"),
    "lists.move": _("%(actor)s moved messages within the list %(title)s"),
    "lists.merge": _("%(actor)s joined two threads of the list %(title)s"),
    "lists.close_thread": _("%(actor)s closed a topic of the list %(title)s"),
    "lists.reopen_thread": _("%(actor)s opened a topic of the list %(title)s again"),
    "lists.redact": _("%(actor)s removed something from a message of the list %(title)s"),
    "lists.ask_erasure": _("%(actor)s asked for the removal of a message on the list %(title)s"),
    "lists.decline_erasure": _(
        "%(actor)s declined to remove something from a message of the list %(title)s"
    ),
    "lists.confirm_post": _("%(actor)s let a post go out to %(title)s that its author confirmed"),
    "lists.approve": _("%(actor)s let a held post out to the list %(title)s"),
    "lists.approve_and_trust": _(
        "%(actor)s let a held post out to the list %(title)s and trusts its author"
    ),
    "lists.reject": _("%(actor)s rejected a held post to the list %(title)s"),
    "lists.discard": _("%(actor)s discarded a held post to the list %(title)s"),
    "lists.claim_held": _("%(actor)s took a held post to the list %(title)s in hand"),
    "lists.unclaim_held": _("%(actor)s gave a held post to the list %(title)s back"),
    "lists.expire": _("%(actor)s ended the wait of a post to the list %(title)s"),
    "lists.set_posting_right": _("%(actor)s decided about somebody’s posts to the list %(title)s"),
    "lists.lift": _("%(actor)s lifted a decision about somebody’s posts to the list %(title)s"),
    "lists.change_settings": _("%(actor)s changed the settings of the list %(title)s"),
    "lists.stop_list": _("%(actor)s stopped the list %(title)s: every post is held"),
    "lists.release_list": _("%(actor)s released the list %(title)s"),
    "lists.close_list": _("%(actor)s closed the list %(title)s; its archive stays open"),
    "lists.reopen_list": _("%(actor)s opened the list %(title)s again"),
    "lists.count_month": _("%(actor)s counted the posts of a month to the list %(title)s"),
    "lists.import_archive": _("%(actor)s took an archive into the list %(title)s"),
    "lists.subscribe": _("%(actor)s subscribed an address to the list %(title)s"),
    "lists.unsubscribe": _("%(actor)s took an address off the list %(title)s"),
    "lists.set_delivery": _("%(actor)s changed how mail of the list %(title)s comes"),
    "lists.import_roster": _("%(actor)s took a roster into the list %(title)s"),
    "lists.register_old_urls": _("%(actor)s let old addresses lead to the list %(title)s"),
    "lists.mirror_list": _("%(actor)s made %(title)s the mirror of a list elsewhere"),
    "lists.end_mirror": _("%(actor)s let the list %(title)s live here"),
    "lists.stop_mail": _("%(actor)s stopped the mail of the list %(title)s to an address"),
    "lists.resume_mail": _("%(actor)s let the mail of the list %(title)s come to an address again"),
    "lists.pause_relay": _(
        "%(actor)s paused a post to the list %(title)s that too many servers refused"
    ),
    "lists.resume_relay": _("%(actor)s let a paused post to the list %(title)s go on"),
    "lists.stop_relay": _("%(actor)s stopped a post to the list %(title)s on its way"),
    "lists.answer_mail": _(
        "%(actor)s marked a mail to an office of the list %(title)s as answered"
    ),
    "lists.claim": _("%(actor)s tied their subscriptions to their account"),
}

REASONS = {
    Reason.OWN_LIST: _("The mail has been through this list already: it went in a circle."),
    Reason.HOPS: _("The mail passed more than fifty servers: it went in a circle."),
    Reason.NULL_SENDER: _("The mail has no return address: a machine sent it."),
    Reason.SERVER: _("A mail server wrote the mail."),
    Reason.REPORT: _("The mail is a delivery report."),
    Reason.AUTO_REPLY: _("The mail is an automatic reply."),
    Reason.TOO_BIG: _("The mail is larger than this list takes."),
    Reason.EXECUTABLE: _("The mail carries a program or another file that runs when opened."),
    Reason.SUSPENDED: _("The sender’s right to post to this list is suspended."),
    Reason.NOT_AN_OFFICER: _("Only holders of an office write to this list."),
    Reason.SPAM: _("The mail server takes the mail for spam."),
    Reason.SEVERAL_AUTHORS: _("The mail names more than one author."),
    Reason.UNCLEAR_AUTHOR: _("The author’s address can be read in more than one way."),
    Reason.NO_AUTHOR: _("The mail names no author."),
    Reason.DOUBLED_FIELDS: _("A field that may stand once stands in the mail more than once."),
    Reason.NOT_NAMED: _("The list’s address stands neither in “To” nor in “Cc”."),
    Reason.CROWD: _("The mail is addressed to very many."),
    Reason.AUTOMATIC: _("The mail says that a machine sent it."),
    Reason.AWAY: _("The subject is that of an absence notice."),
    Reason.BULK: _("The mail says that it was sent in bulk."),
    Reason.OTHER_LIST: _("The mail came through another list."),
    Reason.NOT_OF_MIRROR: _("The mail does not come from the list that is mirrored here."),
    Reason.OVERFULL: _("The mail has more parts, or parts within parts, than were looked at."),
    Reason.ENCRYPTED: _("The mail is encrypted, and the archive is open to all."),
    Reason.DIGEST_REPLY: _("The mail answers a whole digest instead of one message."),
    Reason.COMMAND: _("The mail seems to be a command, such as to leave the list."),
    Reason.UNPROVEN: _("It is not proven that the mail is from the address it names."),
    Reason.STOPPED: _("The list is stopped for now: each mail waits."),
    Reason.MODERATED: _("The sender’s mails are looked at first."),
    Reason.FIRST_POST: _("It is the sender’s first mail to this list."),
    Reason.CLOSED_TOPIC: _("The topic is closed."),
    Reason.NOT_A_MEMBER: _("The sender is not a member of the coalition."),
    Reason.NOT_A_SUBSCRIBER: _("The sender is not subscribed to this list."),
}
"""Why a mail did not go out at once, for its sender and for moderators."""


OVER = {
    Over.NETWORK: _(
        "From your network many addresses were typed in the last hour. Try again in an hour, or"
        " write to the list’s address for joining."
    ),
    Over.LIST: _("Very many asked about this list in the last hour. Try again in an hour."),
}
"""Limits that whoever asks is told of. Those of an address are told to nobody but its reader."""


KINDS = {
    Kind.ADDRESS: _("The address does not exist"),
    Kind.FULL: _("The mailbox is full"),
    Kind.CONTENT: _("Refused for what it says, or for who sends it"),
    Kind.TRANSIENT: _("Not taken yet; it is tried again"),
    Kind.COMPLAINT: _("Reported as spam by its reader"),
    Kind.UNKNOWN: _("Refused without a reason that can be read"),
}
"""How copies come back."""


FACTS = {
    "lists.addresses": Label(_("Old addresses that lead here")),
    "lists.host": Label(_("Old server")),
    "lists.without_message": Label(_("Pages whose message is not in the archive")),
    "lists.digest": Label(_("Digest of the archive that was read")),
    "lists.duplicates": Label(_("There already")),
    "lists.kept_out": Label(_("Kept out")),
    "lists.lines": Label(_("Lines read")),
    "lists.name": Label(_("Name")),
    "lists.origin": Label(_("The list elsewhere")),
    "lists.read": Label(_("Messages read")),
    "lists.refused": Label(_("Not understood")),
    "lists.stored": Label(_("Messages stored")),
    "lists.delivery": Label(_("Delivery"), dict(Delivery.choices)),
    "lists.fields": Label(_("What was changed")),
    "lists.subscribed": Label(_("People subscribed")),
    "lists.subscriptions": Label(_("Subscriptions")),
    "lists.way": Label(_("How"), dict(Way.choices)),
    "lists.standing": Label(_("What was decided"), dict(Standing.choices)),
    "lists.month": Label(_("Month")),
    "lists.came": Label(_("Posts that came in")),
    "lists.went_out": Label(_("Posts that went out")),
    "lists.held": Label(_("Held for a moderator")),
    "lists.asked": Label(_("Author asked to confirm")),
    "lists.approved": Label(_("Approved")),
    "lists.rejected": Label(_("Rejected")),
    "lists.discarded": Label(_("Discarded")),
    "lists.expired": Label(_("Expired")),
    "lists.what": Label(_("What was removed"), dict(Redacted.choices)),
    "lists.reason": Label(_("Why"), dict(RedactedFor.choices)),
    "lists.messages": Label(_("Messages")),
    "lists.stopped": Label(_("Why"), dict(StoppedBy.choices)),
    "lists.bounced": Label(_("Copies that came back")),
    "lists.recipients": Label(_("Copies in all")),
    "lists.copies": Label(_("Copies, on all lists")),
}
"""How the facts of these entries are named."""


def reasons_in_words(codes: Iterable[str]) -> list[str]:
    """Say reasons as sentences, in the order of their gravity."""
    return [str(REASONS[Reason(code)]) for code in codes]
