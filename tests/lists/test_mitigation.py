"""From names the list only where the author's domain would have the copy refused."""

from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest
from hypothesis import given

from intersession.lists.rules.charsets import unfolded
from intersession.lists.rules.composing.heads import Head
from intersession.lists.rules.composing.mitigating import (
    mitigated,
    mitigated_when_needed,
    needs_mitigation,
    without_broken_signatures,
)
from intersession.lists.rules.composing.templates import Template
from tests.lists.mail import mail
from tests.lists.test_heads import anything

LIST = "dc@lists.example.org"


@pytest.mark.parametrize(
    ("aligned", "published", "needed"),
    [
        (True, "reject", False),
        (True, None, False),
        (False, "none", False),
        (False, "", False),
        (False, "quarantine", True),
        (False, "Reject", True),
        (False, "unreadable", True),
        (False, None, True),
    ],
)
def test_from_is_rewritten_only_where_it_must_be(
    aligned: bool, published: str | None, needed: bool
) -> None:
    assert needs_mitigation(still_aligned=aligned, policy=published) is needed


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (b"Ann <ann@example.net>", "Ann via Coalition"),
        (b"ann@example.net", "ann via Coalition"),
        (b"<ann@example.net>", "ann via Coalition"),
        (b"ann@example.net (Ann)", "Ann via Coalition"),
        (b'"Ann, the ""first" <ann@example.net>', "Ann, the first via Coalition"),
        (b"=?utf-8?b?w4Rubg==?= <ann@example.net>", "Änn via Coalition"),
        (b"\xc3\x84nn <ann@example.net>", "Änn via Coalition"),
        (b"Both: Ann <ann@example.net>, Bob <bob@example.net>;", "Ann, Bob via Coalition"),
        (b"Ann <ann@example.net>, bob@example.net", "Ann, bob via Coalition"),
        (b'"ann@bank.example" <ann@example.net>', "ann@... via Coalition"),
        (b"", "Coalition"),
        (b"nobody at all", "Coalition"),
    ],
)
def test_the_author_is_named_before_the_list(written: bytes, name: str) -> None:
    head = mitigated(Head.of(b"From: " + written + b"\n\nbody"), LIST, "Coalition")

    shown, address = parseaddr(head.values("From")[0].decode())
    assert unfolded(shown).endswith(name.rpartition(" via ")[2])
    assert unfolded(shown) == name or written == b"nobody at all"
    assert address == LIST


def test_who_wrote_is_kept_and_gets_the_answers() -> None:
    head = mitigated(Head.of(mail(author="Ann <ann@example.net>")), LIST, "Coalition")

    assert head.values("X-Original-From") == (b"Ann <ann@example.net>",)
    assert head.values("Reply-To") == (b"Ann <ann@example.net>",)


def test_an_authors_own_wish_for_answers_stays() -> None:
    head = mitigated(Head.of(mail(more="Reply-To: x@example.net\n")), LIST, "Coalition")

    assert head.values("Reply-To") == (b"x@example.net",)


def test_where_answers_go_to_the_list_the_author_is_in_copy() -> None:
    raw = mail(author="Ann <ann@example.net>", more="Cc: bob@example.net\n")
    head = mitigated(Head.of(raw), LIST, "Coalition", munges_reply_to=True)

    assert head.values("Cc") == (b"bob@example.net, Ann <ann@example.net>",)
    assert head.values("Reply-To") == ()


def test_of_two_from_fields_both_authors_are_kept() -> None:
    head = mitigated(Head.of(b"From: a@example.net\nFrom: b@example.net\n\n"), LIST, "Coalition")

    assert len(head.values("From")) == 1
    assert head.values("X-Original-From") == (b"a@example.net, b@example.net",)


def test_signatures_that_covered_the_author_go_with_it() -> None:
    head = mitigated(Head.of(b"DKIM-Signature: v=1\nFrom: a@example.net\n\n"), LIST, "Coalition")

    assert head.values("DKIM-Signature") == ()


@given(anything)
def test_no_from_keeps_a_copy_from_being_made(raw: bytes) -> None:
    head = mitigated(Head.of(b"From: " + raw), LIST, "Coalition")

    assert len(head.values("From")) == 1
    assert head.body == Head.of(b"From: " + raw).body
    assert all(len(line) < 998 for line in head.fields[0].splitlines())


def test_a_long_name_is_folded_into_encoded_words_that_are_read_back() -> None:
    name = "Ärztin " * 12
    head = mitigated(Head.of(f"From: {name}<a@example.net>\n\n".encode()), LIST, "Coalition")

    read = parseaddr(str(make_header(decode_header(head.values("From")[0].decode()))))[0]
    assert read == " ".join(name.split())[:80].strip() + " via Coalition"
    assert all(len(line) <= 78 for line in head.fields[0].splitlines())


def test_a_copy_that_proves_its_author_is_left_alone_and_no_policy_asked_for() -> None:
    plain = Template.of(Head.of(mail()))

    kept = mitigated_when_needed(
        plain, lambda: pytest.fail("not needed"),
        is_aligned=lambda raw: raw == bytes(plain), policy=lambda: pytest.fail("not asked"),
    )  # fmt: skip

    assert kept is plain


@pytest.mark.parametrize(("published", "rewritten"), [("none", False), ("reject", True)])
def test_a_copy_that_proves_its_author_no_more_follows_the_policy(
    published: str, rewritten: bool
) -> None:
    plain, other = Template.of(Head.of(mail())), Template.of(Head.of(mail("other")))

    kept = mitigated_when_needed(
        plain, lambda: other, is_aligned=lambda raw: False, policy=lambda: published
    )

    assert kept is (other if rewritten else plain)


def test_signatures_that_hold_stay_and_the_others_go() -> None:
    raw = b"DKIM-Signature: a\nDKIM-Signature: b\nFrom: a@example.net\n\nbody"

    left = without_broken_signatures(Template.of(Head.of(raw)), lambda _, place: place == 1)

    assert Head.of(left.head).values("DKIM-Signature") == (b"b",)
