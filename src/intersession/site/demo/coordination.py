"""The sample life of the coordination group: its office, a representative, its open list."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from intersession.coalitions import actions as coalitions
from intersession.coalitions.models import Coalition
from intersession.coalitions.queries import coordination_group
from intersession.coalitions.states import Office
from intersession.lists import actions as lists
from intersession.lists.models import MailingList
from intersession.people.models import Person
from intersession.site.demo.diary import Diary
from intersession.site.demo.people import COORDINATOR
from intersession.site.demo.talk import Post, posts

NAME = "dccg"
ADDRESS = "dccg@lists.localhost"
FACILITATOR = "olena"
READERS = (COORDINATOR, FACILITATOR, "tomas", "rania")


def plan_coordination(diary: Diary, coalition: Coalition, people: Mapping[str, Person]) -> None:
    """Plan who facilitates, who represents the sample coalition, the open list, three posts."""
    group = coordination_group()
    if group is None:
        return
    by = people["secretariat"]
    seats = (
        (group, FACILITATOR, Office.COORDINATOR),
        (coalition, COORDINATOR, Office.REPRESENTATIVE),
    )
    for there, key, office in seats:
        diary.days_ago(72, partial(_seat, by, there, people[key], office))
    diary.days_ago(71, partial(_open, by, group))
    for number, key in enumerate(READERS):
        diary.days_ago(70 - number / 10, partial(_subscribe, people[key]))
    for post in posts(diary.today, ADDRESS, "coordination.toml"):
        diary.days_ago(post.days, partial(_take_in, post))


def _seat(by: Person, there: Coalition, person: Person, office: Office, at: datetime) -> None:
    coalitions.seat(by, there, person, office, at=at)


def _open(by: Person, group: Coalition, at: datetime) -> None:
    lists.open_list(by, group, at=at, name=NAME, address=ADDRESS, title="Coordination group")


def _subscribe(person: Person, at: datetime) -> None:
    lists.subscribe(person, _the_list(), person.email, at=at)


def _take_in(post: Post, at: datetime) -> None:
    lists.archive(_the_list(), post.raw, at=at)


def _the_list() -> MailingList:
    return MailingList.objects.select_related("coalition").get(name=NAME)
