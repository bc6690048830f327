"""Real mail in digests, and real mail that is neither a bounce nor a command."""

import gzip
import re
from datetime import timedelta

import pytest

from intersession.lists.formats.bounces import read_bounce
from intersession.lists.rules.addresses import Kind
from intersession.lists.rules.commanding import commands_in
from intersession.lists.rules.digesting import Enclosed, Entry, Style, digest
from intersession.lists.rules.mime import leaves, part_of
from intersession.lists.rules.parsing import Parsed, parsed
from tests.lists.mail import LATEST
from tests.lists.test_digests import EDITION, WORDS
from tests.shared_data import shared


@pytest.fixture(scope="module")
def real() -> list[tuple[bytes, Parsed]]:
    box = gzip.decompress(shared("data/mail/usrp-users-sample.mbox.gz").read_bytes())
    raws = [raw for raw in re.split(rb"(?m)^From [^\n]*\d{4}\n", box) if raw][:200]
    return [(raw, parsed(raw, latest=LATEST)) for raw in raws]


def _written(real: list[tuple[bytes, Parsed]], style: Style) -> bytes:
    entries = [
        Entry(
            place, one.subject, one.name, LATEST - timedelta(hours=1), f"https://x.example/{place}"
        )
        for place, (_, one) in enumerate(real)
    ]
    chunks = digest(
        EDITION,
        entries,
        lambda entry: Enclosed(real[entry.number][0], real[entry.number][1].text),
        style=style,
        words=WORDS,
    )
    return b"".join(chunks)


def test_real_posts_say_in_a_digest_what_they_said(real: list[tuple[bytes, Parsed]]) -> None:
    parts = leaves(part_of(_written(real, Style.MIME)))
    read = [parsed(one.body, latest=LATEST) for one in parts if one.kind == "message/rfc822"]

    assert len(read) == len(real)
    for there, (_, here) in zip(read, real, strict=True):
        assert there.message_id == here.message_id
        assert (there.subject, there.name, there.address) == (here.subject, here.name, here.address)
        assert there.text.split() == here.text.split()
        assert [one.sha256 for one in there.files if "text" not in one.type] == [
            one.sha256 for one in here.files if "text" not in one.type
        ]


def test_real_posts_are_all_in_a_plain_digest(real: list[tuple[bytes, Parsed]]) -> None:
    written = _written(real, Style.PLAIN).decode()

    assert written.count("\r\n\r\n" + "-" * 30 + "\r\n\r\n") == len(real)
    assert max(map(len, written.split("\r\n"))) <= 998


def test_real_posts_are_no_bounces_and_give_no_commands(real: list[tuple[bytes, Parsed]]) -> None:
    assert [read_bounce(raw) for raw, _ in real] == [None] * len(real)
    assert [commands_in(Kind.REQUEST, raw) for raw, _ in real] == [()] * len(real)
