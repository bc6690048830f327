"""What goes with an erased or discarded post: its author’s name, and what letters cite of it."""

from datetime import timedelta

import pytest
from django.test import Client

from intersession.lists import actions
from intersession.lists.actions.expiring import forget_decided
from intersession.lists.models import Author, Question
from intersession.lists.rules.holding import KEPT
from intersession.lists.states import Redacted, RedactedFor
from intersession.lists.testing import a_list
from intersession.outbox.models import Letter
from intersession.people.testing import NOON, the_secretariat
from tests.lists.archive import archived
from tests.lists.held import PROVEN, UNPROVEN, a_held_post, a_moderator
from tests.lists.mail import LATEST, mail

pytestmark = pytest.mark.django_db

SECRET = "My neighbour keeps nine routers."


def about(kind: str) -> list[tuple[str, str, str]]:
    return list(Letter.objects.filter(kind=f"lists.{kind}").values_list("subject", "body", "html"))


def sent() -> None:
    Letter.objects.update(sent_at=NOON)


def test_the_page_of_an_author_forgets_a_name_that_was_removed(client: Client) -> None:
    real, later = archived(
        a_list(),
        [
            mail("a@x.org", author="Ann Able <ann@example.org>"),
            mail("b@x.org", author="A. <ann@example.org>", day=3),
        ],
    )

    actions.redact(
        the_secretariat(), real, at=LATEST, what=Redacted.PERSON, reason=RedactedFor.PRIVACY
    )

    shown = client.get(f"/lists/{later.mailing_list.name}/authors/{later.author_id}/").text
    assert "Able" not in shown
    assert Author.objects.get(pk=later.author_id).name == "A."


def test_a_discarded_post_is_cited_in_no_letter_to_moderators() -> None:
    talk = a_list()
    moderator = a_moderator(talk.coalition)
    held = a_held_post(talk, body=SECRET)
    sent()
    assert SECRET in about("to_moderate")[0][1]

    actions.discard(moderator, held, at=NOON)

    assert about("to_moderate") == [("[…]", "", "")]


def test_a_letter_about_a_discarded_post_that_waits_is_not_sent() -> None:
    talk = a_list()
    moderator = a_moderator(talk.coalition)
    held = a_held_post(talk, body=SECRET)

    actions.discard(moderator, held, at=NOON)

    assert about("to_moderate") == []
    assert Question.objects.get(held=held).answered_at == NOON


def test_what_letters_say_of_a_post_goes_when_the_post_is_erased() -> None:
    talk = a_list()
    moderator = a_moderator(talk.coalition)
    held = a_held_post(talk, body=SECRET)
    message = actions.approve(moderator, held, at=NOON)
    sent()

    actions.redact(moderator, message, at=LATEST, what=Redacted.BODY, reason=RedactedFor.PRIVACY)

    assert about("to_moderate") == about("went_out") == [("[…]", "", "")]


def test_what_letters_say_of_a_rejected_post_goes_with_it_after_its_time() -> None:
    talk = a_list()
    moderator = a_moderator(talk.coalition)
    held = a_held_post(talk, body=SECRET)
    actions.reject(moderator, held, at=NOON, reason="Not about this.")
    sent()

    forget_decided(at=NOON + KEPT - timedelta(hours=1))
    assert about("rejected")[0][1]
    forget_decided(at=NOON + KEPT)

    assert about("rejected") == about("to_moderate") == [("[…]", "", "")]


@pytest.mark.parametrize(
    ("is_authentic", "told"), [(True, "the author reads it\n"), (False, "if the house knows")]
)
def test_the_letter_says_whether_the_author_reads_the_reason(is_authentic: bool, told: str) -> None:
    talk = a_list()
    a_moderator(talk.coalition)

    a_held_post(talk, authentic=PROVEN if is_authentic else UNPROVEN)

    [(_subject, body, _html)] = about("to_moderate")
    assert told in body
