"""What really leaves the mailroom (checklist 13 to 18, 20 and 22): copies as a server gets them."""

import re
from typing import Any
from urllib.parse import urlsplit

import dkim
import pytest
from django.test import Client

from intersession.lists.models import MailingList, Subscription
from intersession.lists.queries.tokens import copy_of
from intersession.lists.rules.composing.heads import Head
from intersession.lists.testing import a_list
from intersession.people.testing import NOON
from tests.lists.leaving import Left, a_mail, dns, left, the_post
from tests.lists.zones import SILENCE

pytestmark = pytest.mark.django_db

BODY = "Blanks \t\n.\n..two\n\nпривет, 您好\n--\nTail  "
SIGNED = (
    "MIME-Version: 1.0\nContent-Type: multipart/signed; micalg=pgp-sha256;\n"
    '  protocol="application/pgp-signature";  boundary="b"\n'
)
PARTS = (
    "--b\nContent-Type: text/plain;  charset=utf-8 \n\nWords. \n--b\n"
    "Content-Type: application/pgp-signature\n\n-----BEGIN PGP SIGNATURE-----\n\nabc\n--b--"
)


@pytest.fixture(autouse=True)
def a_site(settings: Any) -> None:
    settings.SITE_URL = "https://coalitions.example.org"
    settings.MAIL_ID = "mx.example.org"


def a_read_list(**more: object) -> MailingList:
    """Open a list with one reader besides Ada, who gets no copy of her own."""
    talk = a_list()
    MailingList.objects.filter(pk=talk.pk).update(**more)
    talk.refresh_from_db()
    Subscription.objects.create(
        mailing_list=talk, address="ada@example.org", since=NOON, gets_own=False
    )
    Subscription.objects.create(mailing_list=talk, address="bea@example.net", since=NOON)
    return talk


def signed_fields(copy: bytes) -> list[str]:
    """Return the names of the fields that the first signature, ours, covers."""
    value = Head.of(copy).values("DKIM-Signature")[0].decode()
    found = re.search(r"\bh=([^;]*)", value)
    assert found
    return [name.strip().lower() for name in found[1].split(":")]


def verified(copy: bytes) -> list[bool]:
    """Verify each signature of a copy, from the top, as the world does."""
    count = len(Head.of(copy).values("DKIM-Signature"))
    return [bool(dkim.DKIM(copy).verify(place, dnsfunc=dns)) for place in range(count)]


def names_the_list(sent: Left, talk: MailingList) -> bool:
    (author,) = sent.head.values("From")
    return talk.address.encode() in author


def test_the_body_leaves_as_it_came_byte_for_byte() -> None:
    talk = a_read_list()

    sent = left(talk, a_mail(talk, BODY))

    assert sent.head.body == Head.of(sent.raw).body


def test_a_signed_mail_leaves_as_it_came_with_its_own_fields() -> None:
    talk = a_read_list(footer="Left by mail.")

    sent = left(talk, a_mail(talk, PARTS, SIGNED))

    assert sent.head.body == Head.of(sent.raw).body
    assert list(sent.head.named("Content-Type")) == list(Head.of(sent.raw).named("Content-Type"))


def test_what_leaves_verifies_by_our_signature_and_by_the_author_s() -> None:
    talk = a_read_list()

    sent = left(talk, a_mail(talk, BODY))

    assert verified(sent.copies[0]) == [True, True]
    ours, hers = sent.head.values("DKIM-Signature")
    assert b"d=lists.example.org" in ours
    assert b"d=example.org" in hers


def test_what_leaves_is_sealed_once_and_our_signature_stands_outside_the_seal() -> None:
    talk = a_read_list()

    sent = left(talk, a_mail(talk))

    verdict, sets, _why = dkim.arc_verify(sent.copies[0], dnsfunc=dns)
    assert (verdict, len(sets)) == (b"pass", 1)
    assert b"cv=none" in sent.head.values("ARC-Seal")[0]
    assert b"mx.example.org;" in sent.head.values("ARC-Authentication-Results")[0]
    names = [field.partition(b":")[0].lower() for field in sent.head.fields]
    assert names.index(b"dkim-signature") < names.index(b"arc-seal") < names.index(b"list-id")


