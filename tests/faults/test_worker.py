"""A worker that meets a fault of ours goes on with everything else."""

import logging
import sys
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any
from zlib import compress

import pytest

from intersession.lists.models import Content, Parcel
from intersession.lists.testing import a_list
from intersession.site.management.commands.worker import Worker
from tests.faults.house import a_house, a_post, readers, until

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_post_that_cannot_be_read_any_more_stops_no_other(tmp_path: Path) -> None:
    talk = a_list()
    members = readers(talk, 5)
    with a_house(tmp_path) as house:
        house.listener()
        assert house.posted(a_post(talk, 1), talk.address) == [250]
        Content.objects.update(raw=compress(b"")[:-3])
        house.worker()
        until(lambda: Parcel.objects.exclude(trouble="").exists(), "nobody noticed")

        assert house.posted(a_post(talk, 2), talk.address) == [250]
        until(lambda: len(house.sink.taken) == len(members), "the second post did not go out")

        assert Parcel.objects.exclude(trouble="").exclude(done_at=None).count() == 0
    assert {copy.message_id for copy in house.sink.taken} == {"2@example.org"}


def test_the_mail_thread_outlives_couriers_that_cannot_be_started(
    settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.MAIL_HOST = "127.0.0.1"
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    worker = Worker(lease=timedelta(seconds=30), pause=0.01)
    thread = Thread(target=worker.loop, args=[worker.carry])

    with caplog.at_level(logging.ERROR):
        thread.start()
        until(lambda: caplog.text.count("A fault of ours; going on.") > 1, "it did not try again")

    assert thread.is_alive()
    worker.stopping = True
    thread.join()
