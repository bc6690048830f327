"""Mail to -owner, -secretariat and the names of RFC 2142 (checklist 5, 9)."""

from datetime import timedelta
from zlib import decompress

import pytest
from django.test import Client

from intersession.coalitions.models import Seat
from intersession.coalitions.testing import a_coordinator
from intersession.kit.answers import Denied, Refused
from intersession.lists import actions
from intersession.lists.actions.entrance import take
from intersession.lists.models import Correspondence, MailingList, Tally
from intersession.lists.queries.addressed import destination
from intersession.lists.queries.tokens import letter_path, return_path
from intersession.lists.rules.judging import Authentic
from intersession.lists.testing import a_list
from intersession.outbox.formats import message as as_mail
from intersession.outbox.models import Letter
from intersession.people.testing import NOON, a_person_who_consented, the_secretariat
from tests.lists.bounced import complaint
from tests.lists.commanded import ADA, beside, send

pytestmark = pytest.mark.django_db


def sent_on() -> list[str]:
    return list(Letter.objects.filter(kind="lists.office").values_list("to", flat=True))


def test_mail_to_the_owner_reaches_who_holds_the_office_and_is_kept_byte_by_byte() -> None:
    talk = a_list()
    owner = a_coordinator(talk.coalition)

    send(beside(talk.address, "owner"), "Please  help.", subject="A question")

    kept = Correspondence.objects.get()
    assert (kept.mailing_list, kept.address, kept.subject) == (talk, ADA, "A question")
    assert sent_on() == [owner.email]
    letter = Letter.objects.get(kind="lists.office")
    raw = as_mail(letter).message().as_bytes()
    assert decompress(kept.raw) in raw
    assert b"Content-Type: message/rfc822" in raw
    assert b"Auto-Submitted: auto-generated" in raw
    assert f"Reply-To: {ADA}, {beside(talk.address, 'owner')}".encode() in raw
    assert as_mail(letter).from_email == letter_path(beside(talk.address, "bounces"), letter.pk)


def test_the_next_holder_gets_new_mail_and_reads_the_old() -> None:
    talk = a_list()
    old = a_coordinator(talk.coalition)
    send(beside(talk.address, "owner"), subject="old")
    Seat.objects.filter(person=old).update(until=NOON + timedelta(days=1))
    new = a_coordinator(talk.coalition, at=NOON)
    later = NOON + timedelta(days=2)

    send(beside(talk.address, "owner"), subject="new", at=later)

    assert sent_on() == [old.email, new.email]
    for mail in Correspondence.objects.all():
        actions.mark_answered(new, mail, at=later)
    with pytest.raises(Denied):
        actions.mark_answered(old, mail, at=later)
    with pytest.raises(Refused, match="answered already"):
        actions.mark_answered(new, mail, at=later)


@pytest.mark.parametrize("what", ["secretariat", "postmaster", "abuse", "security"])
def test_the_secretariat_gets_its_mail_and_that_of_the_roles_of_rfc_2142(what: str) -> None:
    talk = a_list()
    domain = talk.address.partition("@")[2]
    to = beside(talk.address, what) if what == "secretariat" else f"{what}@{domain}"
    staff = the_secretariat()

    send(to)

    assert staff.email in sent_on()


def test_a_role_at_a_domain_that_is_not_ours_is_nobody() -> None:
    a_list()

    assert destination("postmaster@elsewhere.example") is None


def test_an_answer_of_the_holder_is_kept_and_counts_as_the_answer() -> None:
    talk = a_list()
    owner = a_coordinator(talk.coalition)
    owner.email = ADA
    owner.save()
    send(beside(talk.address, "owner"), "Help.", author="bob@example.net", proven=False)
    raw = as_mail(Letter.objects.get(kind="lists.office")).message().as_bytes()
    name = next(line for line in raw.split(b"\r\n") if line.startswith(b"Message-ID")).decode()

    reply = f"In-Reply-To: {name.partition(' ')[2]}\r\n"
    send(beside(talk.address, "owner"), "Like this.", more=reply)

    asked, answer = Correspondence.objects.order_by("pk")
    assert (asked.answered_by, answer.answers) == (owner, asked)
    assert len(sent_on()) == 1


