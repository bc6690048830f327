"""Our signatures and seals, checked by the program that others check them with."""

from base64 import b64decode
from collections.abc import Iterator
from email import message_from_bytes
from hashlib import sha256
from itertools import islice

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from hypothesis import given, settings

from intersession.lists.formats.mailbox import source_at
from intersession.lists.formats.signing import body_hash, dns_record, ended, loaded, seal, wire
from intersession.lists.rules.composing.heads import Head
from intersession.lists.rules.composing.relaying import relayed
from intersession.lists.rules.composing.templates import Template
from tests.lists.keys import ARCHIVED, CLICK, LEAVE, an_ed25519_signer, dns, signer, ways
from tests.lists.mail import mail
from tests.lists.test_heads import anything
from tests.shared_data import shared

AT = 1_795_000_000
RESULTS = "mx.example.org; spf=pass smtp.mailfrom=example.net; dkim=none"


def copied(raw: bytes, chain: str = "none", **more: object) -> bytes:
    """Make one copy, sealed and signed, as it goes over the wire."""
    template = relayed(raw, ways(), archived_at=ARCHIVED, **more)  # type: ignore[arg-type]
    digest = body_hash(template.body)
    lines = seal(Head.of(template.head), digest, signer(), results=RESULTS, chain=chain, at=AT)
    template = template.with_first(lines)
    head = template.copy(CLICK, LEAVE)
    signature = signer().sign(head, digest, AT)
    return ended(wire(signature + head + template.end + template.body))


