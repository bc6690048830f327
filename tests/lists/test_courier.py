"""Couriers carry signed copies to a mail server, each after the mark of the last."""

import os
import signal
import time
from collections.abc import Callable, Iterable
from contextlib import closing

import dkim
import pytest

from intersession.lists.formats.courier.messages import (
    Deferred,
    Down,
    Event,
    Lost,
    Recipient,
    Refused,
    Sent,
    Server,
)
from intersession.lists.formats.courier.parent import Couriers
from intersession.lists.rules.composing.heads import Head
from intersession.lists.rules.composing.relaying import relayed
from intersession.lists.rules.composing.templates import Template
from tests.lists.keys import ARCHIVED, LEAVE, an_ed25519_signer, dns, signer, ways
from tests.lists.mail import mail
from tests.lists.servers import MailServer, a_server

AT = 1_795_000_000


def template(raw: bytes | None = None) -> Template:
    return relayed(raw or mail(), ways(), archived_at=ARCHIVED)


def readers(*numbers: int, address: str = "reader{}@example.net") -> list[Recipient]:
    return [
        Recipient(
            n, address.format(n), f"dc-bounces+tok{n}@lists.example.org",
            f"https://example.org/leave/{n}/",
        )
        for n in numbers
    ]  # fmt: skip


def couriers(server: MailServer, children: int = 1, **more: object) -> Couriers:
    made = Couriers(Server("127.0.0.1", server.port, **more), children=children)  # type: ignore[arg-type]
    made.start()
    return made


def posted(
    to: Couriers, recipients: Iterable[Recipient], made: Template | None = None, **more: bool
) -> None:
    letter = to.send(made or template(), signer(), leave_address=LEAVE, at=AT, **more)
    to.parcel(letter, 7, recipients)


def told(by: Couriers, until: Callable[[list[Event]], bool], *, marks: bool = True) -> list[Event]:
    """Take events, mark and acknowledge them, until there is what is waited for."""
    found: list[Event] = []
    for _ in range(400):
        news = by.events(0.05)
        found += news
        if marks:
            by.acknowledge(news)
        if until(found):
            return found
    raise AssertionError(f"Waited in vain; there was {found}.")


def settled(by: Couriers) -> list[Event]:
    return told(by, lambda found: by.waiting == 0)


def test_every_reader_gets_one_copy_of_its_own_signed() -> None:
    with a_server() as server, closing(couriers(server, children=2)) as by:
        posted(by, readers(*range(60)))
        events = settled(by)

    assert sorted((e.parcel, e.number) for e in events if isinstance(e, Sent)) == [
        (7, n) for n in range(60)
    ]
    urls = sorted(Head.of(one).values("List-Unsubscribe")[0] for one in server.contents)
    assert len(set(urls)) == 60
    assert all(dkim.verify(one, dnsfunc=dns) for one in server.contents)
    assert sorted(server.heard("MAIL"))[0].startswith(
        "MAIL FROM:<dc-bounces+tok0@lists.example.org>"
    )


def test_a_second_key_signs_beside_the_first_and_none_where_the_server_signs() -> None:
    second = an_ed25519_signer()

    with a_server() as server, closing(couriers(server)) as by:
        for signers in ((signer(), second), ()):
            letter = by.send(template(), *signers, leave_address=LEAVE, at=AT)
            by.parcel(letter, letter, readers(1))
            settled(by)

    both, none = (Head.of(one).values("DKIM-Signature") for one in server.contents)
    assert [one.split()[1] for one in both] == [b"a=rsa-sha256;", b"a=ed25519-sha256;"]
    assert none == ()
    assert dkim.verify(server.contents[0], dnsfunc=dns)


def test_connections_are_kept_and_no_more_are_opened_than_allowed() -> None:
    with a_server() as server, closing(couriers(server, connections=3)) as by:
        for start in (0, 100, 200):
            posted(by, readers(*range(start, start + 40)))
            settled(by)

    assert len(server.contents) == 120
    assert 1 <= server.connections <= 3


def test_the_next_copy_is_offered_early_and_its_content_waits_for_the_mark_of_the_last() -> None:
    with a_server() as server, closing(couriers(server, connections=1)) as by:
        posted(by, readers(1, 2))
        first = told(by, lambda found: any(isinstance(e, Sent) for e in found), marks=False)
        told(by, lambda _: len(server.heard("RCPT")) == 2, marks=False)
        assert by.events(0.3) == []
        before = len(server.heard("DATA"))
        by.acknowledge(first)
        settled(by)

    assert before == 1
    assert len(server.heard("DATA")) == 2