@pytest.mark.parametrize(
    ("envelope", "more"),
    [("", ""), (ADA, "Auto-Submitted: auto-replied\r\n"), (ADA, "X-Loop: {office}\r\n"),
     (ADA, "Received: by a.example\r\n" * 51), ("MAILER-DAEMON@example.org", "")],
)  # fmt: skip
def test_robots_and_circles_are_counted_and_go_to_nobody(envelope: str, more: str) -> None:
    talk = a_list()
    a_coordinator(talk.coalition)
    office = beside(talk.address, "owner")

    send(office, envelope=envelope, more=more.format(office=office))

    assert (Correspondence.objects.count(), Letter.objects.count()) == (0, 0)
    assert Tally.objects.get().count == 1


def test_spam_is_kept_and_not_sent_on_and_nobody_is_answered() -> None:
    talk = a_list()
    a_coordinator(talk.coalition)

    send(beside(talk.address, "owner"), more="X-Spam: Yes\r\n")

    assert Correspondence.objects.get().is_spam
    assert Letter.objects.count() == 0


def test_a_mail_to_an_office_that_comes_twice_is_kept_once() -> None:
    talk = a_list()
    for _ in range(2):
        send(beside(talk.address, "owner"))

    assert Correspondence.objects.count() == 1


def test_a_complaint_to_the_abuse_address_stops_the_mail_it_is_about() -> None:
    talk = a_list()
    ada = actions.subscribe(None, talk, ADA, at=NOON)
    path = return_path(talk, 0, ada.pk)
    raw = complaint().replace(b"talk-bounces+abc@lists.example.org", path.encode())
    where = destination("abuse@" + talk.address.partition("@")[2])
    assert where is not None

    take(where, raw, at=NOON, envelope="feedback@isp.example", authentic=Authentic())

    ada.refresh_from_db()
    assert ada.stopped_by == "complaint"


def test_what_nobody_can_read_on_a_return_path_goes_to_the_owners_ten_times_a_day() -> None:
    talk = a_list()
    owner = a_coordinator(talk.coalition)
    ada = actions.subscribe(None, talk, ADA, at=NOON)
    where = destination(return_path(talk, 0, ada.pk))
    assert where is not None

    for n in range(12):
        raw = f"From: x@example.net\r\nSubject: {n}\r\n\r\nWhat is this?\r\n".encode()
        take(where, raw, at=NOON, envelope="", authentic=Authentic())

    assert sent_on() == [owner.email] * 10


def test_only_holders_read_the_pages(client: Client) -> None:
    talk: MailingList = a_list()
    owner = a_coordinator(talk.coalition)
    send(beside(talk.address, "owner"), "The <b>matter</b>.", subject="A question")
    mail = Correspondence.objects.get()
    address = f"/lists/correspondence/{mail.pk}/"

    client.force_login(a_person_who_consented())
    assert client.get(address).status_code == 403
    client.force_login(owner)
    assert "&lt;b&gt;matter" in client.get(address).text
    assert "Not answered yet" in client.get(f"/lists/{talk.name}/correspondence/").text
    client.post(address)

    mail.refresh_from_db()
    assert mail.answered_by == owner


def test_the_page_of_the_rules_leads_holders_to_the_mail_of_their_office(client: Client) -> None:
    talk = a_list()
    link = f'href="/lists/{talk.name}/correspondence/"'
    client.force_login(a_person_who_consented())
    assert link not in client.get(f"/lists/{talk.name}/moderation/").text

    client.force_login(a_coordinator(talk.coalition))

    assert link in client.get(f"/lists/{talk.name}/moderation/").text


def test_the_lists_lead_the_secretariat_to_the_mail_of_every_office(client: Client) -> None:
    assert "/lists/correspondence/" not in client.get("/lists/").text

    client.force_login(the_secretariat())

    assert 'href="/lists/correspondence/"' in client.get("/lists/").text
