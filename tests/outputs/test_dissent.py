"""What is published with a text, sealed; what comes after; and the text that was called on."""

import logging
from datetime import timedelta

import pytest
from django.test import Client

from intersession.decisions import actions as decisions
from intersession.decisions.models import Call, Round, Statement
from intersession.decisions.queries import export, item_of_statement
from intersession.decisions.rules import digest
from intersession.decisions.testing import a_voice
from intersession.journal.models import Entry
from intersession.kit.answers import Refused
from intersession.kit.words import day
from intersession.outputs import actions, queries
from intersession.outputs.formats import words
from intersession.outputs.models import Declaration, Output, Version
from intersession.outputs.queries.editions import edition_of
from intersession.outputs.testing import (
    DAY,
    HOUR,
    a_call_on,
    a_determined_text,
    a_draft,
    a_publication,
    describe,
    the_editor,
)
from intersession.people.models import Person

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def an_agreed_text() -> tuple[Output, Call, Person]:
    """Let a text be agreed by somebody who may still write a minority statement."""
    output = a_draft()
    describe(output)
    call = a_call_on(output)
    voice = a_voice(call, at=call.opened_at + HOUR)
    a_determined_text(output, call=call)
    return output, call, voice


def a_statement(voice: Person, call: Call, at_hour: int = 1, text: str = "Not so.") -> Statement:
    call.refresh_from_db()
    at = call.closes_at + at_hour * HOUR
    return decisions.file_statement(voice, call, at=at, text=text)


def declare(output: Output, call: Call, hour: int, *, none: bool) -> Declaration:
    at = call.closes_at + hour * HOUR
    return actions.declare_dissent_considered(the_editor(output), output, at=at, none_received=none)


def the_entry(verb: str) -> Entry:
    return Entry.objects.filter(verb=verb).latest("number")


def test_the_record_seals_each_statement_that_is_published_with_the_text() -> None:
    output, call, voice = an_agreed_text()
    statement = a_statement(voice, call)
    declared = declare(output, call, 2, none=False)

    actions.publish(the_editor(output), output, at=call.closes_at + 3 * HOUR)

    key = f"decisions.statement:{statement.pk}"
    filed = the_entry("decisions.file_statement")
    for verb in ("outputs.declare_dissent_considered", "outputs.publish"):
        entry = the_entry(verb)
        assert entry.facts["attached"] == [key]
        assert entry.digests == {key: filed.digests["statement"]}
    assert [one["label"] for one in declared.attached] == ["M1"]


def test_anybody_can_check_a_statement_against_the_digest_in_the_record() -> None:
    _output, call, voice = an_agreed_text()
    statement = a_statement(voice, call, text="We hold otherwise.")

    shown = export(Call.objects.get(pk=call.pk))["statements"]

    assert [one["content"]["text"] for one in shown] == ["We hold otherwise."]
    assert digest(shown[0]["content"], shown[0]["salt"]) == item_of_statement(statement).digest
    assert shown[0]["digest"] == the_entry("decisions.file_statement").digests["statement"]


def test_a_statement_exchanged_for_another_since_the_declaration_asks_for_a_new_one() -> None:
    output, call, voice = an_agreed_text()
    first = a_statement(voice, call)
    declare(output, call, 2, none=False)
    decisions.withdraw_statement(voice, first, at=call.closes_at + 2 * HOUR + MINUTE)
    a_statement(voice, call, 3, "Nor so.")
    editor, at = the_editor(output), call.closes_at + 4 * HOUR
    with pytest.raises(Refused, match="declare anew that dissent was considered"):
        actions.publish(editor, output, at=at)

    declared = declare(output, call, 5, none=False)
    published = actions.publish(editor, output, at=call.closes_at + 6 * HOUR)

    assert published.declaration == declared
    assert [one["label"] for one in declared.attached] == ["M2"]
    with pytest.raises(Refused, match="once the call for consensus is determined"):
        declare(output, call, 7, none=False)


