"""Speaking in a call and leading it, through its page."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from intersession.coalitions.testing import a_coalition
from intersession.decisions import actions, queries
from intersession.decisions.models import Call, Objection, Position
from intersession.decisions.states import CallState, Disposition, Level, Stance
from intersession.decisions.testing import (
    HOUR,
    a_voice,
    an_amended_text,
    an_answered_objection,
    an_objection,
    an_open_call,
)
from intersession.membership.actions import leave
from intersession.membership.testing import a_member
from intersession.people.testing import NOON
from tests.decisions.pages import page, said, signed_in

pytestmark = pytest.mark.django_db


def test_a_member_takes_a_position_and_changes_it(at):
    call = an_open_call()
    member = a_member(call.coalition)
    client = signed_in(member)
    url = reverse("decisions:position", args=[call.slug])

    response = client.post(url, said(stance="support"), follow=True)
    assert "Your position is recorded." in response.content.decode()
    client.post(url, said(stance="object", reason="Hm.", remedy="Ha.", places="¶ 1"))

    assert queries.standing(call).voices == 1
    assert Objection.objects.get().passages == ["k1"]
    assert "Changed later." in page(client, call)


def test_a_call_that_closed_while_somebody_typed_keeps_the_text_and_names_the_moment(at):
    call = an_open_call()
    member = a_member(call.coalition)
    at(call.closes_at)

    response = signed_in(member).post(
        reverse("decisions:position", args=[call.slug]),
        said(stance="object", reason="A long thought <b>of mine</b>.", remedy="Another text."),
    )

    html = unescape(response.content.decode())
    assert response.status_code == 409
    assert "This call closed on 15 March 2026, 23:59 UTC." in html
    assert "A long thought <b>of mine</b>." in html
    assert "<b>of mine</b>" not in response.content.decode()
    assert "Another text." in html
    assert "for you to copy" in html
    assert not Position.objects.exists()


def test_a_text_that_changed_while_somebody_typed_keeps_the_words(at):
    call = an_open_call()
    member = a_member(call.coalition)
    an_amended_text(call, at=NOON + HOUR)

    response = signed_in(member).post(
        reverse("decisions:position", args=[call.slug]), said(stance="concern", reason="My words.")
    )

    html = unescape(response.content.decode())
    assert response.status_code == 409
    assert "text changed while you were writing" in html
    assert "My words." in html


def test_who_left_while_typing_keeps_the_words(at):
    call = an_open_call()
    member = a_member(call.coalition)
    leave(member, call.coalition, at=NOON + HOUR)

    response = signed_in(member).post(
        reverse("decisions:position", args=[call.slug]), said(stance="concern", reason="My words.")
    )

    assert response.status_code == 403
    assert "My words." in unescape(response.content.decode())


def test_who_is_signed_out_while_typing_keeps_the_words(client, at):
    call = an_open_call()

    response = client.post(
        reverse("decisions:position", args=[call.slug]), said(stance="concern", reason="My words.")
    )

    html = unescape(response.content.decode())
    assert response.status_code == 403
    assert "You are signed out" in html
    assert "My words." in html


def test_an_objection_without_its_remedy_is_shown_again(at):
    call = an_open_call()
    member = a_member(call.coalition)

    response = signed_in(member).post(
        reverse("decisions:position", args=[call.slug]), said(stance="object", reason="My words.")
    )

    html = unescape(response.content.decode())
    assert response.status_code == 422
    assert "what change of the text would remove it" in html
    assert "My words." in html


def test_a_caller_answers_and_disposes_on_the_page(at):
    call = an_open_call()
    objection = an_objection(call)
    client = signed_in(call.caller)

    client.post(reverse("decisions:answer", args=[call.slug, 1]), {"words": "We think not."})
    empty = client.post(
        reverse("decisions:disposition", args=[call.slug, 1]), {"disposition": "rejected"}
    )
    client.post(
        reverse("decisions:disposition", args=[call.slug, 1]),
        {"disposition": "rejected", "reason": "The law forbids it."},
    )

    assert empty.status_code == 422
    objection.refresh_from_db()
    assert objection.state == Disposition.REJECTED
    html = page(Client(), call)
    assert "We think not." in html
    assert "The law forbids it." in html


def test_an_objector_says_whether_they_were_understood_and_withdraws(at):
    call = an_open_call()
    objection = an_answered_objection(call)
    client = signed_in(objection.person)

    client.post(reverse("decisions:understanding", args=[call.slug, 1]), {"understood": "no"})
    assert "says: I was not understood" in page(client, call)
    client.post(
        reverse("decisions:objection_withdrawal", args=[call.slug, 1]), {"stance": "live-with"}
    )

    objection.refresh_from_db()
    assert objection.state == "withdrawn"


def test_a_caller_sees_why_a_determination_is_not_possible_yet(at):
    call = an_open_call()
    an_objection(call)
    client = signed_in(call.caller)
    assert "The call is open until" in page(client, call)

    at(call.closes_at)
    response = client.post(
        reverse("decisions:determination", args=[call.slug]),
        {"level": "consensus", "summary": "All is well.", "reopens": "News."},
    )

    html = unescape(response.content.decode())
    assert response.status_code == 409
    assert "1 objection is not disposed of yet" in html
    assert "All is well." in html


def test_too_few_voices_offer_to_defer_on_the_page(at):
    call = an_open_call(a_coalition(minimum_voices=2))
    a_voice(call)
    at(call.closes_at)
    client = signed_in(call.caller)

    assert "at least 2 voices" in page(client, call)
    client.post(reverse("decisions:deferral", args=[call.slug]), {"reason": "Too few."})

    assert Call.objects.get(pk=call.pk).state == CallState.DEFERRED
    assert "Too few." in page(Client(), call)


def test_every_level_can_be_chosen_or_says_why_not(at):
    call = an_open_call()
    a_voice(call, Stance.ABSTAIN)
    at(call.closes_at)

    html = page(signed_in(call.caller), call)

    assert "Full consensus: Nobody supports this text or can live with it." in html
    assert all(str(level.label) in html for level in Level)


def test_a_determined_call_shows_its_root_its_window_and_its_corrections(at):
    call = an_open_call()
    a_voice(call)
    at(call.closes_at + HOUR)
    client = signed_in(call.caller)

    client.post(
        reverse("decisions:determination", args=[call.slug]),
        {"level": "full-consensus", "summary": "All is well.", "reopens": "News."},
    )
    client.post(reverse("decisions:correction", args=[call.slug]), {"words": "Nearly all."})

    html = page(Client(), call)
    end = Call.objects.get(pk=call.pk).determination
    assert end.root in html
    assert "Nearly all." in html
    assert "neutral readers" in html
    assert Client().get(reverse("decisions:record", args=[call.slug])).json()["root"] == end.root


def test_a_paragraph_that_is_not_there_is_named(at):
    call = an_open_call()
    member = a_member(call.coalition)

    response = signed_in(member).post(
        reverse("decisions:position", args=[call.slug]),
        said(stance="object", reason="My words.", remedy="Less.", places="2, 9"),
    )

    html = unescape(response.content.decode())
    assert response.status_code == 422
    assert "The text has no paragraph 9." in html
    assert "My words." in html


def test_a_reason_that_is_too_long_is_not_cut(at):
    call = an_open_call()
    member = a_member(call.coalition)

    response = signed_in(member).post(
        reverse("decisions:position", args=[call.slug]),
        said(stance="concern", reason="word " * 1_200 + "end."),
    )

    assert response.status_code == 422
    assert "word end." in response.content.decode()
    assert "maxlength" not in response.content.decode().partition('name="reason"')[2][:80]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("determination", {"level": "consensus", "summary": "My summary.", "reopens": "News."}),
        ("deferral", {"reason": "My summary."}),
        ("withdrawal", {"reason": "My summary."}),
    ],
)
def test_a_call_that_ended_while_its_caller_typed_keeps_the_words(at, name, typed):
    call = an_open_call()
    at(call.closes_at)
    actions.defer(call.caller, call, at=call.closes_at, reason="Too few.")

    response = signed_in(call.caller).post(reverse(f"decisions:{name}", args=[call.slug]), typed)

    html = unescape(response.content.decode())
    assert response.status_code == 409
    assert "Deferred" in html
    assert "My summary." in html


def test_an_answer_to_an_objection_withdrawn_meanwhile_keeps_the_words(at):
    call = an_open_call()
    objection = an_objection(call)
    actions.withdraw_objection(objection.person, objection, at=NOON + HOUR)

    response = signed_in(call.caller).post(
        reverse("decisions:answer", args=[call.slug, 1]), {"words": "My answer."}
    )

    assert response.status_code == 409
    assert "My answer." in unescape(response.content.decode())


def test_every_objection_has_an_address_that_opens_its_part(at):
    call = an_open_call()
    for _ in range(7):
        objection = an_objection(call)

    html = Client().get(objection.get_absolute_url().partition("#")[0]).content.decode()

    assert 'id="o7"' in html
    assert 'id="o5"' not in html
    assert objection.get_absolute_url() in page(Client(), call)
