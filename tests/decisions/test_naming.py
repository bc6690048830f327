"""The search finds calls and statements under the name that a person has now."""

from typing import Any

import pytest

from intersession.decisions import actions, queries
from intersession.decisions.states import Stance
from intersession.decisions.testing import HOUR, a_voice, an_open_call
from intersession.jobs.actions import work_once
from intersession.jobs.models import Run
from intersession.membership.actions import join
from intersession.people.actions import describe
from intersession.people.models import Person
from intersession.people.rules import Description
from intersession.people.testing import NOON
from intersession.search.models import Item
from intersession.search.queries import Filters, find, text_of

pytestmark = pytest.mark.django_db
LATER = NOON + 2 * HOUR


def work() -> None:
    while work_once("ada", now=lambda: LATER):
        pass


def rename(person: Person, name: str) -> None:
    describe(person, person, Description(name=name), at=LATER)


def test_a_new_name_is_found_and_the_old_one_is_not() -> None:
    call = an_open_call()
    signer = a_voice(call)
    filed = actions.file_statement(signer, call, at=LATER, text="The rest comes first.")
    key = f"decisions.statement:{filed.pk}"
    before = text_of([key])

    rename(signer, "Zenobia Quill")
    assert Item.objects.get(key=key).person != "Zenobia Quill"
    work()

    assert Item.objects.get(key=key).person == "Zenobia Quill"
    assert [hit.key for hit in find("Zenobia", Filters()).items] == [key]
    assert text_of([key]) == before
    rename(signer, "Ann Other")
    work()
    assert list(find("Zenobia", Filters()).items) == []


def test_the_caller_of_a_call_is_named_anew_and_nobody_else() -> None:
    call, other = an_open_call(), an_open_call()
    unchanged = Item.objects.get(key=f"decisions.call:{other.pk}")

    rename(Person.objects.get(pk=call.caller_id), "Zenobia Quill")
    work()

    assert Item.objects.get(key=f"decisions.call:{call.pk}").person == "Zenobia Quill"
    assert Item.objects.get(pk=unchanged.pk).person == unchanged.person


def test_other_changes_of_a_profile_ask_for_no_work() -> None:
    person = a_voice(an_open_call())

    describe(person, person, Description(name=person.name, country="KE"), at=LATER)

    assert not Run.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_as_many_queries_for_one_as_for_many(
    count: int, django_assert_num_queries: Any
) -> None:
    call = an_open_call()
    person = Person.objects.get(pk=call.caller_id)
    join(person, call.coalition, at=NOON)
    for _n in range(count):
        each = an_open_call(call.coalition)
        actions.take_position(person, each, at=NOON + HOUR, stance=Stance.SUPPORT, reason="")
        actions.file_statement(person, each, at=LATER, text="The rest comes first.")

    with django_assert_num_queries(4):
        named = queries.names_by_document(person.pk)

    assert len(named) == 1 + 2 * count
