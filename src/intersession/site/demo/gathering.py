"""The people of the sample world, and how they came to belong."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from allauth.account.models import EmailAddress

from intersession.coalitions import actions as coalitions
from intersession.coalitions.models import Coalition, Procedure
from intersession.coalitions.states import Office
from intersession.membership import actions as membership
from intersession.membership.states import Kind
from intersession.people.models import Person
from intersession.site.demo.diary import Diary
from intersession.site.demo.people import COORDINATOR, PEOPLE, SECRETARIAT_ADDRESS

OBSERVER = "marc"
EDITOR = "priya"


def make_people() -> dict[str, Person]:
    """Make the sample people, by key; `secretariat` is among them."""
    made = {
        sample.key: Person.objects.create_user(
            sample.email,
            name=sample.name,
            group=sample.group,
            region=sample.region,
            country=sample.country,
            affiliation=sample.affiliation,
            zone=sample.zone,
            shown=["name", "group", "region", "country", "affiliation"],
            is_sample=True,
        )
        for sample in PEOPLE
    }
    made["secretariat"] = Person.objects.create_user(
        SECRETARIAT_ADDRESS, name="Secretariat", is_sample=True, is_secretariat=True
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user_id=person.pk, email=person.email, verified=True, primary=True)
        for person in made.values()
    )
    return made


def plan_membership(diary: Diary, coalition: Coalition, people: Mapping[str, Person]) -> None:
    """Plan that everybody joins and two take office; the procedure states one comment round."""
    Procedure.objects.update_or_create(
        coalition=coalition,
        defaults={"comment_rounds": 1, "round_days": 14, "call_days": 14, "statement_days": 7},
    )
    for number, sample in enumerate(PEOPLE):
        kind = Kind.OBSERVER if sample.key == OBSERVER else Kind.MEMBER
        join = partial(_join, people[sample.key], coalition, kind)
        diary.days_ago(90 - number, join)
    for key, office in ((COORDINATOR, Office.COORDINATOR), (EDITOR, Office.EDITOR)):
        diary.days_ago(75, partial(_seat, people["secretariat"], coalition, people[key], office))


def _join(person: Person, coalition: Coalition, kind: Kind, at: datetime) -> None:
    membership.join(person, coalition, kind=kind, at=at)


def _seat(by: Person, coalition: Coalition, person: Person, office: Office, at: datetime) -> None:
    coalitions.seat(by, coalition, person, office, at=at)