def test_what_leaves_names_every_way_of_its_list() -> None:
    talk = a_read_list()
    name, page = talk.name, f"https://coalitions.example.org{talk.get_absolute_url()}"
    theirs = "List-Foo: x\nErrors-To: x@y.example\nDisposition-Notification-To: x@y.example\n"

    head = left(talk, a_mail(talk, more=theirs)).head

    assert head.values("List-Id")[0].endswith(f"<{name}.lists.example.org>".encode())
    assert {key: head.values(key) for key in ("List-Post", "List-Help", "List-Owner")} == {
        "List-Post": (f"<mailto:{talk.address}>".encode(),),
        "List-Help": (f"<mailto:{name}-request@lists.example.org>".encode(),),
        "List-Owner": (f"<mailto:{name}-owner@lists.example.org>".encode(),),
    }
    assert head.values("List-Archive") == (f"<{page}>".encode(),)
    assert page.encode() in head.values("List-Subscribe")[0]
    assert f"mailto:{name}-leave@lists.example.org".encode() in head.values("List-Unsubscribe")[0]
    assert head.values("Precedence") == (b"list",)
    assert (
        head.values("List-Foo") == head.values("Errors-To") == head.values("Auto-Submitted") == ()
    )


def test_archived_at_is_the_address_of_the_post_in_the_archive(client: Client) -> None:
    talk = a_read_list()

    head = left(talk, a_mail(talk)).head

    url = f"https://coalitions.example.org{the_post().get_absolute_url()}"
    assert head.values("Archived-At") == (f"<{url}>".encode(),)
    assert client.get(urlsplit(url).path, secure=True).status_code == 200


def test_one_click_is_https_signed_and_done_by_a_post_without_cookies() -> None:
    talk = a_read_list()
    sent = left(talk, a_mail(talk))
    (ways,) = sent.head.values("List-Unsubscribe")
    found = re.search(rb"<(https://[^>]+)>", ways)
    assert found
    machine = Client(enforce_csrf_checks=True)

    answer = machine.post(
        urlsplit(found[1].decode()).path, {"List-Unsubscribe": "One-Click"}, secure=True
    )

    assert (answer.status_code, answer.headers.get("Location")) == (200, None)
    assert not answer.cookies
    assert Subscription.objects.get(address="bea@example.net").until is not None
    assert sent.head.values("List-Unsubscribe-Post") == (b"List-Unsubscribe=One-Click",)
    assert {"list-unsubscribe", "list-unsubscribe-post"} <= set(signed_fields(sent.copies[0]))


def test_looking_at_a_one_click_link_leaves_nothing() -> None:
    talk = a_read_list()
    (ways,) = left(talk, a_mail(talk)).head.values("List-Unsubscribe")
    found = re.search(rb"<(https://[^>]+)>", ways)
    assert found

    assert Client().get(urlsplit(found[1].decode()).path, secure=True).status_code == 200

    assert Subscription.objects.get(address="bea@example.net").until is None


def test_each_reader_has_a_copy_a_return_path_and_a_way_out_of_their_own() -> None:
    talk = a_read_list()
    Subscription.objects.create(mailing_list=talk, address="cem@example.net", since=NOON)

    sent = left(talk, a_mail(talk))

    assert len(sent.copies) == len(set(sent.paths)) == 2
    assert len({Head.of(one).values("List-Unsubscribe") for one in sent.copies}) == 2
    assert all(one.startswith(f"MAIL FROM:<{talk.name}-bounces+") for one in sent.paths)
    assert not any("bea" in one or "cem" in one for one in sent.paths)
    tokens = [one.partition("+")[2].partition("@")[0] for one in sent.paths]
    assert {copy_of(token) is not None for token in tokens} == {True}
    assert copy_of(tokens[0][:-1] + ("a" if tokens[0][-1] != "a" else "b")) is None


