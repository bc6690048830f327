"""Couriers while the mail server, or one of them, is in trouble."""

import asyncio
import socket
import subprocess
import sys
import time
from contextlib import closing

from intersession.lists.formats.courier.messages import Deferred, Down, Sent, Server
from intersession.lists.formats.courier.talking import Talk
from tests.lists.servers import a_server
from tests.lists.test_courier import couriers, posted, readers, settled


def test_a_greeting_that_comes_before_anybody_asks_for_it_is_heard() -> None:
    async def greet() -> list[str]:
        loop = asyncio.get_running_loop()
        theirs, ours = socket.socketpair()
        with theirs:
            theirs.setblocking(False)
            theirs.sendall(b"220 early\r\n")
            talk = Talk()
            await loop.create_connection(lambda: talk, sock=ours)
            await asyncio.sleep(0.05)
            opening = loop.create_task(talk.open(Server("127.0.0.1", 25)))
            assert (await loop.sock_recv(theirs, 1_000)).startswith(b"EHLO")
            await loop.sock_sendall(theirs, b"250-test\r\n250 PIPELINING\r\n")
            await asyncio.wait_for(opening, 10)
            talk.leave()
            return list(talk.features)

    assert asyncio.run(greet()) == ["PIPELINING"]


def test_a_courier_that_finds_no_way_leaves_its_copies_to_the_others() -> None:
    welcomed = []

    def answer(command: str, line: str) -> str | None:
        if command == "CONNECT":
            welcomed.append(line)
            return None if len(welcomed) == 1 else "421 one connection is enough"
        return None

    with a_server(answer) as server, closing(couriers(server, 2, connections=1)) as by:
        posted(by, readers(*range(40)))
        events = settled(by)

    assert sorted(e.number for e in events if isinstance(e, Sent)) == [*range(40)]
    assert [e for e in events if isinstance(e, Down)] == []


def test_couriers_that_were_ended_have_forgotten_what_they_had() -> None:
    with a_server() as server, closing(couriers(server, 2)) as by:
        posted(by, readers(*range(300)))
        by.close()
        assert by.waiting == 0
        by.start()
        posted(by, readers(500))
        events = settled(by)

    assert [e.number for e in events if isinstance(e, Sent)] == [500]


def test_all_copies_come_back_once_when_no_courier_finds_a_way() -> None:
    with a_server(lambda c, _: "421 not now" if c == "CONNECT" else None) as server:
        by = couriers(server, 2)
        posted(by, readers(*range(300)))
        (event,) = settled(by)
        by.close()

    assert isinstance(event, Down)
    assert sorted(event.unsent) == [(7, n) for n in range(300)]


def test_a_server_that_ends_every_connection_is_down() -> None:
    with (
        a_server(lambda c, _: "" if c == "MAIL" else None) as server,
        closing(couriers(server, connections=2)) as by,
    ):
        posted(by, readers(*range(200)))
        events = settled(by)

    back = [key for event in events if isinstance(event, Down) for key in event.unsent]
    assert len(back) > 150
    assert server.connections < 40


def test_a_server_that_ends_before_it_greets_is_down_at_once() -> None:
    with a_server(lambda c, _: "" if c == "CONNECT" else None) as server:
        by = couriers(server, 2)
        posted(by, readers(*range(100)))
        since = time.monotonic()
        (event,) = settled(by)
        by.close()

    assert event == Down("The mail server closed the connection.", event.unsent)
    assert len(event.unsent) == 100
    assert time.monotonic() - since < 15
    assert server.connections <= 8


def test_a_copy_that_cannot_be_made_does_not_stop_the_others() -> None:
    with a_server() as server, closing(couriers(server)) as by:
        posted(by, [*readers(1), readers(3)[0]._replace(one_click_url="http:x")])
        by._children[0].ask("copies", [(99, 7, readers(4)[0])])
        posted(by, readers(5))
        events = settled(by)

    assert sorted((type(e).__name__, e.number) for e in events if not isinstance(e, Down)) == [
        ("Deferred", 4), ("Refused", 3), ("Sent", 1), ("Sent", 5),
    ]  # fmt: skip


def test_a_reader_beside_too_many_others_is_taken_at_the_second_try() -> None:
    """To RCPT 552 says that it may come again, elsewhere it is for good (RFC 5321, 4.5.3.1.10)."""
    met: list[str] = []

    def answer(command: str, line: str) -> str | None:
        if command != "RCPT" or "reader2@" not in line:
            return None
        met.append(line)
        return "552 5.5.3 too many recipients" if len(met) == 1 else None

    with a_server(answer) as server, closing(couriers(server, connections=1)) as by:
        posted(by, readers(1, 2, 3))
        first = settled(by)
        before = len(server.contents)
        put_off = [e.number for e in first if isinstance(e, Deferred)]
        posted(by, readers(*put_off))  # as a worker does after the pause
        second = settled(by)

    assert (put_off, before) == ([2], 2)
    assert [(type(e), e.number) for e in second if not isinstance(e, Down)] == [(Sent, 2)]
    assert (len(met), len(server.contents), server.connections) == (2, 3, 1)


def test_what_a_server_says_is_told_without_signs_that_no_text_has() -> None:
    def answer(command: str, line: str) -> str | None:
        return "450 4.2.0 try\0later\x1b[2J" if command == "RCPT" else None

    with a_server(answer) as server, closing(couriers(server, 1)) as by:
        posted(by, readers(1))
        (event,) = settled(by)

    assert isinstance(event, Deferred)
    assert event.words == "4.2.0 trylater[2J"


def test_a_child_that_may_not_lower_its_priority_works_at_the_usual_one() -> None:
    code = (
        "import os\n"
        "def refused(by):\n    raise PermissionError(1, 'Operation not permitted')\n"
        "os.nice = refused\n"  # as a unit of systemd does that allows no @resources
        "from intersession.lists.formats.courier.child import main\nmain()\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], input=b"", capture_output=True, check=False
    )

    assert (ended.returncode, ended.stderr) == (0, b"")