def test_without_pipelining_each_command_waits_for_its_answer() -> None:
    with a_server(features=("8BITMIME",)) as server, closing(couriers(server)) as by:
        posted(by, readers(*range(9)))
        settled(by)

    assert len(server.contents) == 9


@pytest.mark.parametrize(
    ("code", "kind"),
    [("550 5.1.1 nobody", Refused), ("450 4.2.1 later", Deferred), ("552 too many", Deferred)],
)
def test_one_reader_who_is_not_taken_does_not_stop_the_others(code: str, kind: type) -> None:
    def answer(command: str, line: str) -> str | None:
        return code if "reader2@" in line and command == "RCPT" else None

    with a_server(answer) as server, closing(couriers(server, connections=1)) as by:
        posted(by, readers(1, 2, 3))
        events = settled(by)

    number, words = int(code[:3]), code[4:]
    assert [e for e in events if not isinstance(e, Sent)] == [kind(7, 2, number, words, "RCPT")]
    assert sorted(e.number for e in events if isinstance(e, Sent)) == [1, 3]


@pytest.mark.parametrize("stage", ["MAIL", "DATA", "CONTENT"])
@pytest.mark.parametrize(("code", "kind"), [("552 5.7.1 no", Refused), ("451 4.3.0 no", Deferred)])
def test_what_the_own_server_refuses_names_its_stage(stage: str, code: str, kind: type) -> None:
    with (
        a_server(lambda c, _: code if c == stage else None) as server,
        closing(couriers(server, connections=1)) as by,
    ):
        posted(by, readers(1, 2))
        events = settled(by)

    assert {type(e) for e in events} == {kind}
    assert {e.stage for e in events} == {"MAIL" if stage == "MAIL" else "DATA"}  # type: ignore[union-attr]
    assert sorted(e.number for e in events) == [1, 2]  # type: ignore[union-attr]


def test_a_server_that_knows_them_is_told_of_octets_addresses_and_notices() -> None:
    with a_server() as server, closing(couriers(server)) as by:
        posted(by, readers(1, address="réader{}@example.net"), template("Été".encode() + mail()))
        settled(by)

    (line,) = server.heard("MAIL")
    assert " BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=dc-bounces+2Btok1" in line
    assert server.heard("RCPT") == ["RCPT TO:<réader1@example.net> NOTIFY=FAILURE"]


def test_an_address_beyond_ascii_is_refused_where_the_server_knows_none() -> None:
    with a_server(features=("PIPELINING",)) as server, closing(couriers(server)) as by:
        posted(by, [*readers(1, address="réader{}@example.net"), *readers(2)])
        events = settled(by)

    assert [e.code for e in events if isinstance(e, Refused)] == [553]
    assert server.heard("MAIL") == ["MAIL FROM:<dc-bounces+tok2@lists.example.org>"]


@pytest.mark.parametrize("address", ["a b@example.net", "a@example.net>\r\nDATA", "<>", "a\0@b"])
def test_no_address_smuggles_a_command(address: str) -> None:
    with a_server() as server, closing(couriers(server)) as by:
        posted(by, [Recipient(1, address, "dc-bounces@lists.example.org", "https://example.org/")])
        events = settled(by)

    assert [e.stage for e in events if isinstance(e, Refused)] == ["COPY"]
    assert server.heard("RCPT") == []


def test_dots_and_bare_line_ends_arrive_as_they_were_written() -> None:
    raw = b"From: a@example.net\n\n.\n..\n.dot\nend without a line end"

    with a_server() as server, closing(couriers(server)) as by:
        posted(by, readers(1), template(raw))
        settled(by)

    (copy,) = server.contents
    assert Head.of(copy).body == b".\r\n..\r\n.dot\r\nend without a line end\r\n"
    assert dkim.verify(copy, dnsfunc=dns)


def test_a_large_post_goes_out_whole() -> None:
    with a_server() as server, closing(couriers(server, children=2)) as by:
        posted(by, readers(1, 2, 3), template(mail(body="All work. " * 400_000)))
        settled(by)

    assert len(server.contents) == 3
    assert all(dkim.verify(one, dnsfunc=dns) for one in server.contents)