def test_neither_prefix_nor_footer_is_added_unless_the_list_wants_them() -> None:
    talk = a_read_list()

    head = left(talk, a_mail(talk)).head

    assert (talk.prefix, talk.footer) == ("", "")
    assert head.values("Subject") == (b"Matters",)


def test_a_list_that_wants_them_adds_a_prefix_and_a_footer_and_drops_what_they_broke() -> None:
    talk = a_read_list(prefix="[Talk]", footer="Left by mail.")

    sent = left(talk, a_mail(talk), policy="none")

    assert sent.head.values("Subject") == (b"[Talk] Matters",)
    assert b"TGVmdCBieSBtYWlsLg==" in sent.head.body
    assert Head.of(sent.raw).body in sent.head.body
    assert verified(sent.copies[0]) == [True]
    assert b"d=lists.example.org" in sent.head.values("DKIM-Signature")[0]


def test_a_signature_that_an_edit_did_not_break_is_kept() -> None:
    talk = a_read_list(footer="Left by mail.")

    sent = left(talk, a_mail(talk, PARTS, SIGNED))

    assert verified(sent.copies[0]) == [True, True]


@pytest.mark.parametrize(
    ("prefix", "policy", "is_rewritten"),
    [
        ("", "reject", False),
        ("", "none", False),
        ("[Talk]", "none", False),
        ("[Talk]", "quarantine", True),
        ("[Talk]", "reject", True),
    ],
)
def test_from_names_the_list_only_where_the_copy_would_be_refused(
    prefix: str, policy: str, is_rewritten: bool
) -> None:
    talk = a_read_list(prefix=prefix)

    sent = left(talk, a_mail(talk), policy=policy)

    assert names_the_list(sent, talk) is is_rewritten
    told = (b"Ada <ada@example.org>",) if is_rewritten else ()
    assert sent.head.values("X-Original-From") == sent.head.values("Reply-To") == told
    assert all(verified(sent.copies[0]))


def test_where_dns_is_silent_about_the_policy_a_broken_copy_is_mitigated() -> None:
    talk = a_read_list(prefix="[Talk]")

    sent = left(talk, a_mail(talk), zone={"_dmarc.example.org": SILENCE})

    assert names_the_list(sent, talk)


def test_where_dns_falls_silent_about_the_key_an_intact_copy_is_mitigated() -> None:
    talk = a_read_list()

    sent = left(talk, a_mail(talk), later={"ada._domainkey.example.org": SILENCE})

    assert names_the_list(sent, talk)


def test_a_list_that_asks_for_answers_keeps_a_rewritten_author_in_copy() -> None:
    talk = a_read_list(prefix="[Talk]", answers_to_list=True)

    sent = left(talk, a_mail(talk))

    assert sent.head.values("Reply-To") == (talk.address.encode(),)
    assert sent.head.values("Cc") == (b"Ada <ada@example.org>",)


def test_a_list_that_wraps_carries_a_post_whole_where_from_would_be_rewritten() -> None:
    talk = a_read_list(prefix="[Talk]", wraps=True)

    sent = left(talk, a_mail(talk, BODY))

    assert names_the_list(sent, talk)
    assert sent.head.values("Content-Type") == (b"message/rfc822",)
    assert sent.head.values("Subject") == (b"[Talk] Matters",)
    assert sent.head.values("Message-ID") == (b"<1@example.org>",)
    assert all(verified(sent.copies[0]))
    inside = sent.head.body
    assert inside == sent.raw
    assert dkim.verify(inside, dnsfunc=dns)


@pytest.mark.parametrize(("prefix", "policy"), [("", "reject"), ("[Talk]", "none")])
def test_a_list_that_wraps_leaves_alone_what_needs_no_mitigation(prefix: str, policy: str) -> None:
    talk = a_read_list(prefix=prefix, wraps=True)

    sent = left(talk, a_mail(talk), policy=policy)

    assert sent.head.values("From") == (b"Ada <ada@example.org>",)
    assert sent.head.values("Content-Type") == ()
