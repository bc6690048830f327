"""Whether a mail is from the domain that From names: DKIM verified here, alignment, silence."""

from time import process_time

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from intersession.lists.formats.authentication.domains import is_aligned, organization
from intersession.lists.formats.authentication.judging import authenticate, proves
from intersession.lists.formats.resolver import DnsResolver, Silent
from intersession.lists.formats.signing import Signer, body_hash, dns_record
from intersession.lists.rules.composing.heads import Head
from intersession.lists.rules.judging import Authentic
from tests.lists.posts import LIST, post
from tests.lists.signed import Zone, found, keys_of, record, signed
from tests.lists.test_hostile_posts import LINE_SIX
from tests.lists.zones import SILENCE, TROUBLE, zones


def result(authentic: Authentic, method: str = "dkim") -> list[str]:
    return [one.result for one in authentic.findings if one.method == method]


@pytest.mark.parametrize("way", ["relaxed/relaxed", "relaxed/simple", "simple/simple"])
def test_a_signature_of_the_from_domain_authenticates(way: str) -> None:
    authentic = found(signed(way=way))

    assert (authentic.is_authenticated, authentic.by, authentic.domain) == (
        True,
        "dkim",
        "example.org",
    )


@pytest.mark.parametrize("of", [b"Words", b"Matters", b"Ann", b"1@example.org"])
def test_a_mail_that_was_changed_does_not_authenticate(of: bytes) -> None:
    authentic = found(signed().replace(of, b"Other", 1))

    assert not authentic.is_authenticated
    assert result(authentic) in (["fail"], [])


@pytest.mark.parametrize("way", ["relaxed/relaxed", "relaxed/simple", "simple/relaxed"])
@pytest.mark.parametrize("body", ["", " \t \r\n\r\n", "a  \t b\t\r\n  c \r\n\r\n \r\n", "a\nb"])
def test_bodies_of_blanks_are_hashed_as_the_library_hashes_them(way: str, body: str) -> None:
    assert found(signed(post(body=body), way=way)).is_authenticated


def test_a_signature_of_ed25519_is_verified_too() -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    head = Head.of(post())
    line = Signer("example.org", "one", pem).sign(head, body_hash(head.body), 1_700_000_000)
    records: Zone = {"one._domainkey.example.org": [dns_record(pem)]}

    assert found(line + post(), records).is_authenticated
    changed = found((line + post()).replace(b"Matters", b"Other"), records)
    assert (changed.is_authenticated, result(changed)) == (False, ["fail"])


def test_a_signature_of_another_domain_verifies_and_says_nothing_of_from() -> None:
    authentic = found(signed(domain="example.com"), keys_of("example.com"))

    assert result(authentic) == ["pass"]
    assert not authentic.is_authenticated


def test_domains_of_one_organization_are_aligned_unless_the_policy_is_strict() -> None:
    mail = signed(domain="mail.example.org")
    relaxed = keys_of("mail.example.org")
    strict = {**relaxed, "_dmarc.example.org": ["v=DMARC1; p=reject; adkim=s"]}

    assert found(mail, relaxed).is_authenticated
    assert not found(mail, {**strict}).is_authenticated


def test_two_who_rent_names_below_one_public_suffix_are_strangers() -> None:
    assert organization("a.b.example.co.uk") == "example.co.uk"
    assert not is_aligned("one.co.uk", "two.co.uk")
    assert not is_aligned("evil.github.io", "github.io")
    assert not is_aligned("a.github.io", "b.github.io")
    assert not is_aligned("", "")
    assert is_aligned("Mail.Example.ORG.", "example.org")
    assert is_aligned("bücher.example", "xn--bcher-kva.example")


def test_the_aligned_signature_counts_among_others() -> None:
    others = b"".join(signed(domain=f"d{n}.example")[: -len(post())] for n in range(10))

    authentic = found(others + signed(), keys_of("example.org"))

    assert authentic.is_authenticated
    assert len(result(authentic)) == 5


