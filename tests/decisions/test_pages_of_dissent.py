"""Minority statements, through their pages."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from intersession.coalitions.testing import a_coalition
from intersession.decisions import actions, queries
from intersession.decisions.models import Statement
from intersession.decisions.testing import (
    HOUR,
    a_determination,
    a_disposed_objection,
    a_voice,
    an_open_call,
)
from intersession.people.testing import a_person
from tests.decisions.pages import LATER, page, signed_in

pytestmark = pytest.mark.django_db


def test_an_invited_person_writes_or_declines(at):
    call = an_open_call()
    a_voice(call)
    first, second = a_disposed_objection(call), a_disposed_objection(call)
    a_determination(call)
    at(call.closes_at + HOUR)

    writer = signed_in(first.person)
    assert "You are invited to write a minority statement until" in page(writer, call)
    url = reverse("decisions:statements", args=[call.slug])
    words = {"text": "I hold *otherwise*.", "language": "en", "capacity": "personal"}
    kept = writer.post(url, {**words, "draft": "1"}, follow=True)
    assert "I hold *otherwise*." in kept.content.decode()
    filed = writer.post(url, words, follow=True)
    assert "I hold <em>otherwise</em>." in filed.content.decode()
    signed_in(second.person).post(reverse("decisions:refusal", args=[call.slug]))

    assert queries.gate(call, call.closes_at + HOUR)


def test_a_statement_that_is_too_long_keeps_its_words(at):
    call = an_open_call(a_coalition(statement_words=2))
    person = a_voice(call)

    response = signed_in(person).post(
        reverse("decisions:statements", args=[call.slug]),
        {"text": "one two three", "language": "en", "capacity": "personal"},
    )

    html = unescape(response.content.decode())
    assert response.status_code == 409
    assert "has 3 words; the coalition’s rule allows 2" in html
    assert "one two three" in html


def test_a_co_signer_is_asked_and_signs_on_the_page(at):
    call = an_open_call()
    author, friend = a_voice(call), a_voice(call)
    filed = actions.file_statement(author, call, at=LATER, text="No.")
    args = [call.slug, filed.number]

    asked = signed_in(author).post(
        reverse("decisions:signatures", args=args),
        {"person": friend.pk, "role": "cosigner"},
        follow=True,
    )
    assert "Asked, not confirmed yet" in asked.content.decode()
    assert str(friend) not in page(Client(), call).partition("Minority statements")[2]
    client = signed_in(friend)
    assert "You are asked to sign" in client.get(filed.get_absolute_url()).content.decode()
    client.post(reverse("decisions:confirmation", args=args), {"capacity": "personal"})

    assert str(friend) in Client().get(filed.get_absolute_url()).content.decode()


def test_somebody_who_was_not_asked_cannot_be_slipped_in(at):
    call = an_open_call()
    author = a_voice(call)
    filed = actions.file_statement(author, call, at=LATER, text="No.")

    response = signed_in(author).post(
        reverse("decisions:signatures", args=[call.slug, filed.number]),
        {"person": a_person().pk, "role": "author"},
    )

    assert response.status_code == 422


def test_a_withdrawn_statement_leaves_its_address(at):
    call = an_open_call()
    author = a_voice(call)
    filed = actions.file_statement(author, call, at=LATER, text="My own words.")

    signed_in(author).post(
        reverse("decisions:statement_withdrawal", args=[call.slug, filed.number])
    )

    response = Client().get(filed.get_absolute_url())
    assert response.status_code == 200
    assert "withdrawn by its authors" in response.content.decode()
    assert "My own words." not in response.content.decode()


def test_a_draft_of_somebody_else_is_not_there(client, at):
    call = an_open_call()
    actions.draft_statement(a_voice(call), call, at=LATER, text="Half a")

    assert Statement.objects.get().number is None
    assert client.get(f"{call.get_absolute_url()}statements/1/").status_code == 404
