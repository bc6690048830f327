from datetime import timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.outbox import rules


@given(st.integers(1, 40), st.floats(0, 1))
def test_each_pause_is_at_least_as_long_as_the_one_before_and_none_too_long(
    tries: int, chance: float
) -> None:
    assert rules.pause_after(tries, chance) <= rules.pause_after(tries + 1, chance)
    assert timedelta(seconds=48) <= rules.pause_after(tries, chance) <= timedelta(hours=7.2)


def test_a_letter_is_tried_for_more_than_a_day() -> None:
    pauses = [rules.pause_after(tries, 0) for tries in range(1, rules.TRIES)]

    assert sum(pauses, timedelta()) > timedelta(days=1)


@pytest.mark.parametrize(
    ("code", "lasting"), [(250, False), (421, False), (451, False), (550, True), (554, True)]
)
def test_only_a_reply_of_five_hundred_lasts(code: int, lasting: bool) -> None:
    assert rules.is_lasting(code) is lasting


def test_the_reason_ends_the_letter_once() -> None:
    reason = "You get this because you asked."

    once = rules.with_reason("Good day.\n", reason)

    assert once == "Good day.\n\n-- \nYou get this because you asked.\n"
    assert rules.with_reason(once, reason) == once
    assert rules.with_reason("Good day.", "") == "Good day.\n"


def test_addresses_become_links_without_the_full_stop_after_them() -> None:
    html = rules.simple_html("See https://example.org/a?b=1&c=2. And\nmore\n\nEnd", "en", rtl=False)

    assert (
        '<p>See <a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>.'
        " And<br>more</p>" in html
    )
    assert "<p>End</p>" in html


@given(st.text())
def test_no_text_makes_a_tag_of_its_own(text: str) -> None:
    seen: set[str] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            seen.add(tag)

    Reader().feed(rules.simple_html(text + "<script>x</script>", "ar", rtl=True))

    assert seen <= {"html", "head", "meta", "title", "body", "p", "br", "a"}