KINDS = {
    "plain": mail(),
    "network line ends": mail().replace(b"\n", b"\r\n"),
    "empty": b"From: a@example.net\n\n",
    "no empty line": b"From: a@example.net\nwords",
    "no fields": b"\nwords",
    "nothing": b"",
    "raw octets": b"From: \xe4@example.net\nSubject: \xff\n\n\xff\xfe\0 \t\n\n\n",
    "blank ends": b"From: a@example.net\nSubject:  a \t b \n\n a  \t\n \n\n  \n",
    "folded": b"From: a@example.net\nSubject: a\n\tb\n  c\nTo:\n d@example.net\n\nbody",
    "twice": b"From: a@example.net\nFrom: b@example.net\nTo: c\nTo: d\nSubject: e\n\nbody",
    "dots": b"From: a@example.net\n\n.\n..\n.hidden\n",
    "stray returns": b"From: a@example.net\rX: y\nSubject: a\rb\n\nbody\rwords\r\r\n",
    "three thousand fields": b"From: a@example.net\n" + b"To: b@example.net\n" * 3000 + b"\nbody",
    "three thousand references": mail(more="References:" + "\n <a@b>" * 3000 + "\n"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("more", [{}, {"mitigation": True, "prefix": "[DC]", "footer": "Tschüß"}])
def test_each_kind_of_mail_verifies(kind: str, more: dict[str, object]) -> None:
    copy = copied(KINDS[kind], **more)

    assert dkim.verify(copy, dnsfunc=dns) is True
    assert dkim.arc_verify(copy, dnsfunc=dns)[0] == b"pass"


@given(anything)
@settings(deadline=None, max_examples=40)
def test_whatever_is_posted_is_signed_so_that_it_verifies(raw: bytes) -> None:
    copy = copied(raw)

    try:
        verified = dkim.DKIM(copy).verify(dnsfunc=dns)
    except dkim.MessageFormatError:  # fields such as `Name :`, which dkimpy does not read
        return
    assert verified is True


def real() -> Iterator[bytes]:
    for folder in ("hyperkitty", "jsmime", "mime4j"):
        for path in sorted((shared("data/mail/messages") / folder).rglob("*")):
            if path.is_file():
                yield path.read_bytes()


def test_every_real_message_verifies() -> None:
    asked = verified = 0
    for raw in real():
        copy = copied(raw)
        try:
            verified += dkim.DKIM(copy).verify(dnsfunc=dns)
        except dkim.MessageFormatError:
            continue
        asked += 1

    assert asked > 200
    assert verified == asked


def test_messages_of_real_archives_verify() -> None:
    taken = [*islice(source_at(shared("data/mail/usrp-users-sample.mbox.gz")).pieces(), 60)]

    assert len(taken) == 60
    assert all(dkim.verify(copied(one.raw), dnsfunc=dns) for one in taken)


@pytest.mark.parametrize("canon", [b"relaxed", b"simple"])
@pytest.mark.parametrize(
    "kind", sorted(set(KINDS) - {"no fields", "nothing", "stray returns", "twice"})
)
def test_no_signature_of_an_author_breaks(kind: str, canon: bytes) -> None:
    raw = wire(KINDS[kind])
    if kind == "no empty line":
        raw = raw.replace(b"\r\nwords", b"\r\n\r\nwords")
    theirs = signer("example.net", "their")
    name = dkim.sign(
        raw, b"their", b"example.net", theirs.key.encode(), canonicalize=(canon, canon),
        include_headers=[b"from", b"to", b"subject", b"content-type"],
    )  # fmt: skip
    signed = name + raw
    assert dkim.verify(signed, dnsfunc=dns)

    copy = copied(signed)

    assert dkim.DKIM(copy).verify(idx=1, dnsfunc=dns) is True


def test_a_prefix_and_a_footer_do_break_what_an_author_signed() -> None:
    theirs = signer("example.net", "their")
    raw = wire(mail())
    raw = dkim.sign(raw, b"their", b"example.net", theirs.key.encode()) + raw

    for change in ({"prefix": "[DC]"}, {"footer": "Left by mail."}):
        assert dkim.verify(copied(raw, **change), dnsfunc=dns) is True
        assert holds(copied(raw, **change), 1) is False


def holds(copy: bytes, place: int) -> bool:
    try:
        return dkim.DKIM(copy).verify(idx=place, dnsfunc=dns) is True
    except dkim.ValidationError:
        return False


def test_both_fields_of_one_click_are_under_our_signature() -> None:
    copy = copied(mail())

    for field in (b"leave/abc/", b"=One-Click", b"messages/1/", b"dc.lists.example.org>"):
        changed = copy.replace(field, b"x" * len(field))
        assert changed != copy
        assert dkim.verify(changed, dnsfunc=dns) is False


@pytest.mark.parametrize("name", ["From", "Subject", "List-Unsubscribe", "Cc", "Reply-To"])
def test_a_field_that_is_added_later_breaks_our_signature(name: str) -> None:
    copy = copied(mail(more="Cc: c@example.net\nReply-To: d@example.net\n"))

    added = copy.replace(b"\r\nFrom:", f"\r\n{name}: x@example.net\r\nFrom:".encode(), 1)

    assert dkim.verify(added, dnsfunc=dns) is False


def test_a_second_list_seals_over_a_chain_that_passed() -> None:
    once = sealed(mail(), "none")
    twice = sealed(once, "pass")
    thrice = sealed(twice, "pass")

    assert [dkim.arc_verify(one, dnsfunc=dns)[0] for one in (once, twice, thrice)] == [b"pass"] * 3
    assert b"ARC-Seal: i=3; a=rsa-sha256; t=%d; cv=pass;" % AT in thrice


def sealed(raw: bytes, chain: str) -> bytes:
    head = Head.of(wire(raw))
    lines = seal(head, body_hash(head.body), signer(), results=RESULTS, chain=chain, at=AT)
    return bytes(head.with_first(lines))


@pytest.mark.parametrize("found", ["fail", "none", "nonsense", ""])
def test_a_chain_that_did_not_pass_is_never_sealed_as_passed(found: str) -> None:
    twice = sealed(sealed(mail(), "none"), found)

    assert b"cv=fail" in twice
    assert b"cv=pass" not in twice
    assert dkim.arc_verify(twice, dnsfunc=dns)[0] in (None, b"fail")


def test_a_chain_with_a_set_missing_is_sealed_as_failed_whatever_was_found() -> None:
    broken = Head.of(sealed(mail(), "none")).without(["ARC-Message-Signature"])

    assert b"cv=fail" in sealed(bytes(broken), "pass")


def test_a_chain_that_has_ended_is_not_sealed_again() -> None:
    ended = sealed(sealed(mail(), "none"), "fail")

    assert sealed(ended, "fail") == ended
    assert sealed(ended, "pass") == ended


@pytest.mark.parametrize(("highest", "is_sealed"), [(49, True), (50, False), (9999, False)])
def test_a_chain_has_fifty_sets_at_most(highest: int, is_sealed: bool) -> None:
    raw = b"ARC-Seal: i=%d; cv=pass\r\n" % highest + wire(mail())

    assert (sealed(raw, "pass") != raw) is is_sealed


def test_a_seal_covers_results_as_they_were_found() -> None:
    copy = copied(mail())

    assert message_from_bytes(copy)["ARC-Authentication-Results"].split() == [
        "i=1;", "mx.example.org;", "spf=pass", "smtp.mailfrom=example.net;", "dkim=none",
    ]  # fmt: skip
    assert dkim.arc_verify(copy.replace(b"spf=pass", b"spf=fail"), dnsfunc=dns)[0] == b"fail"


def test_our_signature_stands_outside_the_seal_and_before_it() -> None:
    fields = [one.partition(b":")[0] for one in Head.of(copied(mail())).fields]

    assert fields[:6] == [
        b"DKIM-Signature", b"List-Unsubscribe", b"List-Unsubscribe-Post", b"ARC-Seal",
        b"ARC-Message-Signature", b"ARC-Authentication-Results",
    ]  # fmt: skip


def test_a_key_of_ed25519_signs_too() -> None:
    second = an_ed25519_signer()
    digest = sha256(b"words").digest()
    key = loaded(second.key)
    assert isinstance(key, ed25519.Ed25519PrivateKey)

    key.public_key().verify(b64decode(second.sealed(digest)), digest)
    record = dns_record(second.key)
    assert record.startswith("v=DKIM1; k=ed25519; p=")
    assert len(record) == len("v=DKIM1; k=ed25519; p=") + 44
    assert b"a=ed25519-sha256" in second.sign(wire(mail()), body_hash(b"Words.\n"), AT)


def test_a_template_is_signed_as_all_its_copies_are_sent() -> None:
    template = Template.of(Head.of(mail()))

    assert body_hash(template.body) == body_hash(wire(template.body))
