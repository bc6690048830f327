"""Questions composed once: they answer as the query does that they are made of."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Count, Q

from intersession.kit.composed import Composed
from intersession.people.models import Person
from intersession.people.testing import a_person

pytestmark = pytest.mark.django_db
EMAIL = Composed(lambda email: Person.objects.filter(email=email))


def test_a_composed_question_answers_for_each_value_it_is_given():
    ada, ben = a_person(), a_person()

    assert EMAIL(email=ada.email) == [ada]
    assert EMAIL(email=ben.email) == [ben]
    assert EMAIL(email="nobody@example.org") == []


def test_it_sees_what_changed_since_it_was_composed():
    ada = a_person()
    EMAIL(email=ada.email)

    Person.objects.filter(pk=ada.pk).update(name="Ada Other")

    assert EMAIL(email=ada.email)[0].name == "Ada Other"


def test_it_compares_moments_as_the_database_does():
    ada = a_person()
    at = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    Person.objects.filter(pk=ada.pk).update(last_login=at)
    since = Composed(lambda at: Person.objects.filter(Q(last_login=None) | Q(last_login__gt=at)))

    assert since(at=at) == []
    assert since(at=at - timedelta(microseconds=1)) == [ada]


def test_it_keeps_slices_counts_and_rows_of_values():
    ada = a_person()
    rows = Composed(
        lambda email: (
            Person.objects.filter(email=email).annotate(n=Count("pk")).values_list("pk", "n")[:1]
        )
    )

    assert rows(email=ada.email) == [(ada.pk, 1)]


def test_it_asks_once_each_time(django_assert_num_queries):
    ada = a_person()
    EMAIL(email=ada.email)

    with django_assert_num_queries(1):
        EMAIL(email=ada.email)


def test_a_missing_or_an_unknown_value_is_refused():
    with pytest.raises(TypeError):
        EMAIL()
    with pytest.raises(TypeError):
        EMAIL(email="a@example.org", other=1)
