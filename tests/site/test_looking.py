"""The process that looks into mails: it ends with the listener, and a listener outlives it."""

import os
import signal
from pathlib import Path
from typing import Any

import psutil
import pytest

from intersession.lists.models import Message
from intersession.lists.testing import a_list
from intersession.site.carrying import resolver
from intersession.site.looking import Found, Reader, looked_into
from tests.faults.house import a_house, a_post, readers
from tests.lists.author import records, signed_as_usual
from tests.lists.zones import zones

RAW = (
    b"From: Ada <ada@example.org>\r\nSubject: Hello\r\nMessage-ID: <1@example.org>\r\n"
    b"Date: Sun, 1 Mar 2026 12:00:00 +0000\r\n\r\nHello.\r\n"
)
HOSTILE = (b"", b"\0" * 70_000, b"Content-Type: multipart/mixed; boundary=\xff\r\n\r\n--\xff")
"""Mails that no program wrote."""
THREADS = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
"""A listener has none yet when its child begins; whoever runs these tests may."""


def signs_of(found: Found) -> object:
    """Give what does not hang on the moment, which dates a mail that has no date of its own."""
    return found[0], found[1] and found[1].signs


def only_child_of(pid: int) -> psutil.Process:
    (child,) = psutil.Process(pid).children()
    return child


@THREADS
@pytest.mark.parametrize("raw", [RAW, *HOSTILE])
def test_it_finds_what_is_found_in_this_process(raw: bytes) -> None:
    asked = raw, "ada@example.org", ["talk@lists.example.org"]
    with Reader() as reader:
        found = reader.look(*asked)
        assert reader.pid != os.getpid()

    assert signs_of(found) == signs_of(looked_into(*asked))


@THREADS
def test_it_proves_who_wrote_a_signed_mail(settings: Any) -> None:
    raw = signed_as_usual(RAW.decode())
    with zones(records()) as (host, port):
        settings.DNS = [f"{host}:{port}"]
        resolver.cache_clear()
        with Reader() as reader:
            authentic, opened = reader.look(raw, "ada@example.org", ["talk@lists.example.org"])
        resolver.cache_clear()

    assert authentic.is_authenticated
    assert opened is not None
    assert opened.pressed.subject == "Hello"


@THREADS
def test_without_it_mails_are_looked_into_here() -> None:
    asked = RAW, "ada@example.org", ["talk@lists.example.org"]
    with Reader() as reader:
        assert reader.pid
        os.kill(reader.pid, signal.SIGKILL)

        found = [reader.look(*asked) for _ in range(9)]

    assert found == [looked_into(*asked)] * 9


@pytest.mark.django_db(transaction=True)
def test_a_listener_keeps_mail_after_its_reader_was_killed(tmp_path: Path) -> None:
    talk = a_list()
    readers(talk, 1)
    with a_house(tmp_path) as house:
        listener = house.listener()
        assert house.posted(a_post(talk, 1), talk.address) == [250]
        only_child_of(listener.pid).kill()

        assert house.posted(a_post(talk, 2), talk.address) == [250]
        assert Message.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM])
def test_it_ends_with_the_listener(tmp_path: Path, blow: signal.Signals) -> None:
    talk = a_list()
    with a_house(tmp_path) as house:
        listener = house.listener()
        assert house.posted(a_post(talk, 1), talk.address) == [250]
        child = only_child_of(listener.pid)

        listener.send_signal(blow)
        listener.wait(20)

        psutil.wait_procs([child], timeout=20)
        assert not child.is_running()


@pytest.mark.django_db(transaction=True)
def test_a_signal_to_all_of_a_listener_does_not_end_its_reader_first(tmp_path: Path) -> None:
    with a_house(tmp_path) as house:
        listener = house.listener()
        child = only_child_of(listener.pid)

        child.send_signal(signal.SIGTERM)
        child.send_signal(signal.SIGINT)

        assert house.posted(a_post(a_list(), 1), "nobody@lists.example.org") != [250]
        assert child.is_running()
        listener.terminate()
        assert listener.wait(20) == 0
