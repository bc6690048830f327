"""Mail for visitors: nobody's address, and the same archive for whoever takes it in."""

from base64 import encodebytes
from binascii import b2a_qp
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from intersession.lists import actions, queries
from intersession.lists.models import MailingList, Message
from intersession.lists.rules.charsets import unfolded
from intersession.lists.rules.mime import part_of
from intersession.lists.rules.parsing import parsed
from intersession.lists.rules.veiling import veiled
from intersession.lists.testing import a_list
from intersession.people.testing import a_person
from tests.lists.archive import archived
from tests.lists.mail import LATEST, mail

SECRET = b"kept here"
ENCODED = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: "


def hidden(raw: bytes) -> bytes:
    return veiled(raw, SECRET, but="talk@lists.localhost")


def in_base64(words: str) -> bytes:
    return mail("b@x.org", encodebytes(words.encode()).decode(), more=f"{ENCODED}base64\n", day=2)


def in_quoted_printable(words: str) -> bytes:
    return mail("c@x.org", words, more=f"{ENCODED}quoted-printable\n", day=3)


def test_addresses_lose_their_domain_and_ids_and_the_list_keep_theirs() -> None:
    raw = mail(
        "one@mail.example.org", "Write to eve@example.org or talk@lists.localhost.",
        answers="zero@example.org", more="Cc: Bo <bo@example.net>,\n eve@example.org\n",
    )  # fmt: skip

    told = hidden(raw)

    assert b"@example.net" not in told
    assert told.count(b"@example.org") == told.count(b"<zero@example.org>") == 1
    assert b"Message-ID: <one@mail.example.org>" in told
    assert b"From: Ann <ann@" in told
    assert b"talk@lists.localhost." in told


def test_an_address_always_gets_the_same_and_another_secret_another() -> None:
    raw = mail(body="ann@example.org and ANN@example.org")
    domains = {word.partition(b"@")[2] for word in hidden(raw).split() if b"nn@" in word.lower()}

    assert len({domain.rstrip(b">") for domain in domains}) == 1
    assert veiled(raw, b"another") != hidden(raw)


@pytest.mark.parametrize(
    "letter",
    [in_base64("Über eve@example.org\n"), in_quoted_printable("=C3=9Cber eve@exam=\nple.org")],
)
def test_text_is_opened_where_it_is_encoded(letter: bytes) -> None:
    assert "Über eve@..." in parsed(hidden(letter), latest=LATEST).text
    assert b"example.org" not in hidden(letter).split(b"\n\n", 1)[1]
    assert b"exam" not in hidden(letter).split(b"\n\n", 1)[1]


@pytest.mark.parametrize(
    "name",
    [
        "=?utf-8?q?eve=40example=2Eorg_via_Talk?=", "=?utf-8?b?ZXZlQGV4YW1wbGUub3Jn?=",
        "=?utf-8?q?eve=40exa?= =?utf-8?q?mple=2Eorg?=",
    ],
)  # fmt: skip
def test_an_address_in_an_encoded_name_loses_its_domain(name: str) -> None:
    told = hidden(mail(author=f"{name} <list@example.net>", subject=name))

    fields = part_of(told).fields
    for field in (fields["from"], fields["subject"]):
        assert "example" not in unfolded(field)
        assert "eve@" in unfolded(field)
    assert hidden(told) == told


HTML = "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n"


@pytest.mark.parametrize(
    "written",
    [
        "eve&#64;example.org", "eve&#064;example.org", "eve&#x40;example.org",
        "eve&#X40;EXAMPLE.org", "eve&commat;example.org", '<a href="mailto:eve%40example.org">',
        "ev&#101;&#64;&#101;xample.org", "ev&#101;@example.org", "eve@&#x65;xample&#46;org",
        "eve@example&#46;org", "https://example.net/options/eve%40example.org",
        "eve&#64example.org",
    ],
)  # fmt: skip
@pytest.mark.parametrize("way", ["7bit", "quoted-printable", "base64"])
def test_an_address_whose_signs_html_writes_in_another_way_loses_its_domain(
    written: str, way: str
) -> None:
    body = {
        "7bit": written, "base64": encodebytes(written.encode()).decode(),
        "quoted-printable": b2a_qp(written.encode()).decode(),
    }[way]  # fmt: skip
    raw = mail(body=f"{body}\n", more=f"{HTML}Content-Transfer-Encoding: {way}\n")

    told = hidden(raw)

    text = unescape(unquote(part_of(told).octets().decode()))
    assert "eve@" in text
    assert "example.org" not in text.lower()
    assert hidden(told) == told


