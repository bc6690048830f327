"""Every bad input gets a clear sentence and loses nothing."""

from typing import Any

import pytest
from django.test import Client

from intersession.kit import clock
from intersession.membership.testing import a_member
from intersession.outputs import actions, queries
from intersession.outputs.models import Output
from intersession.outputs.testing import (
    DAY,
    HOUR,
    TEXT,
    a_comment,
    an_open_round,
    the_blocks,
    the_editor,
)
from intersession.people.testing import a_person
from tests.outputs.scenes import a_running_round, an_old_draft, signed_in

pytestmark = pytest.mark.django_db


def writing(client: Client, output: Output, text: str, base: int, **more: str) -> Any:
    return client.post(
        f"{output.draft_url()}writing/", {"text": text, "base": base, "note": "", **more}
    )


def test_a_text_is_saved_from_the_form(client: Client) -> None:
    output = an_old_draft()
    answer = writing(signed_in(client, the_editor(output)), output, TEXT + "\nMore.", 1)
    assert (answer.status_code, answer["Location"]) == (302, output.draft_url())
    assert queries.latest_version(output).number == 2


def test_the_second_of_two_editors_sees_the_first_ones_change_and_merges(client: Client) -> None:
    output = an_old_draft()
    editor = the_editor(output)
    theirs = TEXT.replace("strictly necessary", "needed")
    actions.save_version(editor, output, at=clock.now() - HOUR, text=theirs, base=1)
    mine = TEXT.replace("keep the network safe", "keep all networks safe")

    page = writing(signed_in(client, editor), output, mine, 1).text

    assert "Draft 2 was saved while you were writing on draft 1." in page
    assert "<del>strictly necessary</del><ins>needed</ins>" in page
    assert "keep all networks safe" in page
    assert 'name="base" value="2"' in page
    merged = theirs.replace("keep the network safe", "keep all networks safe")
    assert merged.strip() in page.replace("&#x27;", "'")

    writing(client, output, merged, 2)

    assert queries.latest_version(output).text == merged


def test_what_both_changed_is_shown_side_by_side(client: Client) -> None:
    output = an_old_draft()
    editor = the_editor(output)
    theirs = TEXT.replace("strictly necessary", "needed")
    actions.save_version(editor, output, at=clock.now() - HOUR, text=theirs, base=1)
    mine = TEXT.replace("strictly necessary", "indispensable")

    page = writing(signed_in(client, editor), output, mine, 1).text

    assert "Changed by both" in page
    assert "<del>needed</del><ins>indispensable</ins>" in page


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "The text is empty"),
        ("word " * 400_000, "A text may have up to 1000000 characters, and this one has 2000000."),
        ("a\n\n" + "[" * 20_001, "The paragraph in line 3 has more than 20000 characters"),
    ],
)
def test_a_text_that_cannot_be_kept_is_told_and_not_lost(
    client: Client, text: str, told: str
) -> None:
    output = an_old_draft()
    answer = writing(signed_in(client, the_editor(output)), output, text, 1)
    assert told in answer.text
    assert text.strip() in answer.text
    assert queries.latest_version(output).number == 1


def test_a_text_written_while_a_call_opened_is_told_and_not_lost(client: Client) -> None:
    output = an_old_draft()
    an_open_round(output, at=clock.now() - 30 * DAY)
    output.refresh_from_db()
    editor = signed_in(client, the_editor(output))
    actions.propose_call(the_editor(output), output, at=clock.now() - HOUR, question="Agreed?")

    answer = writing(editor, output, TEXT + "\nToo late.", 1, reason="", is_substantive="yes")

    assert "Too late." in answer.text
    assert "Change the text under call" in answer.text
    assert queries.latest_version(output).number == 1


def test_a_comment_written_while_the_period_closed_is_told_and_not_lost(client: Client) -> None:
    output = an_old_draft()
    period = an_open_round(output, at=clock.now() - 20 * DAY)
    signed_in(client, a_person())

    answer = client.post(
        f"{output.draft_url()}comments/",
        {"key": the_blocks(output)[1].key, "text": "My long thought."},
    )

    assert answer.status_code == 409
    assert "The comment period closed on" in answer.text
    assert "My long thought." in answer.text
    assert not period.comments.exists()


def test_scripts_in_names_and_titles_are_words(client: Client) -> None:
    period = a_running_round(an_old_draft(title="<script>alert(1)</script>"))
    by = a_member(period.output.coalition, name="<img src=x onerror=alert(2)>")
    a_comment(period, by=by, at=clock.now() - HOUR, wording="<script>alert(3)</script>")

    page = client.get(period.output.draft_url()).text

    assert "<script" not in page
    assert "<img" not in page


def test_somebody_elses_draft_cannot_be_written_on(client: Client) -> None:
    output = an_old_draft()
    signed_in(client, a_member(output.coalition))
    assert writing(client, output, "Mine now.", 1).status_code == 403
    assert queries.latest_version(output).number == 1


def test_a_comment_of_another_draft_is_not_found(client: Client) -> None:
    said = a_comment(a_running_round(), at=clock.now() - HOUR)
    other = an_old_draft()
    signed_in(client, the_editor(other))
    assert client.get(f"{other.draft_url()}comments/{said.number}/answer/").status_code == 404


@pytest.mark.parametrize(
    "path", ["drafts/DC9-2026-01/", "outputs/DC9-2026-01/", "drafts/x/paragraphs/aaaaaa/"]
)
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/{path}").status_code == 404


def test_a_forged_form_changes_nothing() -> None:
    output = an_old_draft()
    client = signed_in(Client(enforce_csrf_checks=True), the_editor(output))
    assert writing(client, output, TEXT + "\nForged.", 1).status_code == 403
    assert queries.latest_version(output).number == 1
