"""The pages of calls, as people read them."""

import pytest
from django.urls import reverse

from intersession.coalitions.testing import a_coalition
from intersession.decisions import actions, queries
from intersession.decisions.states import Stance
from intersession.decisions.testing import (
    HOUR,
    a_determination,
    a_voice,
    an_amended_text,
    an_objection,
    an_open_call,
)
from intersession.people.testing import NOON
from tests.decisions.pages import LATER, page

pytestmark = pytest.mark.django_db


def test_anybody_reads_a_call_with_its_rule_and_the_empty_chairs(client, at):
    call = an_open_call(a_coalition(silence=True))
    a_voice(call)
    an_objection(call)

    html = page(client, call)

    assert "May the rules read as below?" in html
    assert "counts as tacit agreement" in html
    assert "2 positions of members on this text." in html
    assert "Not yet heard:" in html
    assert "Governments" in html
    assert "Objection 1" in html
    assert "Sign in to take a position." in html
    assert "15 March 2026, 23:59 UTC" in html


def test_words_of_people_are_never_markup(client, at):
    call = an_open_call(title="<script>alert(1)</script>", question="<i>May we?</i>")
    person = a_voice(call, Stance.CONCERN, name="<b>Bold</b>")
    actions.file_statement(person, call, at=LATER, text="<script>alert(2)</script>")

    html = client.get(call.get_absolute_url()).content.decode()

    assert "<script>" not in html
    assert "<b>Bold</b>" not in html
    assert "<i>May we?</i>" not in html


def test_a_sample_is_marked(client, at):
    call = an_open_call()
    a_voice(call, is_sample=True)

    assert '<span class="smp">sample</span>' in client.get(call.get_absolute_url()).content.decode()


def test_a_tampered_text_is_told_on_the_page(client, at):
    call = an_open_call()
    call.rounds.update(text="Other words.")

    assert "This text is not the one that was frozen." in page(client, call)


def test_the_change_since_the_last_round_is_shown_by_words(client, at):
    call = an_open_call()
    an_amended_text(call, at=NOON + HOUR)

    html = page(client, call)

    assert "<ins>" in html
    assert "<del>" in html
    assert "stopped when the text changed in substance" in html


def test_positions_come_in_parts(client, at):
    call = an_open_call()
    for _ in range(23):
        a_voice(call)

    first = client.get(call.get_absolute_url())
    key = queries.sheet(call, None, at=LATER).positions.earlier
    second = client.get(f"{call.get_absolute_url()}?before={key}")

    assert first.content.decode().count('<li id="v') == 20
    assert second.content.decode().count('<li id="v') == 3
    assert client.get(f"{call.get_absolute_url()}?before=x").status_code == 200


def test_the_index_tells_open_calls_from_closed_ones(client, at):
    opened = an_open_call(title="An open question")
    other = an_open_call(title="A settled question")
    a_voice(other)
    at(other.closes_at)
    a_determination(other)
    at(NOON + HOUR)

    html = client.get(reverse("decisions:index")).content.decode()
    before, after = html.split("<h2>Closed</h2>")
    assert opened.title in before
    assert other.title in after
    assert "Consensus" in after
