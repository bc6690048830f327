"""Posts that wait: for moderators with what they say, and for their authors with why."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from intersession.coalitions.models import Seat
from intersession.coalitions.states import Office
from intersession.kit.paging import Part, moment_and_number, to_key
from intersession.lists.models import Held, MailingList, Question
from intersession.lists.phrases import reasons_in_words
from intersession.lists.rules.bodies import Attached
from intersession.lists.rules.holding import DECIDE_WITHIN, in_hand_until
from intersession.lists.rules.parsing import parsed
from intersession.lists.rules.rendering import fragment
from intersession.lists.states import HeldState, Purpose
from intersession.people.models import Person
from intersession.people.queries import addresses_of

PART = 5
"""Posts of a part: each with what it says, read from its mail."""
ROOM = 4_000
"""Signs of a post that the queue shows; its own page has more."""
WHOLE = 100_000
SHOWN_FOR = timedelta(days=30)
"""So long after the decision authors see what became of a post."""


@dataclass(frozen=True, slots=True)
class Said:
    """
    A held post as moderators read it.

    `html` is safe and has the marks of `rules.rendering`; `until` when its time is over;
    `in_hand_until` until when one of them has it in hand.
    """

    held: Held
    reasons: Sequence[str]
    html: str
    files: Sequence[Attached]
    is_cut: bool
    until: datetime
    in_hand_until: datetime | None


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits on one list: how many posts, since when, and until when the oldest of them."""

    mailing_list: MailingList
    count: int
    since: datetime
    until: datetime


def waiting_on(mailing_list: MailingList) -> QuerySet[Held]:
    """Return the posts that wait for a moderator."""
    return Held.objects.filter(mailing_list=mailing_list, state=HeldState.HELD)


def queue(mailing_list: MailingList, after: str, *, at: datetime) -> Part[Said]:
    """Return a part of the posts that wait, the oldest first."""
    posts = waiting_on(mailing_list).select_related("claimed_by").order_by("at", "pk")
    if place := moment_and_number(after):
        moment, pk = place
        posts = posts.filter(at__gte=moment).exclude(at=moment, pk__lte=pk)
    found = list(posts[: PART + 1])
    last = found[PART - 1] if len(found) > PART else None
    items = [said(post, at=at) for post in found[:PART]]
    return Part(items, later=to_key(last.at.isoformat(), last.pk) if last else "")


def said(held: Held, *, at: datetime, room: int = ROOM) -> Said:
    """Read a held post from its bytes: its text up to so many signs, and its files."""
    text, files, is_flowed = "", list[Attached](), False
    try:
        mail = parsed(zlib.decompress(held.raw), latest=at)
        text, files, is_flowed = mail.text, list(mail.files), mail.is_flowed
    except zlib.error:
        pass  # what it said was removed for good
    return Said(
        held=held,
        reasons=reasons_in_words(held.reasons),
        html=fragment(text[:room], is_flowed=is_flowed),
        files=files,
        is_cut=len(text) > room,
        until=held.at + DECIDE_WITHIN,
        in_hand_until=in_hand_until(held.claimed_at, at),
    )


def queues_of(person: Person, *, at: datetime) -> list[Queue]:
    """
    Return the lists on which posts wait for this person, what waits longest first.

    The Secretariat decides where a coalition has nobody who does; elsewhere it only may.
    """
    seats = Seat.objects.filter(
        Q(until=None) | Q(until__gt=at), since__lte=at,
        office__in=[Office.COORDINATOR, Office.MODERATOR],
    )  # fmt: skip
    own = Q(mailing_list__coalition__in=seats.filter(person=person).values("coalition"))
    if person.is_secretariat:
        there = seats.filter(coalition=OuterRef("mailing_list__coalition"))
        own |= Q(~Exists(there))
    waiting = Held.objects.filter(own, state=HeldState.HELD).values("mailing_list")
    counted = {
        row["mailing_list"]: row for row in waiting.annotate(count=Count("pk"), since=Min("at"))
    }
    lists = MailingList.objects.filter(pk__in=counted).select_related("coalition")
    found = [
        Queue(one, row["count"], row["since"], row["since"] + DECIDE_WITHIN)
        for one in lists
        for row in [counted[one.pk]]
    ]
    return sorted(found, key=lambda one: one.since)


def own_posts(person: Person, *, at: datetime) -> QuerySet[Held]:
    """Return the posts from a person's verified addresses that wait, or were decided lately."""
    own = addresses_of(person).values("email")
    lately = Q(decided_at=None) | Q(decided_at__gt=at - SHOWN_FOR)
    posts = Held.objects.filter(lately, address__in=own).defer("raw", "results")
    return posts.select_related("mailing_list__coalition", "message__mailing_list").order_by(
        F("decided_at").desc(nulls_first=True), "-at", "-pk"
    )


def open_questions(posts: Sequence[Held], *, at: datetime) -> dict[int, Question]:
    """Return by post the question by which its author confirms it, where one is open."""
    asked = Question.objects.filter(
        held__in=posts, purpose=Purpose.POST, answered_at=None, ends_at__gt=at
    )
    return {one.held_id: one for one in asked if one.held_id is not None}
