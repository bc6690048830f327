"""A reason that somebody typed comes back where the verb refuses, and after a session has ended."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from intersession.kit import clock
from intersession.outputs.models import CommentRound, Output
from intersession.outputs.testing import DAY, the_editor
from intersession.people.testing import a_person
from tests.outputs.scenes import a_running_round, an_old_draft, signed_in

pytestmark = pytest.mark.django_db
REASON = "People asked for more time.\n\nThe holidays come."


def over(period: CommentRound) -> None:
    CommentRound.objects.update(closes_at=clock.now() - timedelta(minutes=1))


def test_a_new_end_that_is_refused_keeps_its_day_and_its_reason(client: Client) -> None:
    period = a_running_round()
    signed_in(client, the_editor(period.output))
    over(period)
    day = (clock.now() + 9 * DAY).date().isoformat()

    address = reverse("outputs:close", args=[period.output.reference, period.number])
    answer = client.post(address, {"closes_at": day, "reason": REASON})

    page = answer.text
    assert answer.status_code == 409
    assert "This comment period closed on" in page
    assert REASON.replace("\n\n", "\r\n\r\n") in page or REASON in page
    assert day in page


def test_a_new_end_without_a_reason_keeps_its_day(client: Client) -> None:
    period = a_running_round()
    signed_in(client, the_editor(period.output))
    day = (clock.now() + 9 * DAY).date().isoformat()

    address = reverse("outputs:close", args=[period.output.reference, period.number])
    answer = client.post(address, {"closes_at": day, "reason": " "})

    assert answer.status_code == 422
    assert "Say why the end moves" in answer.text
    assert day in answer.text


@pytest.mark.parametrize("name", ["outputs:return", "outputs:withdrawal"])
def test_a_reason_that_is_refused_comes_back(client: Client, name: str) -> None:
    output = an_old_draft()
    signed_in(client, the_editor(output))
    if name == "outputs:withdrawal":
        Output.objects.update(state="call")

    answer = client.post(reverse(name, args=[output.reference]), {"reason": REASON})

    assert answer.status_code == 409
    assert REASON in answer.text
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize("name", ["outputs:return", "outputs:withdrawal"])
def test_a_reason_that_is_too_long_comes_back_whole(client: Client, name: str) -> None:
    output = an_old_draft()
    signed_in(client, the_editor(output))
    long = "So many words. " * 500

    answer = client.post(reverse(name, args=[output.reference]), {"reason": long})

    assert answer.status_code == 422
    assert long.strip() in answer.text


@pytest.mark.parametrize("name", ["outputs:return", "outputs:withdrawal", "outputs:declaration"])
def test_a_reason_of_somebody_who_may_not_comes_back_to_be_copied(
    client: Client, name: str
) -> None:
    output = an_old_draft()
    signed_in(client, a_person())

    answer = client.post(reverse(name, args=[output.reference]), {"reason": REASON})

    assert answer.status_code == 403
    assert REASON in answer.text


@pytest.mark.parametrize("words", [REASON, "late"])
def test_a_reason_sent_after_the_session_ended_is_kept(client: Client, words: str) -> None:
    output = an_old_draft()

    address = reverse("outputs:withdrawal", args=[output.reference])
    answer = client.post(address, {"reason": words})

    assert answer.status_code == 403
    assert "You are signed out" in answer.text
    assert words in answer.text
