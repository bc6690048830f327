"""Finding, on the engine of the database in use."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from intersession.search import actions, queries
from intersession.search.models import Item
from intersession.search.queries import Filters, find
from intersession.search.rules import analyse
from intersession.search.testing import NOON, a_document

pytestmark = pytest.mark.django_db


def keys(query: str, filters: Filters | None = None, **more: object) -> list[str]:
    return [hit.key for hit in find(query, filters, **more).items]  # type: ignore[arg-type]


def put(**fields: object) -> str:
    document = a_document(**fields)
    actions.put([document])
    return document.key


def test_every_word_must_be_there() -> None:
    one = put(body="Community networks connect the unconnected")
    put(body="Community rules")
    assert keys("community networks") == [one]
    assert keys("networks absent") == []


def test_title_person_and_body_are_looked_through() -> None:
    one = put(title="Neutrality", body="x", person="Élodie Martin")
    assert keys("neutrality elodie x") == [one]


def test_forms_of_a_word_are_found_in_its_language() -> None:
    english = put(body="the policies of networks", language="en")
    french = put(body="les réunions générales", language="fr")
    russian = put(body="итоги голосования", language="ru")
    assert keys("policy network") == [english]
    assert keys("réunion générale") == [french]
    assert keys("reunions") == [french]
    assert keys("голосование") == [russian]


def test_a_stem_of_another_language_finds_nothing() -> None:
    put(body="a new rule", language="en")
    assert keys("news") == []


def test_chinese_is_found_by_two_signs_by_one_and_by_many() -> None:
    one = put(body="我们讨论提案，然后投票。", language="zh-hans")
    put(body="会议", language="zh-hans")
    assert keys("投票") == keys("票") == keys("讨论提案") == [one]
    assert keys("提票") == []


def test_arabic_is_found_with_and_without_its_article() -> None:
    one = put(body="مشروع التعريف الجديد", language="ar")
    assert keys("تعريف") == keys("والتعريف") == [one]


def test_a_phrase_stands_together_and_in_one_field() -> None:
    one = put(title="x", body="have I said so")
    put(title="have", body="I have said that I")
    assert keys('"have I"') == [one]


def test_a_beginning_finds_whole_words() -> None:
    one = put(body="organization")
    assert keys("organiz*") == [one]
    assert keys("rganiz*") == []


@pytest.mark.parametrize(
    "filters",
    [
        Filters(kind="output"),
        Filters(scope="dc-3"),
        Filters(language="fr"),
        Filters(person="Élodie"),
        Filters(since=NOON, until=NOON + timedelta(days=1)),
        Filters(
            kind="output", scope="dc-3", language="fr", person="martin", since=NOON,
            until=NOON + timedelta(seconds=1),
        ),
    ],
)  # fmt: skip
def test_filters_narrow_with_and_without_words(filters: Filters) -> None:
    one = put(
        kind="output", scope="dc-3", language="fr", person="Elodie Martin", at=NOON, body="loi"
    )
    put(body="loi, elodie", at=NOON - timedelta(days=1), language="en", person="Bob")
    assert keys("loi", filters) == [one]
    assert keys("", filters) == [one]


def test_newest_come_first_in_any_order_of_arrival() -> None:
    moments = [NOON + timedelta(days=n % 7, seconds=n) for n in range(20)]
    actions.put(a_document(key=f"k:{at:%s}", at=at, body="same") for at in moments)
    for at in moments:
        actions.put([a_document(key=f"again:{at:%s}", at=at, body="same")])
    found = [hit.at for hit in find("same", size=100).items]
    assert sorted(found) == sorted(moments * 2)
    assert found == sorted(found, reverse=True)


def test_pages_follow_by_key_without_gap_or_double() -> None:
    actions.put(a_document(key=f"k:{n}", body="same", at=NOON) for n in range(25))
    for best in (False, True):
        seen: list[str] = []
        after = ""
        while True:
            page = find("same", best=best, after=after, size=10)
            seen += [hit.key for hit in page.items]
            put(body="same", at=NOON + timedelta(days=9, minutes=Item.objects.count()))
            if not (after := page.next):
                break
        assert len(seen) == len(set(seen)) >= 25


def test_the_best_match_has_the_words_in_its_title() -> None:
    one = put(title="Network neutrality", body="text")
    put(title="Other", body="neutrality " + "word " * 300)
    assert keys("neutrality", best=True)[0] == one
    assert find("neutrality", best=True).is_cut is False


def test_counting_stops_at_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "COUNTED", 3)
    actions.put(a_document(body="same") for _ in range(5))
    found = find("same", size=2)
    assert (found.count, found.is_over) == (3, True)


def test_putting_again_replaces_and_removing_forgets() -> None:
    key = put(body="first words", at=NOON)
    put(key=key, body="second words", at=NOON + timedelta(days=3))
    assert keys("first") == []
    assert keys("second words") == [key]
    actions.remove([key, "not:there"])
    assert keys("words") == []
    assert not Item.objects.exists()
    put(key=key, body="third words", at=NOON)
    assert keys("words") == [key]


def test_many_rows_go_in_at_once_and_the_last_of_a_key_counts() -> None:
    documents = [a_document(key=f"k:{n % 700}", body=f"same word{n}", at=NOON) for n in range(1400)]
    actions.put_many([(d, analyse(d.title, d.body, d.person, d.language)) for d in documents])
    assert Item.objects.count() == 700
    assert keys("word5") == []
    assert keys("word705") == ["k:5"]


def test_moments_before_all_time_and_far_ahead_have_their_place() -> None:
    old = put(at=datetime(1901, 1, 1, tzinfo=UTC), body="same")
    new = put(at=datetime(9000, 1, 1, tzinfo=UTC), body="same")
    assert keys("same") == [new, old]


def test_texts_are_kept_whole_and_given_back() -> None:
    text = "Ä long text\n> quoted\n" * 50_000
    key = put(body=text)
    assert queries.text_of([key, "not:there"]) == {key: text}


def test_a_very_long_text_of_different_words_is_found() -> None:
    key = put(body=" ".join(f"word{n:x}" for n in range(200_000)))
    assert keys("word5") == [key]


def test_the_words_can_be_made_anew() -> None:
    one = put(body="network")
    assert actions.rebuild() == 1
    assert keys("network") == [one]


ODD = [
    '"', "*", "x" * 10_000, "\0", "a AND (", "title:x", "' OR 1=1 --", "%s %d", "-", "投",
    "_kmessage", "\ud800",
]  # fmt: skip


@pytest.mark.parametrize("typed", ODD)
def test_nothing_typed_is_an_error(typed: str) -> None:
    put(body="x")
    for best in (False, True):
        find(typed, best=best)
        find(typed, Filters(kind='"', scope=typed, language="'", person=typed), best=best)


CHANGED = ["x", "W10", "WzFd", "WyJhIl0", "Wzk5OTk5OTk5OTk5OTk5OTk5OTk5XQ", "é"]


@pytest.mark.parametrize("after", CHANGED)
def test_a_key_that_somebody_changed_is_no_error(after: str) -> None:
    put(body="same")
    for best in (False, True):
        find("same", best=best, after=after)


def test_a_page_takes_the_same_queries_for_one_and_for_three(
    django_assert_num_queries: Callable[[int], AbstractContextManager[None]],
) -> None:
    put(body="same")
    number = 3 if connection.vendor == "postgresql" else 2  # it counts first, to choose its way
    with django_assert_num_queries(number):
        find("same")
    put(body="same")
    put(body="same")
    with django_assert_num_queries(number):
        assert len(find("same").items) == 3
