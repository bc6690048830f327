"""Forms say beside the field what is missing, and what to do about it."""

from typing import Any

import pytest
from django.test import Client

from intersession.decisions import forms as decisions
from intersession.decisions.testing import a_voice, an_open_call
from intersession.kit import clock
from intersession.outputs import forms as outputs
from intersession.outputs import queries
from intersession.outputs.testing import DAY, HOUR, a_comment, an_open_round, the_editor
from intersession.people.testing import a_person
from tests.outputs.scenes import a_running_round, an_old_draft, signed_in

pytestmark = pytest.mark.django_db


def beside(page: str, field: str) -> str:
    """Return what stands as an error beside a field."""
    return page.partition(f'id="{field}_error">')[2].partition("</p>")[0]


def a_draft_with_open_comments(count: int) -> Any:
    output = an_old_draft()
    period = an_open_round(output, at=clock.now() - 16 * DAY)
    for _n in range(count):
        a_comment(period, at=clock.now() - 15 * DAY, text="Say who measures it.")
    output.refresh_from_db()
    return output


def test_before_a_call_the_open_comments_are_listed_and_linked(client: Client) -> None:
    output = a_draft_with_open_comments(2)
    signed_in(client, the_editor(output))

    page = client.get(f"{output.draft_url()}call/").text

    assert "Answer each, or say below why the call opens nevertheless." in page
    for number in (1, 2):
        assert f'#c{number}">Comment {number}</a>' in page
        assert f'href="{output.draft_url()}comments/{number}/answer/"' in page
    assert "Why the call opens with comments unanswered" in page


def test_a_call_over_open_comments_needs_its_reason_beside_the_field(client: Client) -> None:
    output = a_draft_with_open_comments(1)
    signed_in(client, the_editor(output))
    url = f"{output.draft_url()}call/"

    page = client.post(url, {"question": "Agreed?", "open_comments_reason": " "}).text

    told = "Answer the comments listed above, or say why the call opens nevertheless."
    assert beside(page, "id_open_comments_reason") == told
    answer = client.post(url, {"question": "Agreed?", "open_comments_reason": "It repeats."})
    assert answer.status_code == 302
    asked = queries.latest_version(output).call
    assert asked is not None
    assert "It repeats." in asked.question


def test_where_every_comment_is_answered_no_reason_is_asked(client: Client) -> None:
    output = a_draft_with_open_comments(0)
    signed_in(client, the_editor(output))
    page = client.get(f"{output.draft_url()}call/").text
    assert "comments unanswered" not in page
    assert "Open the call" in page


def test_where_a_comment_period_is_missing_the_page_says_so_and_has_no_button(
    client: Client,
) -> None:
    output = an_old_draft()
    signed_in(client, the_editor(output))
    page = client.get(f"{output.draft_url()}call/").text
    assert "The call can be opened once all of this is done." in page
    assert "Open the call" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_call_to_be_opened_asks_the_same_number_of_questions(
    client: Client, django_assert_num_queries: Any, count: int
) -> None:
    output = a_draft_with_open_comments(count)
    signed_in(client, the_editor(output))
    with django_assert_num_queries(13):
        client.get(f"{output.draft_url()}call/")


def test_an_empty_comment_is_told_beside_its_field(client: Client) -> None:
    output = a_running_round().output
    signed_in(client, a_person())
    page = client.post(
        f"{output.draft_url()}comments/", {"text": " ", "capacity": "organization"}
    ).text
    assert beside(page, "id_text").startswith("The comment is empty.")
    assert beside(page, "id_organization") == "Name the organization for which you speak."


@pytest.mark.parametrize(
    ("answer", "field", "told"),
    [
        ("declined", "id_reply", "Say why the comment is declined"),
        ("merged", "id_merged_with", "Name the comment with which"),
        ("", "id_answer", "Choose what you answer."),
    ],
)
def test_an_answer_says_beside_the_field_what_it_needs(
    client: Client, answer: str, field: str, told: str
) -> None:
    said = a_comment(a_running_round(), at=clock.now() - HOUR)
    signed_in(client, the_editor(said.output))
    page = client.post(f"{said.output.draft_url()}comments/1/answer/", {"answer": answer}).text
    assert beside(page, field).startswith(told)


def test_an_objection_without_reason_and_remedy_is_told_beside_both(client: Client) -> None:
    call = an_open_call(at=clock.now() - DAY)
    voice = a_voice(call, at=clock.now() - HOUR)
    signed_in(client, voice)
    form = {"stance": "object", "capacity": "personal", "reason": "", "remedy": ""}
    page = client.post(f"{call.get_absolute_url()}position/", form).text
    assert beside(page, "p-reason").startswith("A concern or an objection needs its reason")
    assert beside(page, "p-remedy").startswith("An objection also says what")


def test_an_empty_statement_is_told_beside_its_field(client: Client) -> None:
    call = an_open_call(at=clock.now() - DAY)
    voice = a_voice(call, at=clock.now() - HOUR)
    signed_in(client, voice)
    form = {"text": "", "language": "en", "capacity": "personal"}
    page = client.post(f"{call.get_absolute_url()}statements/", form).text
    assert beside(page, "s-text") == "Write the statement."


@pytest.mark.parametrize(
    ("path", "field", "told"),
    [
        ("description/", "id_title", "A draft needs a title."),
        ("rounds/", "id_closes_at", "Name the last day to comment"),
    ],
)
def test_a_field_left_empty_says_what_to_write(
    client: Client, path: str, field: str, told: str
) -> None:
    output = an_old_draft()
    signed_in(client, the_editor(output))
    page = client.post(f"{output.draft_url()}{path}", {"x": "y"}).text
    assert beside(page, field).startswith(told)


def test_no_form_of_calls_and_outputs_says_only_that_a_field_is_required() -> None:
    bare = "This field is required."
    found = {
        f"{name}.{field_name}"
        for module in (decisions, outputs)
        for name, form in vars(module).items()
        for field_name, field in getattr(form, "base_fields", {}).items()
        if field.required and str(field.error_messages["required"]) == bare
        if not getattr(field, "choices", None) or field.initial is None
        if field_name not in ("base", "language", "kind", "role")
    }
    assert found == set()
