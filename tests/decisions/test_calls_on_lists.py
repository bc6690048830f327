"""A call is announced on the coalition's list, and answers there propose positions."""

import pytest
from django.test import Client

from intersession.decisions import actions
from intersession.decisions.models import Call, Position, Proposal, Round
from intersession.decisions.testing import HOUR, MINUTE, an_amended_text
from intersession.lists.actions import stop_list
from intersession.lists.actions.entrance import take
from intersession.lists.models import MailAnswer, MailingList, Message, Relay
from intersession.lists.queries import raw_of
from intersession.lists.queries.addressed import destination
from intersession.lists.rules.judging import Authentic, Finding
from intersession.lists.rules.proving import proves_author
from intersession.outbox.models import Letter
from intersession.people.models import Person
from intersession.people.testing import NOON, a_person, the_secretariat
from tests.decisions.mailed import LATER, a_call_by_mail, answer, letters, link, posted
from tests.decisions.pages import page

pytestmark = pytest.mark.django_db

SOON = NOON + 5 * MINUTE


@pytest.fixture(autouse=True)
def _at(at) -> None:
    """Let the pages think that it is five hours after noon."""


def announced() -> tuple[Call, Person, Message]:
    """Open a call and let the clock announce it on the list."""
    call, member, _ = a_call_by_mail()
    actions.attend_lists(at=SOON)
    return call, member, Message.objects.select_related("content", "mailing_list").get()


def proof(domain: str, dmarc: str = "pass") -> Authentic:
    findings = (
        Finding("dkim", "pass", (("header.d", domain), ("header.s", "one"))),
        Finding("dmarc", dmarc, (("header.from", domain),)),
    )
    return Authentic(True, domain, "dkim", "none", findings=findings)


def reply(
    announcement: Message, person: Person, body: str, *, number: int = 1, proven: bool = True
) -> None:
    """Post an answer to the announcement to the list."""
    talk = MailingList.objects.get()
    raw = (
        f"From: {person.email}\r\nTo: {talk.address}\r\nSubject: Re: {announcement.subject}\r\n"
        f"Message-ID: <reply-{number}@example.org>\r\nIn-Reply-To: <{announcement.message_id}>\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
    ).encode()
    where = destination(talk.address)
    assert where is not None
    known = proof(person.email.partition("@")[2]) if proven else Authentic()
    take(where, raw, at=LATER, envelope=person.email, authentic=known)


def test_the_list_is_told_once_with_the_question_the_clock_and_how_to_answer() -> None:
    call, _, told = announced()
    actions.attend_lists(at=SOON + 5 * MINUTE)

    assert Message.objects.count() == 1
    text = raw_of(told.content).decode()
    assert "Auto-Submitted: auto-generated" in text
    assert f"Reply-To: {told.mailing_list.address}" in text
    for words in (call.question, "15 March 2026, 23:59 UTC", call.get_absolute_url(), "end.ics",
                  "Silence", "  +1  Support", "  -1  Object"):  # fmt: skip
        assert words in text
    assert (
        "\r\n\r\n   +1  Support" in text
    )  # apart from the sentence, which is read in its own width
    assert Relay.objects.get().message == told
    assert f'href="{told.get_absolute_url()}"' in page(Client(), call)


def test_a_changed_text_is_announced_anew_and_a_changed_wording_is_not() -> None:
    call, _, _ = announced()
    an_amended_text(call, at=LATER, is_substantive=False)
    actions.attend_lists(at=LATER + MINUTE)
    assert Message.objects.count() == 1

    an_amended_text(call, at=LATER + HOUR)
    actions.attend_lists(at=LATER + HOUR + MINUTE)

    assert Message.objects.count() == 2
    assert Round.objects.filter(announcement__isnull=False).count() == 2


def test_a_list_that_takes_no_posts_is_told_when_it_does_again() -> None:
    a_call_by_mail()
    talk = MailingList.objects.get()
    stop_list(the_secretariat(), talk, at=NOON, reason="Spam.")
    actions.attend_lists(at=SOON)
    assert not Message.objects.exists()

    MailingList.objects.update(stopped_at=None)
    actions.attend_lists(at=SOON + 5 * MINUTE)

    assert Message.objects.count() == 1


def test_an_old_call_is_not_announced_late() -> None:
    call, _, _ = a_call_by_mail()

    actions.attend_lists(at=NOON + 25 * HOUR)

    assert not Message.objects.exists()
    assert "The talk about it on the list" not in page(Client(), call)


