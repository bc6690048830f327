"""One click from a letter: a position undone, a proposed one confirmed; a GET changes nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from intersession.decisions import actions, queries
from intersession.decisions.models import Objection, Position, Proposal, Undoing
from intersession.decisions.queries.mailed import proposal_token, receipt_token
from intersession.decisions.states import ObjectionState, Stance
from intersession.decisions.testing import HOUR, MINUTE, a_determination, an_amended_text
from intersession.journal.models import Entry
from intersession.kit.answers import Denied, Refused
from intersession.people.testing import a_person
from tests.decisions.mailed import LATER, a_call_by_mail, answer, letters, link, posted
from tests.decisions.pages import page

pytestmark = pytest.mark.django_db

OBJECTION = "-1\n\nNo limit is named.\n\nChange: name thirty days.\n"


@pytest.fixture(autouse=True)
def _at(at) -> None:
    """Let the pages think that it is five hours after noon."""


def current(person) -> list[str]:
    return [one.stance for one in Position.objects.filter(person=person, is_current=True)]


def test_the_link_of_the_receipt_undoes_a_position_and_keeps_it_in_the_history() -> None:
    call, member, letter = a_call_by_mail()
    actions.take_position(member, call, at=LATER, stance=Stance.ABSTAIN)
    answer(letter, "+1", at=LATER + MINUTE)
    path = link(letters("position_recorded")[0], "receipts")

    assert Client().get(path).status_code == 200
    assert current(member) == ["support"]
    assert posted(path, "undoing") == 302

    assert current(member) == ["abstain"]
    assert Position.objects.count() == 2
    entry = Entry.objects.get(verb="decisions.undo_position")
    assert (entry.actor_id, entry.facts["stance"]) == (member.pk, "support")
    shown = page(Client(), call)
    assert "Undone on 1 March 2026, 17:00 UTC." in shown
    assert queries.standing(call).voices == 1


def test_a_first_position_that_is_undone_leaves_nobody_standing() -> None:
    call, member, letter = a_call_by_mail()
    answer(letter, "+1")
    path = link(letters("position_recorded")[0], "receipts")

    assert posted(path, "undoing") == 302

    assert current(member) == []
    assert queries.standing(call).voices == 0
    assert posted(path, "undoing") == 409
    assert Undoing.objects.count() == 1
    assert "This position was undone on" in Client().get(path).text


def test_what_was_undone_twice_in_a_row_is_not_brought_back() -> None:
    _, member, letter = a_call_by_mail()
    answer(letter, "+0", at=LATER)
    answer(letter, "+1", at=LATER + MINUTE)
    answer(letter, "0", at=LATER + 2 * MINUTE)
    receipts = letters("position_recorded")

    for receipt in reversed(receipts):
        assert posted(link(receipt, "receipts"), "undoing") == 302
    assert current(member) == []


def test_undoing_an_objection_withdraws_it() -> None:
    _, _, letter = a_call_by_mail()
    answer(letter, OBJECTION)

    posted(link(letters("position_recorded")[0], "receipts"), "undoing")

    objection = Objection.objects.get()
    assert objection.state == ObjectionState.WITHDRAWN
    assert [turn.kind for turn in objection.turns.all()] == ["withdrawn"]


def test_an_objection_that_a_mail_took_back_stands_again() -> None:
    call, member, letter = a_call_by_mail()
    answer(letter, OBJECTION, at=LATER)
    answer(letter, "+1", at=LATER + MINUTE)
    assert Objection.objects.get().state == ObjectionState.WITHDRAWN

    posted(link(letters("position_recorded")[1], "receipts"), "undoing")

    objection = Objection.objects.get()
    assert objection.state == ObjectionState.FILED
    assert current(member) == ["object"]
    assert [turn.kind for turn in objection.turns.order_by("pk")] == ["withdrawn", "restored"]
    assert "It stands again" in page(Client(), call)


def test_nothing_is_undone_after_the_closing_moment(at) -> None:
    call, member, letter = a_call_by_mail()
    answer(letter, "+1")
    at(call.closes_at)
    path = link(letters("position_recorded")[0], "receipts")

    assert "The position stays as it is." in Client().get(path).text
    assert posted(path, "undoing") == 409
    assert current(member) == ["support"]


def test_a_position_that_a_later_one_replaced_is_not_undone() -> None:
    call, member, letter = a_call_by_mail()
    answer(letter, "+1")
    actions.take_position(member, call, at=LATER + MINUTE, stance=Stance.ABSTAIN)
    path = link(letters("position_recorded")[0], "receipts")

    assert "A later position stands in its place." in Client().get(path).text
    assert posted(path, "undoing") == 409
    assert current(member) == ["abstain"]


def test_only_the_speaker_undoes_and_only_what_came_by_mail() -> None:
    call, member, letter = a_call_by_mail()
    answer(letter, "+1")
    said = Position.objects.select_related("call", "person").get()

    with pytest.raises(Denied):
        actions.undo_position(a_person(), said, at=LATER + HOUR)
    by_hand = actions.take_position(member, call, at=LATER + HOUR, stance=Stance.ABSTAIN)
    with pytest.raises(Refused):
        actions.undo_position(member, by_hand, at=LATER + HOUR)


def test_the_undoing_is_an_item_of_the_frozen_record() -> None:
    call, _, letter = a_call_by_mail()
    answer(letter, "+1")
    posted(link(letters("position_recorded")[0], "receipts"), "undoing")
    answer(letter, "+0", at=LATER + 6 * HOUR)

    a_determination(call)

    call.refresh_from_db()
    kinds = [leaf["kind"] for leaf in queries.export(call)["leaves"]]
    assert kinds.count("undoing") == 1
    digests = Entry.objects.get(verb="decisions.undo_position").digests
    assert digests["undoing"] in {leaf["digest"] for leaf in queries.export(call)["leaves"]}


def test_one_click_makes_a_position_of_what_a_mail_proposed() -> None:
    _, member, letter = a_call_by_mail()
    answer(letter, "+1, gladly", proven=False)
    path = link(letters("position_proposed")[0], "proposals")

    assert "gladly" in Client().get(path).text
    assert current(member) == []
    assert posted(path, "confirmation", reason="gladly", round=1) == 302

    said = Position.objects.get()
    assert (said.stance, said.reason, said.mail) == (
        "support",
        "gladly",
        Proposal.objects.get().mail,
    )
    assert Proposal.objects.get().state == "confirmed"
    assert posted(path, "confirmation", reason="gladly", round=1) == 409
    assert "You confirmed it on" in Client().get(path).text
    assert Client().get(reverse("decisions:receipt", args=[receipt_token(said)])).status_code == 200


def test_the_page_asks_for_the_reason_and_the_change_that_the_law_demands() -> None:
    _, member, letter = a_call_by_mail()
    answer(letter, "-1")
    path = link(letters("position_proposed")[0], "proposals")

    asked = Client().get(path).text
    assert "What would remove your objection?" in asked
    assert posted(path, "confirmation", reason="It is long.", round=1) == 422
    assert posted(path, "confirmation", reason="It is long.", change="Halve it.", round=1) == 302

    assert current(member) == ["object"]
    assert Objection.objects.get().remedy == "Halve it."


def test_a_support_is_not_asked_for_a_change() -> None:
    _, _, letter = a_call_by_mail()
    answer(letter, "+1", proven=False)

    asked = Client().get(link(letters("position_proposed")[0], "proposals")).text

    assert "What would remove" not in asked


def test_a_text_that_changed_before_the_click_is_named() -> None:
    call, member, letter = a_call_by_mail()
    answer(letter, "+1", proven=False)
    path = link(letters("position_proposed")[0], "proposals")
    an_amended_text(call, at=LATER + MINUTE)

    assert posted(path, "confirmation", round=1) == 409
    assert current(member) == []
    assert posted(path, "confirmation", round=2) == 302
    assert Position.objects.get().round.number == 2


def test_nothing_is_confirmed_after_the_closing_moment(at) -> None:
    call, member, letter = a_call_by_mail()
    answer(letter, "+1", proven=False)
    path = link(letters("position_proposed")[0], "proposals")
    at(call.closes_at)

    assert "Nothing was recorded." in Client().get(path).text
    assert posted(path, "confirmation", round=1) == 409
    assert current(member) == []


def test_a_later_proposal_stands_in_the_place_of_the_former() -> None:
    _, _, letter = a_call_by_mail()
    answer(letter, "+1", proven=False)
    answer(letter, "0", proven=False)
    first, _second = letters("position_proposed")

    assert "A later mail stands in its place." in Client().get(link(first, "proposals")).text
    assert posted(link(first, "proposals"), "confirmation", round=1) == 409


def test_a_link_that_was_made_up_leads_nowhere() -> None:
    _, _, letter = a_call_by_mail()
    answer(letter, "+1")
    answer(letter, "-1")
    receipt = receipt_token(Position.objects.get())
    proposal = proposal_token(Proposal.objects.get())

    for path in (f"/calls/receipts/{proposal}/", f"/calls/proposals/{receipt}/",
                 "/calls/receipts/aaaa/", "/calls/proposals/é/"):  # fmt: skip
        assert Client().get(path).status_code == 404


def test_the_call_links_a_position_to_the_mail_that_is_its_evidence() -> None:
    call, _, letter = a_call_by_mail()
    answer(letter, "+1\n\nGood, ask me at ada@example.org.\n\n-- \nAda\n+1 202 555 0100")
    said = Position.objects.get()
    path = reverse("decisions:evidence", args=[call.slug, said.pk])

    assert f'href="{path}">by mail</a>' in page(Client(), call)
    shown = Client().get(path).text
    assert "Good" in shown
    assert said.mail is not None
    assert said.mail.digest in shown
    assert "555 0100" not in shown
    assert "ada@example.org" not in shown


def test_a_position_that_was_taken_on_the_page_has_no_mail() -> None:
    call, member, _ = a_call_by_mail()
    said = actions.take_position(member, call, at=LATER, stance=Stance.SUPPORT)

    assert "by mail" not in page(Client(), call)
    assert Client().get(reverse("decisions:evidence", args=[call.slug, said.pk])).status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_positions_by_mail_cost_the_page_of_a_call_no_more_questions(
    n, django_assert_num_queries
) -> None:
    call, member, letter = a_call_by_mail()
    for number in range(n):
        answer(letter, "+1", at=LATER + number * MINUTE)
    actions.undo_position(member, Position.objects.get(is_current=True), at=LATER + HOUR)
    page(Client(), call)

    with django_assert_num_queries(11):
        page(Client(), call)