def test_an_address_gets_the_same_however_it_is_written_and_the_list_keeps_its_own() -> None:
    body = "eve@example.org eve&#64;example.org eve%40example&#46;org talk&#64;lists.localhost"
    *domains, own = hidden(mail(body=body, more=HTML)).split(b"\n\n", 1)[1].split()

    assert len({domain[-24:] for domain in domains}) == 1
    assert own == b"talk&#64;lists.localhost"


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7"])
@pytest.mark.parametrize("way", ["base64", "quoted-printable"])
def test_an_address_in_wide_letters_loses_its_domain(charset: str, way: str) -> None:
    octets = "Ω: eve@example.org".encode(charset)
    body = encodebytes(octets) if way == "base64" else b2a_qp(octets)
    more = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {way}\n"
    raw = mail(more=f"MIME-Version: 1.0\n{more}").split(b"\n\n")[0] + b"\n\n" + body + b"\n"

    told = hidden(raw)

    text = part_of(told).octets().decode(charset, "replace")
    assert "Ω: eve@" in text
    assert "example.org" not in text
    assert hidden(told) == told


SIGNS = [
    "@", "&#64;", "&commat;", "%40", "&#46;", "&#x2e;", "&#0000", "&#97;", "&", "#", ";", ".", "-",
    "a", "b.org", " ", "%", "=", "\n", "0", "invalid",
]  # fmt: skip


@given(some.lists(some.sampled_from(SIGNS), max_size=40))
def test_hiding_twice_is_once_however_signs_are_written(signs: list[str]) -> None:
    once = hidden(mail(body="".join(signs), more=HTML))

    assert hidden(once) == once


@given(some.binary(max_size=300))
def test_hiding_never_raises_and_twice_is_once(body: bytes) -> None:
    once = hidden(mail() + body + b" ann@example.org\n")

    assert hidden(once) == once


@given(some.binary(max_size=300))
def test_mail_without_addresses_stays_byte_by_byte(body: bytes) -> None:
    raw = b"Subject: x\n\n" + body.replace(b"@", b"")

    assert hidden(raw) == raw


def shown(mailing_list: MailingList) -> list[tuple[str, str, str, str]]:
    """Say what the pages of an archive show of each message."""
    messages = Message.objects.filter(mailing_list=mailing_list).order_by("number")
    return [
        (
            m.permalink,
            m.thread.permalink,
            m.author.name,
            parsed(queries.raw_of(m.content), latest=LATEST).text,
        )
        for m in messages.select_related("thread", "author", "content")
    ]


@pytest.mark.django_db
def test_what_visitors_take_along_makes_the_same_pages_taken_in_again(
    client: Client, tmp_path: Path
) -> None:
    letters = [
        mail("a@x.org", "Ask eve@example.org"), in_base64("Or bo@example.org"),
        in_quoted_printable("Caf=C3=A9: eve@example.org"),
        mail("d@x.org", "Yes.", answers="a@x.org", author="Other Ann <ann@example.net>", day=4),
    ]  # fmt: skip
    mailing_list, other = a_list(), a_list()
    archived(mailing_list, letters)

    answer = client.get(f"/lists/{mailing_list.name}/archive.mbox")

    assert isinstance(answer, StreamingHttpResponse)
    path = tmp_path / "taken.mbox"
    path.write_bytes(answer.getvalue())
    assert b"@example." not in path.read_bytes()
    actions.import_archive(other, actions.source_at(path), at=LATEST, children=1)
    assert shown(other) == shown(mailing_list)
    assert Message.objects.filter(mailing_list=other).values("author").distinct().count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["archive.mbox", "raw/", "thread.mbox"])
def test_people_get_every_byte_and_visitors_no_address(client: Client, end: str) -> None:
    raw = mail(body="Write to eve@example.org")
    [only] = archived(a_list(), [raw])
    place = {"raw/": only.get_absolute_url(), "thread.mbox": only.thread.get_absolute_url()}
    address = place.get(end, f"/lists/{only.mailing_list.name}/") + end

    answer = client.get(address)
    assert b"@example.org\n" not in answer.getvalue().replace(b"<one@example.org>", b"")
    assert "Cookie" in answer.headers["Vary"]
    client.force_login(a_person())
    assert raw in client.get(address).getvalue()