def test_an_answer_on_the_list_by_a_proven_member_is_proposed_and_its_post_is_the_evidence() -> (
    None
):
    _, member, told = announced()
    reply(told, member, "+1\n\nIt is good.")

    assert actions.attend_lists(at=LATER) == 1
    assert actions.attend_lists(at=LATER + MINUTE) == 0

    made = Proposal.objects.select_related("mail__message").get()
    assert (made.person, made.stance, made.doubt) == (member, "support", "no_token")
    assert made.mail.message is not None
    assert made.mail.message.message_id == "reply-1@example.org"
    (asked,) = letters("position_proposed")
    assert "The mail answered on the list, not the letter to you." in asked.body
    assert not Position.objects.exists()


def test_the_click_files_it_with_a_link_to_the_post() -> None:
    call, member, told = announced()
    reply(told, member, "+1")
    actions.attend_lists(at=LATER)

    assert (
        posted(link(letters("position_proposed")[0], "proposals"), "confirmation", round=1) == 302
    )

    said = Position.objects.get()
    post = Message.objects.get(message_id="reply-1@example.org")
    shown = Client().get(f"{call.get_absolute_url()}positions/{said.pk}/mail/").text
    assert f'href="{post.get_absolute_url()}"' in shown


@pytest.mark.parametrize("body", ["Well said.", "> +1", "Support for this is lacking", "+1 or -1"])
def test_a_post_that_takes_no_position_proposes_none(body: str) -> None:
    _, member, told = announced()
    reply(told, member, body)

    assert actions.attend_lists(at=LATER) == 0
    assert not MailAnswer.objects.exists()


def test_neither_token_nor_proof_is_archived_only() -> None:
    _, member, told = announced()
    reply(told, member, "+1", proven=False)
    before = Letter.objects.filter(kind__startswith="decisions.").count()

    assert actions.attend_lists(at=LATER) == 0
    assert not Proposal.objects.exists()
    assert Letter.objects.filter(kind__startswith="decisions.").count() == before


def test_who_does_not_belong_posts_and_proposes_nothing() -> None:
    _, _, told = announced()
    outsider = a_person(email="out@example.org")
    MailingList.objects.update(posting="anyone")
    reply(told, outsider, "-1\n\nNo.")

    assert Message.objects.count() == 2
    assert actions.attend_lists(at=LATER) == 0
    assert not MailAnswer.objects.exists()


def test_a_post_elsewhere_on_the_list_proposes_nothing() -> None:
    _, member, told = announced()
    told.message_id = "other@example.org"
    reply(told, member, "+1")

    assert actions.attend_lists(at=LATER) == 0


def test_posts_after_the_closing_moment_propose_nothing() -> None:
    call, member, told = announced()
    reply(told, member, "+1")

    assert actions.attend_lists(at=call.closes_at) == 0


def test_a_mail_to_the_letter_and_to_the_list_is_one_answer() -> None:
    _, member, told = announced()
    letter = Letter.objects.get(kind="decisions.call_opened", to=member.email)
    answer(letter, "+1")
    kept = MailAnswer.objects.get()
    reply(told, member, "+1")
    Message.objects.filter(message_id="reply-1@example.org").update(node=kept.node)

    assert actions.attend_lists(at=LATER) == 0
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("results", "proves"),
    [
        ("mx; dkim=pass header.d=example.org header.s=a; dmarc=pass header.from=example.org", True),
        ("mx; dmarc=pass header.from=example.org policy.dmarc=reject", True),
        ("mx; dkim=pass header.d=example.org; dmarc=none header.from=example.org", True),
        ("mx; dkim=pass header.d=other.org; dmarc=none header.from=example.org", False),
        ("mx; dkim=fail header.d=example.org; dmarc=none header.from=example.org", False),
        ("mx; dmarc=fail header.from=example.org", False),
        ("mx; dmarc=pass header.from=example.org.evil.net", False),
        ("mx; dmarc=pass header.from=other.org", False),
        ('mx; dkim=pass reason="dmarc=pass header.from=example.org" header.d=x.org', False),
        ("mx; none", False), ("", False),
    ],
)  # fmt: skip
def test_our_results_prove_the_author_they_name_and_no_other(results: str, proves: bool) -> None:
    assert proves_author(results, "ada@example.org") is proves
