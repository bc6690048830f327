"""The sample world: made by the verbs that people use, at moments before today."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from intersession.coalitions.models import Coalition
from intersession.decisions import actions as decisions
from intersession.decisions.models import Call
from intersession.decisions.rules import Passage
from intersession.decisions.states import Stance
from intersession.kit.markdown import paragraphs
from intersession.lists import actions as lists
from intersession.lists.models import MailingList, Message
from intersession.outputs.states import Kind
from intersession.people.models import Person
from intersession.site.demo.coordination import plan_coordination
from intersession.site.demo.diary import Diary
from intersession.site.demo.gathering import make_people, plan_membership
from intersession.site.demo.people import COORDINATOR
from intersession.site.demo.readers import LIST_ADDRESS, hold_a_post, plan_subscribers
from intersession.site.demo.talk import TEXTS, Post, posts
from intersession.site.demo.works import Work, plan_open, plan_published, voices
from intersession.site.post import keys

COALITION = "dc3"


def marker() -> Path:
    """Return the file that says that this data directory is a demo's."""
    return Path(settings.DATA_DIR) / "demo-world"


def is_made() -> bool:
    """Test whether the sample world stands."""
    return marker().exists() and Person.objects.filter(is_sample=True).exists()


def has_real_people() -> bool:
    """Test whether somebody is here who is no sample."""
    return Person.objects.filter(is_sample=False).exists()


@transaction.atomic
def make(*, at: datetime) -> None:
    """Make the sample world around a moment: about ninety days of one coalition's life."""
    coalition = Coalition.objects.get(slug=COALITION)
    people, said, diary = make_people(), voices(), Diary(at)
    plan_membership(diary, coalition, people)
    talk = _plan_talk(diary, coalition, people)
    plan_coordination(diary, coalition, people)
    plan_published(diary, _practice(coalition, people, said["practice"]))
    recommendations = _recommendations(coalition, people, said["recommendations"])
    plan_open(diary, recommendations, lambda: talk["plans"])
    _plan_meeting(diary, coalition, people, said["meeting"])
    diary.live()
    if not settings.DKIM_KEY.exists():
        keys.make(settings.DKIM_KEY, over=False)
    marker().write_text(at.isoformat())


def _plan_talk(
    diary: Diary, coalition: Coalition, people: Mapping[str, Person]
) -> dict[str, Message]:
    """Plan the list and what is said on it; the messages are there by key once it has lived."""
    talk: dict[str, Message] = {}

    def open_list(at: datetime) -> None:
        lists.open_list(
            people[COORDINATOR], coalition, at=at, name=COALITION, address=LIST_ADDRESS,
            title="Community Connectivity",
        )  # fmt: skip

    def take_in(post: Post, at: datetime) -> None:
        mailing_list = MailingList.objects.select_related("coalition").get(name=COALITION)
        talk[post.key] = lists.archive(mailing_list, post.raw, at=at)

    diary.days_ago(74, open_list)
    plan_subscribers(diary, people)
    diary.days_ago(0.2, hold_a_post)
    for post in posts(diary.today, LIST_ADDRESS):
        diary.days_ago(post.days, partial(take_in, post))
    return talk


def _practice(coalition: Coalition, people: Mapping[str, Person], said: dict[str, Any]) -> Work:
    return Work(
        coalition,
        people,
        said,
        title="Sharing masts and links: practice from eleven small networks",
        kind=Kind.PRACTICES,
        text=(TEXTS / "practice.md").read_text(),
        abstract="Eleven small networks share a mast, the power and the link to the next town "
        "with a neighbour. This collection says what they agreed on first, what they keep "
        "apart, and what they publish.",
        readers="People who start a community network; regulators who are asked to allow one",
        asks="Regulators: allow two networks on one mast by one form.",
    )


def _recommendations(
    coalition: Coalition, people: Mapping[str, Person], said: dict[str, Any]
) -> Work:
    return Work(
        coalition,
        people,
        said,
        title="Community networks in national connectivity plans",
        kind=Kind.RECOMMENDATIONS,
        text=(TEXTS / "recommendations.md").read_text(),
        abstract="What a national connectivity plan can do so that networks which people build "
        "and run themselves last: licences, spectrum, money, backhaul, and how to measure it.",
        readers="Ministries and regulators who write a national connectivity plan",
        asks="Ministries: give community networks a chapter of their own in the next plan.",
    )


def _plan_meeting(
    diary: Diary, coalition: Coalition, people: Mapping[str, Person], said: dict[str, Any]
) -> None:
    """Plan a call that is open now, on a plain question without a draft behind it."""
    text = said["text"].strip()

    def open_call(at: datetime) -> None:
        decisions.open_call(
            people[COORDINATOR], coalition, at=at, title=said["title"], question=said["question"],
            text=text, passages=_passages(text),
            reference=f"{coalition.handle}-{at.year}-calls", address="",
        )  # fmt: skip

    def position(line: Mapping[str, Any], at: datetime) -> None:
        call = Call.objects.select_related("coalition").get(title=said["title"])
        decisions.take_position(
            people[line["from"]], call, at=at, stance=Stance(line["stance"]),
            reason=line.get("reason", ""),
        )  # fmt: skip

    diary.days_ago(4.2, open_call)
    for line in said["position"]:
        diary.days_ago(line["days"], partial(position, line))


def _passages(text: str) -> list[Passage]:
    return [
        Passage(str(number), f"p{number}", part.kind, part.html, part.source)
        for number, part in enumerate(paragraphs(text), 1)
    ]