def test_a_server_that_is_gone_hands_everything_back() -> None:
    with a_server() as gone:
        pass
    with closing(couriers(gone, children=2)) as by:
        posted(by, readers(*range(500)))
        events = settled(by)

    back = [key for event in events if isinstance(event, Down) for key in event.unsent]
    assert sorted(back) == [(7, n) for n in range(500)]


def test_a_server_that_comes_back_is_found_again() -> None:
    is_up = False

    with (
        a_server(lambda c, _: None if is_up or c != "CONNECT" else "421 not now") as server,
        closing(couriers(server)) as by,
    ):
        posted(by, readers(1))
        assert [type(event) for event in settled(by)] == [Down]
        is_up = True
        posted(by, readers(2))
        assert [type(event) for event in settled(by)] == [Sent]


def test_a_server_that_hangs_up_between_copies_loses_none() -> None:
    with a_server() as server, closing(couriers(server, connections=2)) as by:
        posted(by, readers(*range(5)))
        settled(by)
        server.hang_up()
        posted(by, readers(*range(5, 10)))
        events = settled(by)

    assert sorted(e.number for e in events if isinstance(e, Sent)) == [5, 6, 7, 8, 9]


def test_a_copy_that_one_connection_gives_back_goes_out_by_another() -> None:
    given_back = []

    def answer(command: str, line: str) -> str | None:
        if command == "MAIL" and "tok9@" in line and not given_back:
            given_back.append(line)
            return "421 this connection closes"
        return None

    with a_server(answer) as server, closing(couriers(server, connections=2)) as by:
        posted(by, readers(1, 2))
        settled(by)
        posted(by, readers(9))
        events = settled(by)

    assert [e.number for e in events if isinstance(e, Sent)] == [9]


def test_a_copy_whose_answer_never_came_is_in_doubt() -> None:
    with (
        a_server(lambda c, _: "" if c == "CONTENT" else None) as server,
        closing(couriers(server, connections=1)) as by,
    ):
        posted(by, readers(1))
        events = settled(by)

    words = "The connection broke before the answer."
    assert events == [Deferred(7, 1, 0, words, "DATA")]


def test_a_server_that_always_closes_is_not_asked_for_ever() -> None:
    with (
        a_server(lambda c, _: "421 closing" if c == "MAIL" else None) as server,
        closing(couriers(server, connections=1)) as by,
    ):
        posted(by, readers(1))
        events = settled(by)

    assert [(e.code, e.stage) for e in events if isinstance(e, Deferred)] == [(421, "MAIL")]
    assert server.connections <= 5


def test_a_server_that_falls_silent_is_given_up() -> None:
    with (
        a_server(lambda c, _: time.sleep(5) if c == "RCPT" else None) as server,
        closing(couriers(server, connections=1, patience=0.2)) as by,
    ):
        posted(by, readers(1))
        events = settled(by)

    assert [type(event) for event in events] == [Deferred]


def test_a_child_that_dies_is_replaced_and_its_copies_are_named() -> None:
    with a_server() as server, closing(couriers(server, connections=1)) as by:
        posted(by, readers(1, 2, 3))
        sent = told(by, lambda found: any(isinstance(e, Sent) for e in found), marks=False)
        os.kill(by.pids[0], signal.SIGKILL)
        lost = told(by, lambda found: any(isinstance(e, Lost) for e in found), marks=False)
        posted(by, readers(4))
        events = settled(by)

    (event,) = (e for e in lost if isinstance(e, Lost))
    assert sorted(event.in_flight) == [(7, 2), (7, 3)]
    assert [e.number for e in (*sent, *events) if isinstance(e, Sent)] == [1, 4]
    assert len(server.contents) == 2


def test_a_child_ends_at_once_when_its_parent_is_gone() -> None:
    with a_server() as server:
        by = couriers(server)
        posted(by, readers(1))
        settled(by)
        child = by._children[0].process
        assert child.stdin
        child.stdin.close()

        assert child.wait(timeout=3) == 0
        by.close()


def test_a_key_that_is_none_is_refused_before_anything_is_sent() -> None:
    with a_server() as server, closing(couriers(server)) as by, pytest.raises(ValueError):  # noqa: PT011
        by.send(
            template(), type(signer())("example.org", "x", "no key"), leave_address=LEAVE, at=AT
        )
