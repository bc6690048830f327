"""Posts that answer nothing are joined by their subjects, where a list wants it (checklist 25)."""

import random

import pytest

from intersession.coalitions.testing import a_coordinator
from intersession.lists import actions
from intersession.lists.models import MailingList, Message, Thread
from intersession.lists.rules.identity import subject_node
from intersession.lists.testing import a_list
from tests.lists.mail import LATEST, mail

pytestmark = pytest.mark.django_db

TALK = [
    mail("a@x.example", "First.", subject="Budget"),
    mail("b@x.example", "Second.", subject="RE: [dc-talk]  budget", day=2),
    mail("c@x.example", "Third.", subject="Re: Budget", day=3),
    mail("d@x.example", "Told.", answers="b@x.example", subject="Another matter", day=4),
    mail("e@x.example", "Else.", subject="Budgets", day=5),
    mail("f@x.example", "No subject.", subject="", day=6),
    mail("g@x.example", "Nor here.", subject="Re:", day=7),
]
TOGETHER = {"a@x.example", "b@x.example", "c@x.example", "d@x.example"}


def a_joining_list() -> MailingList:
    talk = a_list()
    MailingList.objects.filter(pk=talk.pk).update(joins_subjects=True)
    talk.refresh_from_db()
    return talk


def threads(talk: MailingList) -> set[frozenset[str]]:
    found: dict[int, set[str]] = {}
    rows = Message.objects.filter(mailing_list=talk).values_list("thread", "message_id")
    for thread, name in rows:
        found.setdefault(thread, set()).add(name)
    return {frozenset(names) for names in found.values()}


def test_subjects_join_nothing_unless_a_list_wants_it() -> None:
    talk = a_list()

    for letter in TALK:
        actions.archive(talk, letter, at=LATEST)

    assert len(threads(talk)) == 6
    assert not talk.joins_subjects


@pytest.mark.parametrize("seed", range(6))
def test_posts_that_name_none_are_joined_by_their_subjects_in_any_order(seed: int) -> None:
    talk = a_joining_list()

    for letter in random.Random(seed).sample(TALK, len(TALK)):
        actions.archive(talk, letter, at=LATEST)

    singles = {frozenset([f"{name}@x.example"]) for name in "efg"}
    assert threads(talk) == {frozenset(TOGETHER), *singles}
    thread = Thread.objects.get(mailing_list=talk, count=4)
    assert (thread.subject, thread.first_at.day) == ("Budget", 1)
    answer = Message.objects.get(message_id="d@x.example")
    assert answer.parent == Message.objects.get(message_id="b@x.example")


def test_a_thread_that_somebody_cut_out_is_not_joined_again() -> None:
    talk = a_joining_list()
    for letter in TALK[:3]:
        actions.archive(talk, letter, at=LATEST)
    second = Message.objects.get(message_id="b@x.example")
    alone = actions.split(a_coordinator(talk.coalition), second, at=LATEST)

    actions.archive(talk, mail("h@x.example", "More.", subject="Budget", day=8), at=LATEST)

    assert Message.objects.filter(thread=alone).count() == 1
    assert len(threads(talk)) == 2


def test_a_subject_is_known_without_its_letters_case_and_blanks() -> None:
    assert subject_node("The  Budget") == subject_node("the budget") != subject_node("budget")
    assert subject_node("  ") == 0
