"""The verbs of lists."""

from intersession.lists.actions.announcing import announce
from intersession.lists.actions.archiving import archive
from intersession.lists.actions.arranging import close_thread, merge, move, reopen_thread, split
from intersession.lists.actions.breaking import resume_relay, stop_relay
from intersession.lists.actions.corresponding import mark_answered
from intersession.lists.actions.finding import renew
from intersession.lists.actions.healing import resume_mail
from intersession.lists.actions.importing import Account, Stopped, Tell, import_archive
from intersession.lists.actions.mirroring import end_mirror, mirror_list
from intersession.lists.actions.moderating import (
    approve,
    approve_and_trust,
    claim_held,
    discard,
    reject,
    unclaim_held,
)
from intersession.lists.actions.opening import open_list
from intersession.lists.actions.posting import Post, Posted, post_from_page
from intersession.lists.actions.readdressing import OldUrlAccount, register_old_urls
from intersession.lists.actions.redacting import ask_erasure, decline_erasure, redact
from intersession.lists.actions.rehearsing import rehearse_import
from intersession.lists.actions.rosters import (
    Progress,
    RosterAccount,
    rehearse_roster,
    subscribe_all,
)
from intersession.lists.actions.settling import (
    change_settings,
    close_list,
    release_list,
    reopen_list,
    settings_of,
    stop_list,
)
from intersession.lists.actions.standing import lift, set_posting_right, suspend_posting
from intersession.lists.actions.subscribing import (
    claim,
    set_delivery,
    subscribe,
    unsubscribe,
    wishes_of,
)
from intersession.lists.actions.taking_answers import answer_from_post
from intersession.lists.actions.watching import follow, mute, unwatch
from intersession.lists.formats.mailbox import NotMail, Source, source_at
from intersession.lists.formats.rosters import NotARoster, roster_at
from intersession.lists.rules.wishes import Wishes

__all__ = [
    "Account",
    "NotARoster",
    "NotMail",
    "OldUrlAccount",
    "Post",
    "Posted",
    "Progress",
    "RosterAccount",
    "Source",
    "Stopped",
    "Tell",
    "Wishes",
    "announce",
    "answer_from_post",
    "approve",
    "approve_and_trust",
    "archive",
    "ask_erasure",
    "change_settings",
    "claim",
    "claim_held",
    "close_list",
    "close_thread",
    "decline_erasure",
    "discard",
    "end_mirror",
    "follow",
    "import_archive",
    "lift",
    "mark_answered",
    "merge",
    "mirror_list",
    "move",
    "mute",
    "open_list",
    "post_from_page",
    "redact",
    "register_old_urls",
    "rehearse_import",
    "rehearse_roster",
    "reject",
    "release_list",
    "renew",
    "reopen_list",
    "reopen_thread",
    "resume_mail",
    "resume_relay",
    "roster_at",
    "set_delivery",
    "set_posting_right",
    "settings_of",
    "source_at",
    "split",
    "stop_list",
    "stop_relay",
    "subscribe",
    "subscribe_all",
    "suspend_posting",
    "unclaim_held",
    "unsubscribe",
    "unwatch",
    "wishes_of",
]
