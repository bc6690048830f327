"""Pages of drafts: what they show, in how many questions, and what they make of bad input."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from intersession.coalitions.testing import a_coalition
from intersession.kit import clock
from intersession.membership.testing import a_member
from intersession.outputs import actions, queries
from intersession.outputs.testing import (
    DAY,
    HOUR,
    TEXT,
    a_comment,
    a_draft,
    a_publication,
    the_blocks,
    the_editor,
)
from intersession.people.testing import a_person
from tests.outputs.scenes import a_running_round, an_old_draft, signed_in

pytestmark = pytest.mark.django_db
type Counting = Callable[..., Any]


def test_a_draft_shows_its_paragraphs_and_their_comments(client: Client) -> None:
    said = a_comment(a_running_round(), at=clock.now() - HOUR, text="Say who <b>measures</b>.")

    page = client.get(said.output.draft_url()).text

    assert "¶ 2</a>" in page
    assert "Say who &lt;b&gt;measures&lt;/b&gt;." in page
    assert "1 comment by 1 person: 0 accepted, 0 in part, 0 declined with reason, 1 open." in page
    assert "13 days left" in page or "12 days left" in page


def test_changes_since_an_earlier_draft_are_underlined_and_struck(client: Client) -> None:
    output = an_old_draft()
    new = TEXT.replace("strictly necessary", "needed")
    actions.save_version(the_editor(output), output, at=clock.now() - DAY, text=new, base=1)

    page = client.get(f"{output.draft_url()}?since=1").text

    assert "<del>strictly necessary</del><ins>needed</ins>" in page
    assert "Changed in draft 2" in page


def test_an_old_version_says_so_and_leads_to_the_one_that_holds(client: Client) -> None:
    output = an_old_draft()
    actions.save_version(the_editor(output), output, at=clock.now(), text=TEXT + "\nX.", base=1)

    page = client.get(f"{output.draft_url()}versions/1/").text

    assert "This is draft 1. The text has gone on: draft 2 holds." in page
    assert f'href="{output.draft_url()}"' in page


def test_a_paragraph_has_one_address_through_all_versions(client: Client) -> None:
    output = an_old_draft()
    key = the_blocks(output)[2].key
    new = "A new beginning.\n\n" + TEXT.replace("strictly necessary", "needed")
    actions.save_version(the_editor(output), output, at=clock.now(), text=new, base=1)

    page = client.get(f"{output.draft_url()}paragraphs/{key}/").text

    assert "<h1>Paragraph 4</h1>" in page
    assert "<del>strictly necessary</del><ins>needed</ins>" in page
    assert f"?at={key}#p-{key}" in page


def test_a_paragraph_that_is_gone_says_so(client: Client) -> None:
    output = an_old_draft()
    gone = the_blocks(output)[2]
    text = TEXT.replace(gone.source + "\n\n", "")
    actions.save_version(the_editor(output), output, at=clock.now(), text=text, base=1)

    page = client.get(f"{output.draft_url()}paragraphs/{gone.key}/").text

    assert "It is no longer in the text as it stands in draft 2." in page


def test_two_versions_are_compared_word_by_word(client: Client) -> None:
    output = an_old_draft()
    new = TEXT.replace("strictly necessary", "needed") + "\nA last one.\n"
    actions.save_version(the_editor(output), output, at=clock.now(), text=new, base=1)

    page = client.get(f"{output.draft_url()}versions/1/to/2/").text

    assert "<del>strictly necessary</del><ins>needed</ins>" in page
    assert "<ins>A last one.</ins>" in page
    assert "obey a law" not in page


def a_long_text(count: int) -> str:
    return "\n\n".join(f"Paragraph {n} " + "says what is said. " * 30 for n in range(count))


def test_a_long_text_comes_in_parts_and_any_paragraph_opens_its_own(client: Client) -> None:
    output = an_old_draft(text=a_long_text(300))
    a_running_round(output)
    signed_in(client, the_editor(output))
    blocks = the_blocks(output)

    first = client.get(output.draft_url())
    at_one = client.get(f"{output.draft_url()}?at={blocks[200].key}").text

    assert len(first.content) < 50_000
    assert "Paragraph 200 says" not in first.text
    assert "Paragraph 200 says" in at_one
    assert len(at_one.encode()) < 50_000


def test_every_part_together_is_the_whole(client: Client) -> None:
    output = an_old_draft(text=a_long_text(120))
    url, found = f"{output.draft_url()}?", []
    while url:
        page = client.get(url).text
        found += re.findall(r"<p>Paragraph (\d+) says", page)
        later = re.search(r'href="(\?at=[^"]+)" rel="next"', page)
        url = output.draft_url() + later[1] if later else ""
    assert found == [str(n) for n in range(120)]


def test_the_whole_text_is_streamed(client: Client) -> None:
    output = an_old_draft(text=a_long_text(300))
    answer = client.get(f"{output.draft_url()}versions/1/text/")
    assert answer.streaming
    assert answer.getvalue().decode() == queries.latest_version(output).text


@pytest.mark.parametrize("count", [1, 3])
def test_a_draft_is_shown_by_the_same_number_of_questions(
    client: Client, django_assert_num_queries: Counting, count: int
) -> None:
    output = an_old_draft()
    for n in range(count - 1):
        actions.save_version(
            the_editor(output), output, at=clock.now() - 3 * DAY, text=TEXT + f"\n{n}.", base=n + 1
        )
    period = a_running_round(output)
    for n in range(count):
        a_comment(period, at=clock.now() - HOUR, wording=f"Other {n}.")
    with django_assert_num_queries(16):
        client.get(output.draft_url())


@pytest.mark.parametrize("count", [1, 3])
def test_the_works_of_a_coalition_are_shown_by_the_same_number_of_questions(
    client: Client, django_assert_num_queries: Counting, count: int
) -> None:
    coalition = a_coalition(comment_rounds=1)
    for _n in range(count):
        a_comment(a_running_round(a_draft(coalition, at=clock.now() - 9 * DAY)), at=clock.now())
    with django_assert_num_queries(2):
        client.get(reverse("outputs:work", args=[coalition.slug]))


@pytest.mark.parametrize("count", [1, 3])
def test_the_ledger_is_shown_by_the_same_number_of_questions(
    client: Client, django_assert_num_queries: Counting, count: int
) -> None:
    period = a_running_round()
    for _n in range(count):
        a_comment(period, at=clock.now() - HOUR)
    with django_assert_num_queries(3):
        page = client.get(f"{period.output.draft_url()}ledger/")
    assert page.text.count("waits since") == count


def test_a_ledger_in_parts_goes_on_by_key(client: Client) -> None:
    period = a_running_round()
    by = a_member(period.output.coalition)
    for _n in range(52):
        a_comment(period, at=clock.now() - HOUR, by=by)
    first = client.get(f"{period.output.draft_url()}ledger/").text
    later = re.search(r'href="(\?after=[^"]+)"', first)
    assert later is not None
    assert client.get(f"{period.output.draft_url()}ledger/{later[1]}").text.count("<tr id=") == 2


def test_the_ledger_as_csv_runs_nothing_in_a_spreadsheet(client: Client) -> None:
    said = a_comment(a_running_round(), at=clock.now() - HOUR, text="=cmd|' /C calc'!A0")
    lines = client.get(f"{said.output.draft_url()}ledger.csv").getvalue().decode().splitlines()
    assert lines[0].startswith("number,paragraph,draft,from")
    assert "'=cmd|" in lines[1]


def test_a_comment_is_taken_from_the_form_and_leads_back_to_its_place(client: Client) -> None:
    period = a_running_round()
    output, key = period.output, the_blocks(period.output)[1].key
    signed_in(client, a_person())

    answer = client.post(f"{output.draft_url()}comments/", {"key": key, "text": "Why?"})

    assert answer["Location"] == f"{output.draft_url()}?at={key}#c1"


def test_who_comments_and_who_answers_read_the_paragraph_beside_the_form(client: Client) -> None:
    output = a_running_round().output
    block = the_blocks(output)[1]
    said = a_comment(output.rounds.get(), at=clock.now() - HOUR)
    signed_in(client, the_editor(output))

    pages = [
        client.get(f"{output.draft_url()}comments/?key={block.key}").text,
        client.get(f"{output.draft_url()}comments/{said.number}/answer/").text,
    ]

    for page in pages:
        assert f"<h2>Paragraph {block.number}</h2>" in page
        assert block.html in page


def test_a_suggestion_left_as_it_was_is_no_suggestion(client: Client) -> None:
    period = a_running_round()
    block = the_blocks(period.output)[1]
    signed_in(client, a_person())

    client.post(
        f"{period.output.draft_url()}comments/",
        {"key": block.key, "text": "Why?", "wording": block.source.replace(" ", "\r\n", 1)},
    )

    assert period.output.comments.get().wording == ""


def test_a_draft_that_is_not_published_leads_from_its_permanent_address_to_its_text(
    client: Client,
) -> None:
    output = an_old_draft()
    answer = client.get(output.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (302, output.draft_url())


def test_a_round_is_opened_from_the_form(client: Client) -> None:
    output = an_old_draft()
    last_day = (clock.now() + timedelta(days=20)).date().isoformat()
    signed_in(client, the_editor(output))

    client.post(
        f"{output.draft_url()}rounds/",
        {"closes_at": last_day, "audience": "everyone", "questions": ""},
    )

    period = output.rounds.get()
    assert period.closes_at.isoformat() == f"{last_day}T23:59:00+00:00"


def test_an_answer_without_its_reason_is_told_beside_the_form(client: Client) -> None:
    said = a_comment(a_running_round(), at=clock.now() - HOUR)
    signed_in(client, the_editor(said.output))
    page = client.post(
        f"{said.output.draft_url()}comments/1/answer/", {"answer": "declined", "reply": ""}
    )
    assert "Say why the comment is declined" in page.text


def test_a_withdrawn_output_leaves_a_page_with_the_reason(client: Client) -> None:
    published = a_publication()
    coordinator = the_editor(published.output)
    signed_in(client, coordinator)

    client.post(f"{published.output.draft_url()}withdrawal/", {"reason": "The facts were wrong."})

    page = client.get(published.output.get_absolute_url()).text
    assert "The facts were wrong." in page
    old = client.get(published.get_absolute_url()).text
    assert "This output was withdrawn." in old
