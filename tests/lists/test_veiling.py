"""Mail for visitors: nobody's address, and the same archive for whoever takes it in."""

from base64 import encodebytes
from pathlib import Path

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