@pytest.mark.parametrize(
    ("mail", "why"),
    [
        (lambda: signed(more=b"l") + b"An advertisement.\r\n", "body"),
        (lambda: signed().replace(b"a=rsa-sha256", b"a=rsa-sha1"), "SHA-1"),
        (lambda: signed().replace(b"h=from", b"h=date"), "From"),
    ],
)
def test_signatures_that_prove_nothing_are_set_aside(mail, why: str) -> None:  # type: ignore[no-untyped-def]
    authentic = found(mail())

    assert result(authentic) == ["policy"]
    assert why in next(one.reason for one in authentic.findings if one.method == "dkim")
    assert not authentic.is_authenticated


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("k=rsa", "k=rsa; t=y"), "policy"),
        (("k=rsa", "k=rsa; h=sha1"), "policy"),
        (("k=rsa", "k=rsa; t=s"), "pass"),
        (("p=", "p=; x="), "fail"),
        (("v=DKIM1", "v=DKIM9"), "fail"),
        (("k=rsa", "k=rsa; n=" + "x" * 600), "fail"),
        (("k=rsa", "k=ed25519"), "fail"),
    ],
)
def test_keys_are_read_as_their_owner_meant_them(change: tuple[str, str], expected: str) -> None:
    records = {"one._domainkey.example.org": [record().replace(*change)]}

    assert result(found(signed(), records)) == [expected]


@pytest.mark.parametrize("trouble", [SILENCE, TROUBLE])
def test_when_dns_is_silent_about_the_key_nothing_is_authenticated(trouble: str) -> None:
    authentic = found(signed(), {"one._domainkey.example.org": trouble})

    assert result(authentic) == ["temperror"]
    assert not authentic.is_authenticated


def test_when_dns_is_silent_about_the_policy_it_is_unknown_and_mitigated() -> None:
    silent = found(post(), {"_dmarc.example.org": SILENCE})
    relaxed = {**keys_of("mail.example.org"), "_dmarc.example.org": SILENCE}

    assert (silent.policy, silent.wants_mitigation) == ("unknown", True)
    assert result(silent, "dmarc") == ["temperror"]
    assert not found(signed(domain="mail.example.org"), relaxed).is_authenticated


def test_a_deadline_holds_for_all_questions_of_a_mail() -> None:
    class Slow:
        asked = 0

        def txt(self, name: str, *, within: float = 3.0) -> list[bytes]:
            self.asked += 1
            raise Silent(name)

    slow = Slow()
    authentic = authenticate(signed(), trusted_ids=(), resolver=slow, deadline=0)

    assert slow.asked == 0
    assert authentic.policy == "unknown"
    assert not authentic.is_authenticated


@pytest.mark.parametrize(
    "froms",
    [
        "From: ann@example.org\r\nFrom: bob@example.org\r\n",
        "From: ann@example.org, bob@example.org\r\n",
        "From: Us: ann@example.org;, bob@example.org\r\n",
        "From: ann@example.org <eve@example.com>\r\n",
        "From: nobody\r\n",
        "",
    ],
)
def test_a_from_of_several_or_of_nobody_is_never_authenticated(froms: str) -> None:
    raw = f"{froms}To: {LIST}\r\nSubject: s\r\n\r\nWords.\r\n".encode()
    mail = signed(raw) if froms else raw

    assert not found(mail).is_authenticated


def test_a_from_put_before_a_signed_one_does_not_inherit_its_signature() -> None:
    assert not found(b"From: Bob <bob@example.org>\r\n" + signed()).is_authenticated


def test_a_from_behind_a_bare_return_is_not_the_one_that_was_signed() -> None:
    mail = signed(post("X-Note: a\rFrom: bob@example.org\r\n"))

    assert found(mail).domain in ("", "example.org")
    assert not found(mail.replace(b"From: Ann <ann@example.org>\r\n", b"")).is_authenticated


