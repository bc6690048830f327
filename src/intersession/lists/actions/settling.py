"""How a list is set up: its rules, the stop of an emergency, its end."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from intersession.journal.actions import record
from intersession.kit import edits
from intersession.kit.answers import Refused, ensure
from intersession.lists import permissions
from intersession.lists.actions.expiring import expire
from intersession.lists.actions.locking import lock
from intersession.lists.models import MailingList
from intersession.lists.rules.settings import LARGEST, LONGEST_REASON, SMALLEST, Settings
from intersession.lists.states import HeldState
from intersession.people.models import Person


def settings_of(mailing_list: MailingList) -> dict[str, str]:
    """Return the settings of a list as a form sends them."""
    return {
        name: edits.plain(getattr(mailing_list, name)) for name in Settings.__dataclass_fields__
    }


@transaction.atomic
def change_settings(
    actor: Person, mailing_list: MailingList, settings: Settings, *, at: datetime, base: str = ""
) -> None:
    """
    Change what a list is for and how it takes posts; mail that comes from now on is judged by it.

    `base` is the mark of what the actor saw (`kit.edits`). Raises Denied for who does not look
    after the list, Meanwhile where somebody changed it since, Refused where nothing is different or
    a size cannot be.
    """
    ensure(permissions.may_look_after(actor, mailing_list, at=at))
    there = _locked(mailing_list)
    edits.check_seen(base, settings_of(there))
    if not settings.title:
        raise Refused(_("Please give the list a title."))
    if not SMALLEST <= settings.largest <= LARGEST:
        raise Refused(_("The largest size of a post lies between 40 kB and 50 MB."))
    changed = [name for name, value in asdict(settings).items() if getattr(there, name) != value]
    if not changed:
        raise Refused(_("Nothing is different from what was there."))
    for name in changed:
        setattr(there, name, getattr(settings, name))
    _keep(there, *changed)
    _note("lists.change_settings", actor, there, at=at, facts={"fields": changed})


@transaction.atomic
def stop_list(actor: Person, mailing_list: MailingList, *, at: datetime, reason: str) -> None:
    """
    Stop a list in an emergency: every post is held until it is released.

    The reason stands on its page. Raises Denied for who does not moderate it, Refused where it is
    stopped or closed already, no reason is given, or one that is too long.
    """
    ensure(permissions.may_moderate(actor, mailing_list, at=at))
    there = _locked(mailing_list)
    if there.stopped_at is not None:
        raise Refused(_("The list is stopped already."))
    if there.closed_at is not None:
        raise Refused(_("This list is closed. Its archive stays open."))
    if not reason.strip():
        raise Refused(_("Please give the reason; it stands on the list’s page."))
    if len(reason.strip()) > LONGEST_REASON:
        raise Refused(
            _("The reason has %(n)d characters; there is room for %(most)d.")
            % {"n": len(reason.strip()), "most": LONGEST_REASON}
        )
    there.stopped_at, there.stopped_for = at, reason.strip()
    _keep(there, "stopped_at", "stopped_for")
    _note("lists.stop_list", actor, there, at=at)


@transaction.atomic
def release_list(actor: Person, mailing_list: MailingList, *, at: datetime) -> None:
    """
    Let a stopped list go on; the posts that were held meanwhile wait to be decided one by one.

    Raises Denied for who does not moderate it, Refused where it is not stopped.
    """
    ensure(permissions.may_moderate(actor, mailing_list, at=at))
    there = _locked(mailing_list)
    if there.stopped_at is None:
        raise Refused(_("The list is not stopped."))
    there.stopped_at, there.stopped_for = None, ""
    _keep(there, "stopped_at", "stopped_for")
    _note("lists.release_list", actor, there, at=at)


@transaction.atomic
def close_list(actor: Person, mailing_list: MailingList, *, at: datetime) -> None:
    """
    Close a list: it takes no mail any more, and its archive stays open.

    What waits for its author's confirmation ends with it, as after the three days it has.
    Raises Denied for who does not look after it, Refused where it is closed or posts still wait.
    """
    ensure(permissions.may_look_after(actor, mailing_list, at=at))
    waiting = mailing_list.held.filter(state=HeldState.WAITING).values_list("pk", flat=True)
    unanswered = [post.pk for post in lock(*waiting)]  # what comes meanwhile ends by its own time
    there = _locked(mailing_list)
    if there.closed_at is not None:
        raise Refused(_("This list is closed. Its archive stays open."))
    if there.held.filter(state=HeldState.HELD).exists():
        raise Refused(_("Posts wait for a moderator. Decide about them first."))
    for number in unanswered:
        expire(number, at=at)
    there.closed_at = at
    _keep(there, "closed_at")
    _note("lists.close_list", actor, there, at=at)


@transaction.atomic
def reopen_list(actor: Person, mailing_list: MailingList, *, at: datetime) -> None:
    """Let a closed list take mail again. Raises Denied as `close_list`."""
    ensure(permissions.may_look_after(actor, mailing_list, at=at))
    there = _locked(mailing_list)
    if there.closed_at is None:
        raise Refused(_("The list is open."))
    there.closed_at = None
    _keep(there, "closed_at")
    _note("lists.reopen_list", actor, there, at=at)


def _locked(mailing_list: MailingList) -> MailingList:
    locked = MailingList.objects.select_for_update(of=("self",)).select_related("coalition")
    return locked.get(pk=mailing_list.pk)


def _keep(mailing_list: MailingList, *fields: str) -> None:
    """Save, and let every kept page of the list be made anew."""
    mailing_list.save(update_fields=fields)
    MailingList.objects.filter(pk=mailing_list.pk).update(edition=F("edition") + 1)


def _note(verb: str, actor: Person, mailing_list: MailingList, **given: Any) -> None:
    record(
        actor, verb, mailing_list, scope=mailing_list.coalition.slug, title=str(mailing_list),
        url=mailing_list.get_absolute_url(), **given,
    )  # fmt: skip
