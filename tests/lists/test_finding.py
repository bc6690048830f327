"""Lists in the search: quotes stripped, and every message found by what it says itself."""

from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.lists import actions
from intersession.lists.models import Message
from intersession.lists.rules.rendering import own_words, read
from intersession.lists.rules.subjects import forwards
from intersession.lists.testing import a_list
from intersession.search.actions import put, rebuild
from intersession.search.models import Item
from intersession.search.queries import find, text_of
from intersession.search.testing import a_document
from tests.lists.mail import LATEST, mail

ANSWER = """Yes to that.

On 3 May 2026, Bo wrote:
> Shall we take the zebra?
> > It is a quagga.

One more thing.
--
Ann, Institute of Umbrellas
"""
LINE = st.sampled_from(
    ["> a", ">> b", "  > c", "     > d", "On 3 May 2026, Bo wrote:", "-- ", "--", "", " ", "word",
     "-----Original Message-----", "| e", "soft ", " > stuffed "]
) | st.text(ascii_lowercase + " >-", max_size=8)  # fmt: skip


def found(words: str) -> list[str]:
    return [hit.key for hit in find(words).items]


def key(message: Message) -> str:
    return f"lists.message:{message.pk}"


@pytest.mark.django_db
def test_in_lists_quotes_are_stripped_so_that_words_find_the_message_that_said_them() -> None:
    mailing_list = a_list()
    asked = actions.archive(mailing_list, mail("a@x", "Shall we take the zebra?"), at=LATEST)
    answer = actions.archive(mailing_list, mail("b@x", ANSWER, answers="a@x", day=2), at=LATEST)

    assert found("zebra") == [key(asked)]
    assert found("yes") == found("more thing") == [key(answer)]
    assert found("umbrellas") == found("wrote") == found("quagga") == []
    assert text_of([key(answer)]) == {key(answer): "Yes to that.\n\nOne more thing."}


@pytest.mark.parametrize(
    ("subject", "text", "more"),
    [
        ("Talk", "> zebra", ""),
        ("Talk", "On 3 May 2026, Bo wrote:\n> zebra", ""),
        ("Talk", "-- \nzebra", ""),
        ("Fwd: Talk", "See below.\n-----Original Message-----\nzebra", ""),
        ("[list] WG: Talk", "See below.\n> zebra", ""),
        ("Talk", "See below.\n---------- Forwarded message ---------\nzebra", ""),
        ("Talk", "<p>A <b>zebra</b></p>", "Content-Type: text/html\n"),
        ("Talk", "<blockquote>A <b>zebra</b></blockquote>", "Content-Type: text/html\n"),
        ("Talk", "Hello.\n-- \n" + "A line below.\n" * 12 + "zebra", ""),
        ("Talk", "Hello.\n" * 20_001 + "> zebra", ""),
    ],
)
@pytest.mark.django_db
def test_a_message_that_only_hands_on_keeps_its_words(subject: str, text: str, more: str) -> None:
    message = actions.archive(a_list(), mail(body=text, subject=subject, more=more), at=LATEST)
    assert found("zebra") == [key(message)]


@pytest.mark.django_db
def test_the_words_made_anew_are_those_of_the_import() -> None:
    mailing_list = a_list()
    for n, text in enumerate([ANSWER, "> only a quote", "Words."]):
        actions.archive(mailing_list, mail(f"{n}@x", text, day=n + 1), at=LATEST)
    before = [*Item.objects.order_by("key").values_list("key", "title", "body", "tags")]

    rebuild({"lists.message": actions.renew})

    assert [*Item.objects.order_by("key").values_list("key", "title", "body", "tags")] == before
    assert found("zebra") == found("umbrellas") == []
    assert len(found("yes")) == len(found("quote")) == 1


@pytest.mark.django_db
def test_an_older_index_loses_its_quotes_and_learns_who_wrote_where_with_what() -> None:
    mailing_list = a_list()
    message = actions.archive(mailing_list, mail(body=ANSWER), at=LATEST)
    old = Item.objects.get()
    put([a_document(key=old.key, body=ANSWER, title=old.title, person=old.person)])
    assert found("zebra") == [key(message)]

    rebuild({"lists.message": actions.renew})

    assert found("zebra") == []
    assert found(f"yes list:{mailing_list.name} from:ann@example.org") == [key(message)]


@pytest.mark.django_db
def test_messages_of_a_list_are_narrowed_by_sender_date_attachment_and_list() -> None:
    mailing_list = a_list()
    file = "Content-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\n"
    one = actions.archive(mailing_list, mail("a@x", more=file, author="Bo <bo@x.org>"), at=LATEST)
    two = actions.archive(mailing_list, mail("b@x", day=2), at=LATEST)

    assert (
        found(f"list:{mailing_list.name}")
        == found(f"list:{mailing_list.address}")
        == [key(two), key(one)]
    )
    assert found("talk has:attachment") == found("from:bo@y.org") == found("from:bo") == [key(one)]
    assert found("talk after:2026-11-02") == found("before:2026-11-03 from:ann") == [key(two)]


@given(st.lists(LINE, max_size=30), st.booleans())
def test_own_words_are_taken_once_and_never_none_where_there_were_words(
    lines: list[str], is_flowed: bool
) -> None:
    text = "\n".join(lines)
    own = read(text, is_flowed=is_flowed)[1]
    assert own_words(own) == own
    assert own.strip() or not text.strip()


@pytest.mark.parametrize(
    "subject", ["Fwd: a", "FW: a", "WG: a", "转发：a", "[l] Fwd: a", "[Fwd: a]"]
)
def test_a_subject_says_that_it_hands_on(subject: str) -> None:
    assert forwards(subject)


@pytest.mark.parametrize("subject", ["Re: a", "Forward: a", "Re: Fwd: a", "fwd", ""])
def test_a_subject_of_an_answer_hands_nothing_on(subject: str) -> None:
    assert not forwards(subject)