def test_a_copy_is_checked_again_before_from_is_left_as_it_is() -> None:
    with zones(keys_of("example.org")) as (host, port):
        resolver = DnsResolver([host], port)
        copy = b"List-Id: <talk.lists.example.net>\r\nPrecedence: list\r\n" + signed()

        assert proves(copy, "example.org", resolver=resolver)
        assert not proves(copy + b"A footer.\r\n", "example.org", resolver=resolver)
        assert not proves(copy, "example.com", resolver=resolver)
        assert not proves(b"\0", "", resolver=resolver)


BLANKS = b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=one; h=from;"
TIRING = {
    "blanks in a signature": lambda: BLANKS + b" b" + b" \r\n " * 20_000 + b"=\r\n" + post(),
    "a head of folds": lambda: b"X-Y: z\r\n" + b" \r\n" * 400_000 + signed(),
    "endless fields": lambda: b"X: y\r\n" * 100_000 + signed(),
    "1,000 signatures": lambda: (BLANKS + b" b=AAAA; bh=AAAA\r\n") * 900 + post(),
    "1,000 seals": lambda: b"ARC-Seal: i=1; cv=none\r\n" * 900 + post(),
    "a name of 10,000 letters": lambda: signed(domain="example.org").replace(
        b"d=example.org", b"d=" + b"a." * 4_000 + b"org"
    ),
}  # fmt: skip


@pytest.mark.parametrize("mail", TIRING.values(), ids=TIRING.keys())
def test_mail_made_to_tire_the_verifier_is_done_with_quickly(mail) -> None:  # type: ignore[no-untyped-def]
    raw = mail()
    begun = process_time()

    assert not found(raw).is_authenticated
    assert process_time() - begun < 3


def test_a_body_of_blanks_is_verified_in_time_that_grows_with_its_length_only() -> None:
    mail = signed().replace(b"Words about", b"Words" + b" " * 2_000_000 + b"about")
    begun = process_time()

    assert found(mail).is_authenticated
    assert process_time() - begun < 2


@pytest.mark.parametrize("raw", LINE_SIX.values(), ids=LINE_SIX.keys())
def test_hostile_input_is_never_authenticated_and_raises_nothing(raw: bytes) -> None:
    with zones(keys_of("example.org")) as (host, port):
        assert not authenticate(
            raw, trusted_ids=["mx"], resolver=DnsResolver([host], port)
        ).is_authenticated


class Empty:
    """A DNS without records."""

    def txt(self, name: str, *, within: float = 3.0) -> list[bytes]:
        return []


PIECES = st.sampled_from(
    [b"From: a@b.example\n", b"DKIM-Signature: v=1; a=rsa-sha256; d=b.example; s=s; h=from; ",
     b"b=AAAA; bh=AAAA", b"ARC-Seal: i=1; a=rsa-sha256; cv=none; d=x; s=y; b=AA==\n",
     b"ARC-Message-Signature: i=1; a=rsa-sha256; d=x; s=y; h=from; bh=AA==; b=AA==\n",
     b"ARC-Authentication-Results: i=1; mx; spf=pass\n", b"Authentication-Results: mx; spf=",
     b"pass smtp.mailfrom=a@b.example", b"Received: x\n", b"\n", b" ", b";", b"(", b"\0", b"\xff"]
)  # fmt: skip


@given(st.binary(max_size=200) | st.lists(PIECES, max_size=25).map(b"".join))
def test_no_bytes_raise_in_the_verifier(raw: bytes) -> None:
    found = authenticate(raw, trusted_ids=["mx"], resolver=Empty())

    assert found.policy in ("none", "unknown")
    assert not found.is_authenticated or found.by == "spf"


def test_our_own_hash_of_a_body_takes_time_that_grows_with_its_length_only() -> None:
    begun = process_time()

    one = body_hash(b"a" + b" \t" * 1_000_000 + b"b  \r\n \r\n\r\n")

    assert one == body_hash(b"a b\r\n")
    assert process_time() - begun < 2
