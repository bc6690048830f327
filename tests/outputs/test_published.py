"""Pages of what is published."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from intersession.coalitions.models import Theme
from intersession.coalitions.testing import a_coalition
from intersession.decisions import actions as decisions
from intersession.decisions.models import Call
from intersession.decisions.states import Level
from intersession.decisions.testing import a_disposed_objection, a_voice
from intersession.kit.paging import to_key
from intersession.outputs import actions
from intersession.outputs.models import Output, Publication
from intersession.outputs.states import Kind
from intersession.outputs.testing import (
    DAY,
    HOUR,
    TEXT,
    a_call_on,
    a_determined_text,
    a_draft,
    a_publication,
    an_open_round,
    describe,
    the_blocks,
    the_editor,
)
from intersession.people.testing import NOON

pytestmark = pytest.mark.django_db
type Counting = Callable[..., Any]


def a_called_text() -> tuple[Output, Call]:
    """Describe a draft, hold its comment period, and call for consensus."""
    output = a_draft()
    describe(output)
    call = a_call_on(output)
    a_voice(call, at=call.opened_at + HOUR)
    return output, call


def a_text_with_statements(count: int) -> Publication:
    """Publish a text to which some objected, each with a statement on the third paragraph."""
    output, call = a_called_text()
    objections = [a_disposed_objection(call, at=call.opened_at + DAY) for _n in range(count)]
    a_determined_text(output, call=call)
    for objection in objections:
        decisions.file_statement(
            objection.person, call, at=call.closes_at + HOUR,
            text="We *firmly* <i>hold</i> otherwise.",
            passages=[the_blocks(output)[2].key],
        )  # fmt: skip
    at = call.closes_at + 20 * DAY
    output.refresh_from_db()
    editor = the_editor(output)
    actions.declare_dissent_considered(editor, output, at=at, none_received=False)
    return actions.publish(editor, output, at=at + HOUR)


def test_a_minority_statement_stands_beside_its_paragraph_in_a_voice_of_its_own(
    client: Client,
) -> None:
    published = a_text_with_statements(1)

    page = client.get(published.output.get_absolute_url()).text

    beside = page.partition(f'id="p-{the_blocks(published.output)[2].key}"')[2]
    assert beside.index('<section class="voice d" id="m1">') < beside.index('class="para narrow"')
    words = escape("<i>hold</i> otherwise.")
    assert f"We <em>firmly</em> {words}" in beside
    assert f"We firmly {words} <a" in page.partition("Where members stood apart")[2]
    assert "1 minority statement" in page
    assert "Not endorsed by the IGF or the United Nations." in page


def test_that_no_statement_came_is_said_with_who_declared_it(client: Client) -> None:
    published = a_publication()
    page = client.get(published.output.get_absolute_url()).text
    assert "No minority statement was received, as" in page
    assert str(published.declaration.by) in page


@pytest.mark.parametrize("count", [1, 3])
def test_an_output_is_shown_by_the_same_number_of_questions(
    client: Client, django_assert_num_queries: Counting, count: int
) -> None:
    published = a_text_with_statements(count)
    with django_assert_num_queries(15):
        client.get(published.output.get_absolute_url())


@pytest.mark.parametrize("count", [1, 3])
def test_the_library_is_shown_by_the_same_number_of_questions(
    client: Client, django_assert_num_queries: Counting, count: int
) -> None:
    for _n in range(count):
        a_publication()
    with django_assert_num_queries(7):
        page = client.get("/outputs/")
    assert page.text.count("No minority statement was received") == count


def test_the_library_is_filtered_by_kind_theme_coalition_and_year(client: Client) -> None:
    one, other = a_publication(), a_publication()
    theme = Theme.objects.create(code="traffic", name="Traffic")
    one.output.subjects.create(theme=theme)
    Output.objects.filter(pk=one.output_id).update(kind=Kind.CHARTER)
    year = one.published_at.year
    for query in (
        "kind=charter",
        "theme=traffic",
        f"coalition={one.output.coalition.slug}",
        f"kind=charter&year={year}",
    ):
        page = client.get(f"/outputs/?{query}").text
        assert one.output.reference in page, query
        assert other.output.reference not in page, query
    assert "No output fits all of that." in client.get(f"/outputs/?year={year - 1}").text


@pytest.mark.parametrize(
    "query", ["kind=nothing", "year=x", "after=%00", "theme=%22", "after=WzFd"]
)
def test_a_filter_that_means_nothing_is_left_out(client: Client, query: str) -> None:
    a_publication()
    assert client.get(f"/outputs/?{query}").status_code == 200


def test_a_text_that_was_not_agreed_says_so_at_its_top(client: Client) -> None:
    output, call = a_called_text()
    published = a_publication(output, Level.NONE, call=call)
    page = client.get(published.output.get_absolute_url()).text
    assert "Discussion paper, not agreed." in page
    assert "What was proposed" in page


def test_a_superseded_version_leads_to_the_one_that_holds_with_its_statements(
    client: Client,
) -> None:
    first = a_text_with_statements(1)
    output, at = first.output, first.published_at + DAY
    editor = the_editor(output)
    actions.revise(editor, output, at=at)
    actions.save_version(editor, output, at=at, base=1, text=TEXT + "\nAnd more.")
    an_open_round(output, at=at)
    call = a_call_on(output, at=at + 15 * DAY)
    second = a_publication(output, call=call)

    old = client.get(first.get_absolute_url()).text
    new = client.get(output.get_absolute_url()).text

    assert "This is version 1. Version 2 holds." in old
    assert f'href="{second.get_absolute_url()}"' in old
    assert "Written on version 1" in new


def test_its_author_confirms_a_carried_statement_on_the_page(client: Client) -> None:
    first = a_text_with_statements(1)
    output, at = first.output, first.published_at + DAY
    actions.revise(the_editor(output), output, at=at)
    actions.save_version(the_editor(output), output, at=at, base=1, text=TEXT + "\nAnd more.")
    an_open_round(output, at=at)
    second = a_publication(output, call=a_call_on(output, at=at + 15 * DAY))
    carried = second.carried.get()
    client.force_login(carried.statement.signatures.get().person)

    client.post(f"{second.get_absolute_url()}statements/{carried.statement_id}/")

    carried.refresh_from_db()
    assert carried.confirmed_at is not None


def test_the_publication_page_says_what_is_missing(client: Client) -> None:
    output, call = a_called_text()
    a_determined_text(output, call=call)
    client.force_login(the_editor(output))

    page = client.get(f"{output.draft_url()}publication/").text

    assert "The call ended: Consensus." in page
    assert "Somebody declares that dissent was considered." in page


def test_declaring_and_publishing_go_by_two_buttons(client: Client) -> None:
    output, call = a_called_text()
    a_determined_text(output, call=call)
    client.force_login(the_editor(output))

    client.post(f"{output.draft_url()}declaration/", {"none_received": "none"})
    answer = client.post(f"{output.draft_url()}publication/")

    assert answer["Location"] == f"{output.get_absolute_url()}v1/"


def test_an_untrue_declaration_is_told_beside_the_form(client: Client) -> None:
    output, call = a_called_text()
    a_determined_text(output, call=call)
    client.force_login(the_editor(output))
    page = client.post(f"{output.draft_url()}declaration/", {"none_received": "attached"}).text
    assert "No minority statement was received; declare that none was." in page


def test_the_empty_library_says_so(client: Client) -> None:
    a_draft(a_coalition(), at=NOON)
    assert "Nothing has been published here yet." in client.get("/outputs/").text


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+23:59", "2026-01-01T00:00:00", "never"])
def test_a_key_that_somebody_changed_opens_the_first_part(client: Client, moment: str) -> None:
    published = a_publication()
    page = client.get("/outputs/", {"after": to_key(moment, 1)}).text
    assert published.output.reference in page
