"""Two workers at once, in processes of their own, on one queue and one outbox."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest

from intersession.jobs.actions import enqueue
from intersession.jobs.models import Run, Worker
from intersession.kit import clock
from intersession.outbox.models import Letter
from tests.jobs import tasks
from tests.outbox.mailserver import mail_server
from tests.processes import PATIENCE, shared_database, start

MANY = 30
WORKER = ["-m", "intersession.site.cli", "worker", "--pause", "0.05"]


def a_letter(number: int) -> Letter:
    now = clock.now()
    return Letter.objects.create(
        to=f"reader-{number}@example.org", kind="tests.hello", subject="Hello", body="Good day.\n",
        reason="You asked.", written_at=now, due_at=now,
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_every_task_and_send_every_letter_once(tmp_path: Path) -> None:
    path = tmp_path / "marks"
    with mail_server() as world, shared_database(tmp_path) as database:
        mail = {"INTERSESSION_MAIL_HOST": "127.0.0.1", "INTERSESSION_MAIL_PORT": str(world.port)}
        workers = [start(database, *WORKER, **mail) for _n in range(2)]
        until = monotonic() + PATIENCE
        while Worker.objects.count() < 2:
            assert monotonic() < until
            sleep(0.1)
        for number in range(MANY):
            enqueue(tasks.slow, str(path), f"{number}", 0.01, at=clock.now())
            a_letter(number)
        while Run.objects.filter(finished_at=None).exists() or len(world.taken) < MANY:
            assert monotonic() < until
            sleep(0.1)
        for worker in workers:
            worker.terminate()
        assert [worker.wait(PATIENCE) for worker in workers] == [0, 0]

        assert not Letter.objects.filter(sent_at=None).exists()
    assert Counter(path.read_text().splitlines()).most_common(1)[0][1] == 1
    assert Counter(mail["To"] for mail in world.taken) == Counter(
        f"reader-{number}@example.org" for number in range(MANY)
    )


@pytest.mark.django_db(transaction=True)
def test_letters_in_the_hand_of_a_killed_worker_are_sent_by_the_next(tmp_path: Path) -> None:
    with mail_server() as world, shared_database(tmp_path) as database:
        mail = {"INTERSESSION_MAIL_HOST": "127.0.0.1", "INTERSESSION_MAIL_PORT": str(world.port)}
        for number in range(MANY):
            a_letter(number)
        worker = start(database, *WORKER, **mail)
        until = monotonic() + PATIENCE
        while len(world.taken) < 3:
            assert monotonic() < until
            sleep(0.001)
        worker.kill()
        worker.wait()
        Letter.objects.exclude(hold="").update(held_until=clock.steady() - timedelta(seconds=1))

        assert start(database, *WORKER, "--until-idle", **mail).wait(PATIENCE) == 0

        assert not Letter.objects.filter(sent_at=None).exists()
    times = Counter(mail["To"] for mail in world.taken)
    assert len(times) == MANY
    assert sum(times.values()) <= MANY + 1
