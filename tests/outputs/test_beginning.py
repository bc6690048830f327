"""A draft that begins from a discussion on the list, and the link between the two."""

import pytest
from django.test import Client
from django.urls import reverse

from intersession.coalitions.testing import a_coalition
from intersession.kit.answers import Refused
from intersession.lists.models import Message
from intersession.lists.testing import a_list
from intersession.membership.testing import a_member
from intersession.outputs import actions
from intersession.outputs.models import Output
from intersession.outputs.queries.beginning import beginning, begun_in
from intersession.outputs.states import Kind, State
from intersession.outputs.testing import a_draft, a_publication
from intersession.people.testing import NOON
from tests.lists.archive import archived
from tests.lists.mail import mail

pytestmark = pytest.mark.django_db


def a_discussion() -> list[Message]:
    """Archive a message and its answer."""
    answer = "> What is missing?\n\nA licence that fits."
    return archived(
        a_list(),
        [
            mail("m0@example.org", "What is missing?", subject="A plan"),
            mail("m1@example.org", answer, answers="m0@example.org", subject="Re: A plan", day=2),
        ],
    )


def test_subject_and_words_of_a_discussion_are_the_proposed_start() -> None:
    first, _answer = a_discussion()

    begun = beginning(first.mailing_list.coalition, str(first.thread_id))

    assert (begun.title, begun.origin) == ("A plan", first)
    assert "What is missing?" in begun.text
    assert "A licence that fits." in begun.text
    assert "> What" not in begun.text


@pytest.mark.parametrize("thread", ["", "x", "999999", "9" * 40, "-1"])
def test_a_discussion_that_is_not_there_starts_from_nothing(thread: str) -> None:
    assert beginning(a_coalition(), thread).text == ""


def test_a_discussion_of_another_coalition_starts_nothing() -> None:
    first, _answer = a_discussion()
    coalition = a_coalition()
    assert beginning(coalition, str(first.thread_id)).text == ""
    with pytest.raises(Refused, match="another coalition"):
        actions.start_draft(
            a_member(coalition), coalition, at=NOON, title="X", kind=Kind.PAPER, origin=first
        )


def test_a_draft_started_from_a_discussion_is_linked_both_ways(client: Client) -> None:
    first, _answer = a_discussion()
    coalition = first.mailing_list.coalition
    client.force_login(a_member(coalition))
    start = f"{reverse('outputs:start', args=[coalition.slug])}?thread={first.thread_id}"
    assert "A licence that fits." in client.get(start).text

    client.post(start, {"title": "A plan", "kind": "paper", "language": "en", "text": "We plan."})

    output = Output.objects.get()
    assert (output.origin, output.state) == (first, State.DRAFT)
    assert first.thread.get_absolute_url() in client.get(output.draft_url()).text
    thread = client.get(first.thread.get_absolute_url()).text
    assert f'href="{output.draft_url()}">It became a draft: A plan</a>' in thread


def test_a_thread_tells_of_its_draft_the_call_on_it_and_what_was_published(client: Client) -> None:
    first, second = a_discussion()
    coalition = first.mailing_list.coalition
    output = a_draft(coalition, origin=first)
    assert [came.kind for came in begun_in(first.thread)] == ["draft"]
    published = a_publication(output)

    page = client.get(first.thread.get_absolute_url()).text

    asked = published.version.call
    assert asked is not None
    assert f'href="{output.draft_url()}">It became a draft: {output.title}</a>' in page
    assert f'href="{asked.get_absolute_url()}">It was put to a call for consensus: ' in page
    cite = f"{output.reference} v1"
    assert f'href="{published.get_absolute_url()}">It was published: {cite}</a>' in page
    message, answer = (client.get(one.get_absolute_url()).text for one in (first, second))
    assert f'href="{published.get_absolute_url()}">It was published: {cite}</a>' in message
    assert "What became of it" not in answer
