"""
Mail that comes back: the token in its address says which copy, the report says why.

Without a token of ours nothing is believed, answered or scored. A report is scored once for each
copy and kind; a post that too many refuse is a trouble of the post, and stops to count.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from intersession.lists.actions.breaking import break_off
from intersession.lists.actions.corresponding import pass_on
from intersession.lists.actions.healing import keep_health, stop_mail
from intersession.lists.actions.tallying import tally
from intersession.lists.formats.bounces import Read, Recipient, Report, read_bounce
from intersession.lists.letters import bouncing as letters
from intersession.lists.models import Bounce, MailingList, Question, Relay, Subscription
from intersession.lists.queries import tokens
from intersession.lists.queries.addressed import Destination
from intersession.lists.queries.health import health_of
from intersession.lists.rules.bouncing import Kind, Step, after, is_problem_of_post, is_refusal
from intersession.lists.rules.judging import Authentic
from intersession.lists.states import Purpose, StoppedBy, Tallied

SHOW_WITHIN = timedelta(days=180)
"""How long the link in a letter about bounces lets mail come again."""
UNREAD_A_DAY = 10
"""Reports that nobody could read, of which the owners of a list get so many a day."""
PROBE = 0
"""The relay that a probe's return path names: it is of none."""


def take_report(
    where: Destination, raw: bytes, *, at: datetime, envelope: str, authentic: Authentic
) -> None:
    """Take what came to a return path; a mail without a token of ours is counted and left out."""
    copy = tokens.copy_of(where.token) if where.token else None
    subscription = _reader(where.mailing_list, copy[1]) if copy else None
    if copy is None or subscription is None:
        tally(where.mailing_list, Tallied.NO_TOKEN, at=at)
        return
    report = read_bounce(raw)
    if report is None:
        keep_unread(where.mailing_list, raw, at=at)
    else:
        note(subscription, copy[0], report, at=at)


def keep_unread(mailing_list: MailingList, raw: bytes, *, at: datetime) -> None:
    """Count a report that nobody can read; the owners of the list get the first of each day."""
    if tally(mailing_list, Tallied.UNREAD, at=at) < UNREAD_A_DAY:
        pass_on(mailing_list, raw, at=at)


def _reader(mailing_list: MailingList, number: int) -> Subscription | None:
    found = Subscription.objects.filter(pk=number, mailing_list=mailing_list)
    return found.select_related("mailing_list__coalition", "person").first()


@transaction.atomic
def note(subscription: Subscription, relay_number: int, report: Report, *, at: datetime) -> None:
    """Write down what a report says of one copy, and do what follows for its reader."""
    locked = Subscription.objects.select_for_update(of=("self",), no_key=True)
    subscription = locked.select_related("mailing_list__coalition", "person").get(
        pk=subscription.pk
    )
    told = about(report, subscription.address)
    is_probe = relay_number == PROBE
    if report.read is Read.AUTO_REPLY:
        tally(subscription.mailing_list, Tallied.REPLY, at=at)
    if report.read is Read.AUTO_REPLY and not is_probe:
        return
    relay = Relay.objects.select_for_update(no_key=True).filter(pk=relay_number).first()
    was_refused = relay is not None and _is_refused(relay, subscription)
    if relay is not None and not _kept(relay, subscription, told, at=at):
        return
    if subscription.until is None:
        score(subscription, _weight(told.kind, relay), at=at, to_probe=is_probe)
    if relay is not None and is_refusal(told.kind) and not was_refused:
        _count(relay, at=at)


def about(report: Report, address: str) -> Recipient:
    """Find what a report says about a reader, whom it may name otherwise."""
    named = [one for one in report.recipients if one.address == address]
    return (named or list(report.recipients))[0]


def _kept(relay: Relay, subscription: Subscription, told: Recipient, *, at: datetime) -> bool:
    """Keep a report, once for a copy and kind; say whether it is new."""
    fields = {
        "mailing_list": subscription.mailing_list, "at": at, "status": told.status[:12],
        "words": told.diagnostic.replace(subscription.address, "…")[:500],
    }  # fmt: skip
    return Bounce.objects.get_or_create(
        relay=relay, subscription=subscription, kind=told.kind.value, defaults=fields
    )[1]


def _is_refused(relay: Relay, subscription: Subscription) -> bool:
    """Test whether a copy was refused before: who reports it once more, otherwise, is still one."""
    kinds = [kind.value for kind in Kind if is_refusal(kind)]
    return Bounce.objects.filter(relay=relay, subscription=subscription, kind__in=kinds).exists()


def _weight(kind: Kind, relay: Relay | None) -> Kind:
    """Say what counts: nothing against readers of a post that was itself the trouble."""
    is_tripped = relay is not None and relay.tripped_at is not None
    return Kind.CONTENT if is_tripped and kind is not Kind.COMPLAINT else kind


def score(subscription: Subscription, kind: Kind, *, at: datetime, to_probe: bool = False) -> None:
    """Count a report against the health of an address, and do what follows: warn, probe, stop."""
    before = health_of(subscription)
    health, step = after(before, kind, at, to_probe=to_probe)
    if health != before:
        keep_health(subscription, health)
    if step in STEPS:
        STEPS[step](subscription, kind, at=at)


def _warn(subscription: Subscription, kind: Kind, *, at: datetime) -> None:
    letters.warn(_show(subscription, at=at), subscription, at=at)


def _probe(subscription: Subscription, kind: Kind, *, at: datetime) -> None:
    path = tokens.return_path(subscription.mailing_list, PROBE, subscription.pk)
    letters.probe(_show(subscription, at=at), subscription, path, at=at)


def _stop(subscription: Subscription, kind: Kind, *, at: datetime) -> None:
    by = StoppedBy.COMPLAINT if kind is Kind.COMPLAINT else StoppedBy.BOUNCES
    stop_mail(subscription, by, at=at)
    if by is StoppedBy.BOUNCES:
        letters.tell_stopped(_show(subscription, at=at), subscription, at=at)


STEPS: Mapping[Step, Callable[..., None]] = {
    Step.WARN: _warn,
    Step.PROBE: _probe,
    Step.STOP: _stop,
}
"""What is done about an address."""


def _show(subscription: Subscription, *, at: datetime) -> Question:
    """Make the question whose answer shows that mail arrives: one click lets it come again."""
    return Question.objects.create(
        purpose=Purpose.PROBE, mailing_list=subscription.mailing_list,
        address=subscription.address, asked_at=at, ends_at=at + SHOW_WITHIN,
    )  # fmt: skip


def _count(relay: Relay, *, at: datetime) -> None:
    """Count one more refusal, and break off where it is the post that is refused."""
    Relay.objects.filter(pk=relay.pk).update(bounced=F("bounced") + 1)
    relay.refresh_from_db(fields=["bounced"])
    if relay.tripped_at is None and is_problem_of_post(relay.bounced, relay.recipients):
        break_off(relay, at=at)
