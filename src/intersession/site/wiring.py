"""The one table of who listens to what, and how entries of the record read."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from intersession.coalitions import phrases as coalitions
from intersession.decisions import phrases as decisions
from intersession.decisions import reactions as decisions_react
from intersession.decisions.events import CallDeferred, CallDetermined, CallWithdrawn
from intersession.journal import phrases as journal
from intersession.journal.events import CheckpointTaken
from intersession.kit.facts import Listener
from intersession.kit.labels import Label
from intersession.lists import phrases as lists
from intersession.lists import reactions as lists_react
from intersession.lists.events import LetterAnswered, MessageRedacted
from intersession.lists.models import Message, Thread
from intersession.lists.queries.tokens import letter_path
from intersession.membership import phrases as membership
from intersession.outbox.formats import Ways
from intersession.outputs import phrases as outputs
from intersession.outputs import reactions as outputs_react
from intersession.outputs.queries.beginning import Came, begun_from, begun_in
from intersession.people import phrases as people
from intersession.people.events import AddressProven, PersonRenamed
from intersession.site.letters import tell_checkpoint
from intersession.site.making import forget_made_files
from intersession.site.renaming import name_anew_in_search
from intersession.site.signing import signature

WIRING: Mapping[type, Sequence[Listener]] = {
    CheckpointTaken: [tell_checkpoint],
    AddressProven: [lists_react.claim_subscriptions],
    PersonRenamed: [name_anew_in_search],
    LetterAnswered: [decisions_react.hear_answer],
    MessageRedacted: [forget_made_files],
    CallDetermined: [outputs_react.settle],
    CallDeferred: [outputs_react.resume],
    CallWithdrawn: [outputs_react.resume],
}

PHRASES: Mapping[str, Any] = {
    **coalitions.PHRASES,
    **decisions.PHRASES,
    **journal.PHRASES,
    **membership.PHRASES,
    **lists.PHRASES,
    **people.PHRASES,
    **outputs.PHRASES,
}
"""How each verb of the record reads: a whole sentence with %(actor)s and %(title)s."""

FACTS: Mapping[str, Label] = {
    **coalitions.FACTS,
    **decisions.FACTS,
    **journal.FACTS,
    **membership.FACTS,
    **lists.FACTS,
    **people.FACTS,
    **outputs.FACTS,
}
"""How the facts of entries are named: by app and name of the fact."""

CAME_OF: Mapping[type, Sequence[Callable[[Any], Sequence[Came]]]] = {
    Thread: [begun_in],
    Message: [begun_from],
}
"""Who says what became of a thread or a message; the app of the page knows of none of them."""

LETTERS = Ways(return_path=letter_path, signature=signature)
"""What letters get as they leave: the outbox knows neither lists nor keys."""

SCHEDULES: Mapping[str, tuple[str, str]] = {
    "journal.checkpoint": ("0 0 * * *", "intersession.journal.tasks.checkpoint"),
    "lists.expire_held": ("20 * * * *", "intersession.lists.tasks.expire_held"),
    "lists.count_month": ("10 0 1 * *", "intersession.lists.tasks.count_month"),
    "lists.forget_decided": ("40 3 * * *", "intersession.lists.tasks.forget_decided"),
    "lists.prune": ("50 3 * * *", "intersession.lists.tasks.prune"),
    "lists.digests": ("*/15 * * * *", "intersession.lists.tasks.digests"),
    "decisions.attend_lists": ("*/5 * * * *", "intersession.decisions.tasks.attend_lists"),
    "site.send_to_ourselves": ("20 5 * * *", "intersession.site.tasks.send_to_ourselves"),
    "site.look_what_came_back": ("40 5 * * *", "intersession.site.tasks.look_what_came_back"),
    "jobs.prune": ("30 3 * * *", "intersession.jobs.tasks.prune"),
}
"""What the clock starts: a cron line in UTC, and the task."""
