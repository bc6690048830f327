from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from intersession.jobs import queries
from intersession.jobs.actions import advance, beat, enqueue, leave, prune, reap, work_once
from intersession.jobs.models import Run, Worker
from intersession.people.testing import NOON
from tests.jobs import tasks

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=2)
LEASE = timedelta(seconds=30)


def at_noon() -> Any:
    return NOON


def state(run: Run) -> str:
    return str(DBTaskResult.objects.get(pk=run.pk).status)


def test_a_task_is_done_and_its_answer_kept() -> None:
    run = enqueue(tasks.add, 2, 3, at=NOON)

    assert work_once("ada", now=at_noon)
    assert not work_once("ada", now=at_noon)

    row = DBTaskResult.objects.get(pk=run.pk)
    assert (row.status, row.return_value, row.worker_ids) == ("SUCCESSFUL", 5, ["ada"])
    assert Run.objects.get().finished_at == NOON


def test_a_task_put_in_by_django_alone_is_done_too() -> None:
    result = tasks.add.enqueue(2, 3)

    work_once("ada", now=at_noon)

    assert DBTaskResult.objects.get(pk=result.id).return_value == 5


def test_a_rollback_takes_the_task_out_again() -> None:
    with transaction.atomic():
        enqueue(tasks.add, 2, 3, at=NOON)
        transaction.set_rollback(True)

    assert not work_once("ada", now=at_noon)


def test_a_task_does_not_begin_before_its_time() -> None:
    enqueue(tasks.add, 2, 3, at=NOON, after=LATER)

    assert not work_once("ada", now=at_noon)
    assert work_once("ada", now=lambda: LATER)


def test_the_more_urgent_task_comes_first() -> None:
    enqueue(tasks.add, 1, 1, at=NOON)
    urgent = enqueue(tasks.add.using(priority=10), 2, 2, at=NOON)

    work_once("ada", now=at_noon)

    assert state(urgent) == "SUCCESSFUL"


def test_a_task_that_fails_is_tried_again_later_and_given_up_at_last() -> None:
    run = enqueue(tasks.fail, "no paper", at=NOON, tries=2)

    work_once("ada", now=at_noon)
    assert state(run) == "READY"
    assert not work_once("ada", now=at_noon)
    work_once("ada", now=lambda: LATER)

    run.refresh_from_db()
    assert (run.tries, run.trouble, run.finished_at) == (2, "ValueError: no paper", LATER)
    row = DBTaskResult.objects.get(pk=run.pk)
    assert row.status == "FAILED"
    assert "ValueError: no paper" in row.traceback


def test_an_answer_that_is_no_json_fails_its_task_and_not_the_worker() -> None:
    run = enqueue(tasks.return_a_thing, at=NOON, tries=1)

    assert work_once("ada", now=at_noon)

    assert state(run) == "FAILED"


def test_a_task_that_no_longer_exists_fails_with_its_reason() -> None:
    run = enqueue(tasks.add, 1, 2, at=NOON, tries=1)
    DBTaskResult.objects.update(task_path="tests.jobs.tasks.gone")

    work_once("ada", now=at_noon)

    run.refresh_from_db()
    assert "gone" in run.trouble


def test_under_one_key_one_task_waits() -> None:
    first = enqueue(tasks.add, 1, 1, at=NOON, key="sum")
    second = enqueue(tasks.add, 1, 1, at=NOON, key="sum")
    assert first == second

    work_once("ada", now=at_noon)

    assert enqueue(tasks.add, 1, 1, at=NOON, key="sum") != first


def test_the_database_keeps_a_key_single() -> None:
    run = enqueue(tasks.add, 1, 1, at=NOON, key="sum")
    other = enqueue(tasks.add, 1, 1, at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.filter(pk=other.pk).update(key=run.key)


def test_the_task_of_a_dead_worker_goes_back_to_the_queue() -> None:
    run = enqueue(tasks.add, 2, 3, at=NOON)
    beat("ada", steady=NOON, lease=LEASE)
    held_by("ada", run)

    assert reap(steady=NOON + LEASE, at=NOON) == 0
    assert reap(steady=NOON + 2 * LEASE, at=NOON) == 1

    assert not Worker.objects.exists()
    assert work_once("bob", now=at_noon)
    assert state(run) == "SUCCESSFUL"


def test_a_worker_that_left_holds_nothing() -> None:
    run = enqueue(tasks.add, 2, 3, at=NOON)
    beat("ada", steady=NOON, lease=LEASE)
    held_by("ada", run)

    leave("ada")

    assert reap(steady=NOON, at=NOON) == 1


def test_a_task_that_kills_every_worker_is_given_up() -> None:
    run = enqueue(tasks.add, 2, 3, at=NOON, tries=1)
    held_by("ada", run)

    reap(steady=NOON, at=NOON)

    run.refresh_from_db()
    assert (state(run), run.trouble) == ("FAILED", "The worker died in the middle of it.")


def test_a_worker_that_was_given_up_too_early_does_not_finish_what_another_does() -> None:
    run = enqueue(tasks.add, 2, 3, at=NOON)

    def now() -> Any:
        if state(run) == "RUNNING":
            held_by("bob", run)
        return NOON

    work_once("ada", now=now)

    run.refresh_from_db()
    assert (run.worker, run.finished_at, state(run)) == ("bob", None, "RUNNING")


def test_how_far_a_task_is_can_be_shown() -> None:
    run = enqueue(tasks.count, 3, at=NOON)
    assert queries.progress(run.pk) == queries.Progress("READY", 0, 0, "", "", due_at=NOON)

    work_once("ada", now=at_noon)

    shown = queries.Progress("SUCCESSFUL", 3, 3, "3 of 3 counted.", "", due_at=NOON)
    assert queries.progress(run.pk) == shown
    advance(run.pk, done=1, words="x" * 400)
    assert queries.progress("00000000-0000-0000-0000-000000000000") is None


def test_finished_tasks_are_forgotten_after_their_time_and_no_others() -> None:
    enqueue(tasks.add, 2, 3, at=NOON)
    work_once("ada", now=at_noon)
    waiting = enqueue(tasks.add, 2, 3, at=NOON)

    assert prune(before=NOON) == 0
    assert prune(before=LATER) == 1

    assert list(Run.objects.all()) == [waiting]
    assert DBTaskResult.objects.count() == 1


def held_by(worker: str, run: Run) -> None:
    """Put a task into the hand of a worker, as if it were in the middle of it."""
    Run.objects.filter(pk=run.pk).update(worker=worker, tries=1)
    DBTaskResult.objects.filter(pk=run.pk).update(status="RUNNING")