def test_a_declaration_that_holds_is_not_made_twice() -> None:
    output, call, _voice = an_agreed_text()
    declare(output, call, 2, none=True)
    with pytest.raises(Refused, match="made already"):
        declare(output, call, 3, none=True)


def test_the_page_asks_to_declare_anew_where_a_statement_came_since(client: Client) -> None:
    output, call, voice = an_agreed_text()
    declare(output, call, 2, none=True)
    a_statement(voice, call, 3)
    client.force_login(the_editor(output))

    page = client.get(f"{output.draft_url()}publication/").text

    assert "The minority statements changed since: declare anew." in page
    assert "Declare dissent considered" in page
    assert "Publish the output" not in page


def test_a_statement_filed_after_publication_says_so_with_its_date(client: Client) -> None:
    output, call, voice = an_agreed_text()
    declare(output, call, 2, none=True)
    published = actions.publish(the_editor(output), output, at=call.closes_at + 3 * HOUR)
    late = a_statement(voice, call, 30, "Too late for print.")
    assert late.filed_at is not None

    page = client.get(output.get_absolute_url()).text
    listed = client.get("/outputs/").text

    assert "Too late for print." in page
    assert "Filed after publication, on" in page
    assert f"filed after publication, on {day(late.filed_at)}" in page
    assert "No minority statement was received" not in page
    assert "1 filed after publication" in listed
    edition = edition_of(published)
    foot = words.statement_foot(edition.statements[0], edition)
    assert f"Filed after publication, on {day(late.filed_at)}." in foot
    assert "Dissent considered, none received" in words.considered(edition)


def test_a_statement_withdrawn_after_publication_is_not_called_never_received(
    client: Client,
) -> None:
    output, call, voice = an_agreed_text()
    statement = a_statement(voice, call)
    declare(output, call, 2, none=False)
    actions.publish(the_editor(output), output, at=call.closes_at + 3 * HOUR)
    decisions.withdraw_statement(voice, statement, at=call.closes_at + DAY)

    page = client.get(output.get_absolute_url()).text

    assert "Minority statement M1 was attached at publication." in page
    assert "No minority statement was received" not in page
    assert statement.get_absolute_url() in page


def test_a_text_that_is_not_the_one_called_on_is_not_published(
    caplog: pytest.LogCaptureFixture,
) -> None:
    output, call, _voice = an_agreed_text()
    declare(output, call, 2, none=True)
    version = queries.latest_version(output)
    Version.objects.filter(pk=version.pk).update(text="Something else.")
    with (
        caplog.at_level(logging.ERROR, "intersession.decisions"),
        pytest.raises(Refused, match="not the one that the coalition was asked about"),
    ):
        actions.publish(the_editor(output), output, at=call.closes_at + 3 * HOUR)
    assert "is not that of call" in caplog.text


def test_a_paragraph_changed_behind_our_back_is_not_published() -> None:
    output, call, _voice = an_agreed_text()
    declare(output, call, 2, none=True)
    block = queries.latest_version(output).blocks.order_by("position")[1:2].get()
    block.html = "<p>Something else.</p>"
    block.save(update_fields=["html"])
    with pytest.raises(Refused, match="Nothing can be published"):
        actions.publish(the_editor(output), output, at=call.closes_at + 3 * HOUR)


def test_a_frozen_text_that_was_tampered_with_is_not_published() -> None:
    output, call, _voice = an_agreed_text()
    declare(output, call, 2, none=True)
    Round.objects.filter(call=call).update(text="Something else.")
    with pytest.raises(Refused, match="Nothing can be determined or published"):
        actions.publish(the_editor(output), output, at=call.closes_at + 3 * HOUR)


def test_a_published_page_shows_no_marks_of_how_its_drafts_changed(client: Client) -> None:
    published = a_publication()
    assert "Unchanged since draft" not in client.get(published.get_absolute_url()).text


def test_a_heading_of_a_published_text_carries_no_number_of_its_own(client: Client) -> None:
    page = client.get(a_publication().get_absolute_url()).text
    assert ">¶ 1</a>" not in page
    assert ">¶ 2</a>" in page
