"""A call answered by mail, from the listener's port to the link in the receipt."""

from pathlib import Path

import pytest
from django.test import Client

from intersession.coalitions.testing import a_coalition
from intersession.decisions.models import Call, Position, Proposal
from intersession.decisions.queries import standing
from intersession.decisions.testing import an_open_call
from intersession.kit import clock
from intersession.lists.models import MailAnswer
from intersession.lists.testing import a_list
from intersession.membership.testing import a_member
from intersession.outbox.models import Letter
from intersession.people.models import Person
from tests.decisions.mailed import letters, link, posted
from tests.decisions.pages import page
from tests.faults.house import a_house
from tests.lists.author import ADDRESS, authored

pytestmark = pytest.mark.django_db(transaction=True)


def a_call_for_ada() -> tuple[Call, Person, str]:
    """Open a call today; return it, Ada, and where she answers the letter."""
    coalition = a_coalition()
    a_list(coalition)
    ada = a_member(coalition, email=ADDRESS)
    call = an_open_call(coalition, at=clock.now())
    return call, ada, Letter.objects.get(kind="decisions.call_opened", to=ADDRESS).reply_to


def a_mail(to: str, number: int, body: str, more: str = "") -> str:
    return (
        f"From: Ada <{ADDRESS}>\nTo: {to}\nSubject: Re: Where do you stand?\n{more}"
        f"Message-ID: <{number}@example.org>\nDate: Sun, 1 Mar 2026 12:00:00 +0000\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{body}\n"
    )


def test_a_signed_mail_files_a_position_and_the_link_of_its_receipt_undoes_it(
    tmp_path: Path,
) -> None:
    call, ada, to = a_call_for_ada()
    with a_house(tmp_path) as house:
        house.listener()
        signed = authored(a_mail(to, 1, "-1, no limit is named.\n\nChange: name thirty days."))

        assert house.posted(signed, to) == [250]
        assert house.posted(signed, to) == [250]  # its sender heard no answer, and comes again

        said = Position.objects.select_related("mail").get()
        assert (said.person_id, said.stance, said.is_current) == (ada.pk, "object", True)
        assert said.mail is not None
        assert said.mail.unbound == ""
        (receipt,) = letters("position_recorded")
        path = link(receipt, "receipts")
        assert Client().get(path).status_code == 200
        assert Position.objects.filter(is_current=True).exists()
        assert posted(path, "undoing") == 302
        assert not Position.objects.filter(is_current=True).exists()
        assert standing(call).voices == 0
        assert "Undone on" in page(Client(), call)


def test_what_is_not_signed_is_proposed_and_what_nobody_wrote_does_nothing(
    tmp_path: Path,
) -> None:
    _, ada, to = a_call_for_ada()
    forged = to.replace("+", "+a")
    with a_house(tmp_path) as house:
        house.listener()
        unsigned = a_mail(to, 1, "+1").replace("\n", "\r\n").encode()
        away = authored(a_mail(to, 2, "+1", "Auto-Submitted: auto-replied\n"))

        assert house.posted(away, to) == [250]
        assert house.posted(unsigned, forged) == [550]
        assert not MailAnswer.objects.exists()
        assert house.posted(unsigned, to) == [250]

        made = Proposal.objects.get()
        assert (made.person_id, made.doubt) == (ada.pk, "not_proven")
        path = link(letters("position_proposed")[0], "proposals")
        assert Client().get(path).status_code == 200
        assert not Position.objects.exists()
        assert posted(path, "confirmation", round=1) == 302
        assert Position.objects.get().stance == "support"
