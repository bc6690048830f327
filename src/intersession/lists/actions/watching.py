"""Following and muting a thread."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.journal.actions import record
from intersession.kit.answers import Refused, ensure
from intersession.lists import permissions
from intersession.lists.models import Thread, Watch
from intersession.lists.queries.subscriptions import interest_in, own_subscriptions
from intersession.lists.states import Interest
from intersession.people.models import Person


@transaction.atomic
def follow(actor: Person, thread: Thread, *, at: datetime) -> None:
    """
    Follow a thread: its mail comes in any case, also to who takes digests or no mail.

    Raises Denied for who has no subscription, Refused for who follows it already.
    """
    ensure(permissions.may_watch(actor, thread))
    if interest_in(actor, thread) == Interest.FOLLOW:
        raise Refused(_("You follow this thread already."))
    _watch(actor, thread, Interest.FOLLOW)
    _note(actor, "lists.follow", thread, at)


@transaction.atomic
def mute(actor: Person, thread: Thread, *, at: datetime) -> None:
    """
    Mute a thread: no mail of it comes.

    Raises Denied for who has no subscription, Refused for who muted it already.
    """
    ensure(permissions.may_watch(actor, thread))
    if interest_in(actor, thread) == Interest.MUTE:
        raise Refused(_("You muted this thread already."))
    _watch(actor, thread, Interest.MUTE)
    _note(actor, "lists.mute", thread, at)


@transaction.atomic
def unwatch(actor: Person, thread: Thread, *, at: datetime) -> None:
    """
    Take following or muting back: mail comes as the subscription says.

    Raises Denied for who has no subscription, Refused where there is nothing to take back.
    """
    ensure(permissions.may_watch(actor, thread))
    own = own_subscriptions(actor, thread.mailing_list)
    taken, _by_model = Watch.objects.filter(thread=thread, subscription__in=own).delete()
    if not taken:
        raise Refused(_("You neither follow this thread nor muted it."))
    _note(actor, "lists.unwatch", thread, at)


def _watch(actor: Person, thread: Thread, interest: Interest) -> None:
    own = own_subscriptions(actor, thread.mailing_list)
    Watch.objects.filter(thread=thread, subscription__in=own).delete()
    Watch.objects.bulk_create(
        [Watch(subscription=one, thread=thread, interest=interest) for one in own]
    )


def _note(actor: Person, verb: str, thread: Thread, at: datetime) -> None:
    record(
        actor, verb, thread, at=at, scope=thread.mailing_list.coalition.slug,
        title=str(thread.mailing_list), url=thread.get_absolute_url(), private=True,
    )  # fmt: skip
