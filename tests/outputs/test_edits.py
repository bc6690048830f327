"""Two who edit the same thing: nobody overwrites what they have not seen, nobody loses a word."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from intersession.decisions.models import Round
from intersession.decisions.testing import the_coordinator
from intersession.kit import clock
from intersession.kit.answers import Denied, Refused
from intersession.membership.testing import a_member
from intersession.outputs import actions, queries
from intersession.outputs.models import Output
from intersession.outputs.states import Answer, Kind
from intersession.outputs.testing import (
    DAY,
    HOUR,
    TEXT,
    a_call_on,
    a_comment,
    a_draft,
    a_publication,
    an_open_round,
    describe,
    the_editor,
)
from intersession.people.testing import NOON
from tests.outputs.scenes import a_running_round, an_old_draft, signed_in

pytestmark = pytest.mark.django_db
LATER = NOON + 15 * DAY


def the_fields(page: str) -> dict[str, Any]:
    """Return what the main form of a page would send if nothing was typed."""
    main = page.partition('<main id="main"')[2]
    fields: dict[str, Any] = {}
    for name, value in re.findall(
        r'<input type="(?:text|hidden)" name="(\w+)" value="([^"]*)"', main
    ):
        fields[name] = unescape(value)
    for name, value in re.findall(r'<textarea name="(\w+)"[^>]*>\n?(.*?)</textarea>', main, re.S):
        fields[name] = unescape(value)
    for select in re.findall(
        r'<select name="(\w+)".*?<option value="([^"]*)" selected', main, re.S
    ):
        fields[select[0]] = select[1]
    return fields


def opened(client: Client, output: Output) -> dict[str, Any]:
    return the_fields(client.get(f"{output.draft_url()}description/").text)


def test_a_description_saved_meanwhile_is_shown_and_nothing_typed_is_lost(client: Client) -> None:
    output = an_old_draft()
    signed_in(client, the_editor(output))
    form = opened(client, output)
    actions.describe(
        the_editor(output), output, at=clock.now(), title="Traffic for everybody",
        kind=Kind.PRINCIPLES, abstract="Their abstract.", readers="Regulators",
    )  # fmt: skip
    form |= {"abstract": "My abstract.", "asks": "Measure it."}

    page = client.post(f"{output.draft_url()}description/", form).text

    output.refresh_from_db()
    assert output.abstract == "Their abstract."
    assert "Somebody else saved this while you were writing." in page
    assert "<del>Their</del><ins>My</ins> abstract." in page
    assert "Traffic for <del>all</del><ins>everybody</ins>" in page
    again = the_fields(page)
    assert again["title"] == "Traffic for everybody"
    assert again["abstract"] == "My abstract."
    assert again["asks"] == "Measure it."
    assert again["readers"] == "Regulators"

    saved = client.post(f"{output.draft_url()}description/", again)

    output.refresh_from_db()
    assert saved.status_code == 302
    assert (output.title, output.abstract) == ("Traffic for everybody", "My abstract.")


def test_a_description_that_nobody_else_touched_is_saved_at_once(client: Client) -> None:
    output = an_old_draft()
    signed_in(client, the_editor(output))
    form = opened(client, output) | {"abstract": "My abstract.\r\n\r\nIn two."}
    assert client.post(f"{output.draft_url()}description/", form).status_code == 302
    form = opened(client, output)
    assert client.post(f"{output.draft_url()}description/", form).status_code == 302


@pytest.mark.parametrize("seen", ["", "[1]", "{", '{"title": 1}'])
def test_a_form_that_does_not_say_what_it_showed_breaks_nothing(client: Client, seen: str) -> None:
    output = an_old_draft()
    signed_in(client, the_editor(output))
    form = opened(client, output) | {"seen": seen}
    assert client.post(f"{output.draft_url()}description/", form).status_code in (200, 302)


def test_an_answer_given_meanwhile_is_shown_beside_ones_own(client: Client) -> None:
    said = a_comment(a_running_round(), at=clock.now() - HOUR)
    editor = the_editor(said.output)
    signed_in(client, editor)
    url = f"{said.output.draft_url()}comments/{said.number}/answer/"
    form = the_fields(client.get(url).text)
    actions.answer_comment(editor, said, at=clock.now(), answer=Answer.ACCEPTED, reply="Done so.")

    page = client.post(url, form | {"answer": "declined", "reply": "It is said in ¶ 3."}).text

    said.refresh_from_db()
    assert said.answer == Answer.ACCEPTED
    assert "Somebody else saved this while you were writing." in page
    assert "It is said in ¶ 3." in page
    assert "Accepted" in page


def test_a_text_under_call_changed_meanwhile_is_merged(client: Client) -> None:
    output = an_old_draft()
    an_open_round(output, at=clock.now() - 30 * DAY)
    output.refresh_from_db()
    editor = the_editor(output)
    actions.propose_call(editor, output, at=clock.now() - DAY, question="Agreed?")
    theirs = TEXT.replace("strictly necessary", "needed")
    actions.amend(
        editor,
        output,
        at=clock.now() - HOUR,
        base=1,
        text=theirs,
        is_substantive=True,
        reason=".",
    )
    signed_in(client, editor)
    mine = TEXT.replace("keep the network safe", "keep all networks safe")
    form = {"text": mine, "base": 1, "reason": "All of them.", "is_substantive": "no"}

    page = client.post(f"{output.draft_url()}writing/", form).text

    assert "Draft 2 was saved while you were writing on draft 1." in page
    assert "All of them." in page
    assert "keep all networks safe" in page
    assert 'name="base" value="2"' in page


def test_who_does_not_lead_the_call_is_denied_before_anything_is_written() -> None:
    output = a_draft()
    a_call_on(output)
    with pytest.raises(Denied, match="leads this call"):
        actions.amend(
            a_member(output.coalition), output, at=LATER + DAY, base=1, text="",
            is_substantive=True, reason="",
        )  # fmt: skip


def test_a_change_under_call_without_its_reason_writes_no_version() -> None:
    output = a_draft()
    a_call_on(output)
    with pytest.raises(Refused, match="Say what changed and why"):
        actions.amend(
            the_coordinator(output.coalition), output, at=LATER + DAY, base=1, text="New.",
            is_substantive=True, reason=" ",
        )  # fmt: skip
    assert queries.latest_version(output).number == 1
    assert Round.objects.count() == 1


def test_a_wording_is_offered_to_be_taken_over_only_where_the_text_can_change(
    client: Client,
) -> None:
    output = an_old_draft()
    period = an_open_round(output, at=clock.now() - 16 * DAY)
    a_comment(period, at=clock.now() - 15 * DAY, wording="Other words.")
    output.refresh_from_db()
    editor = the_editor(output)
    signed_in(client, editor)
    offered = "Take over this wording"
    assert offered in client.get(output.draft_url()).text

    actions.propose_call(
        editor,
        output,
        at=clock.now() - HOUR,
        question="Agreed?",
        open_comments_reason="It repeats.",
    )

    assert offered not in client.get(output.draft_url()).text


def test_a_published_text_offers_no_wording_to_be_taken_over(client: Client) -> None:
    output = a_draft()
    describe(output)
    a_comment(an_open_round(output), wording="Other words.")
    output.refresh_from_db()
    actions.propose_call(
        the_editor(output), output, at=LATER, question="Agreed?", open_comments_reason="Why."
    )
    a_publication(output, call=queries.latest_version(output).call)
    signed_in(client, the_editor(output))
    assert "Take over this wording" not in client.get(output.draft_url()).text
