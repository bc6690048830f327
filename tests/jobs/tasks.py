"""Tasks for tests. They mark a file, where a killed process cannot take it back."""

from pathlib import Path
from time import sleep

from django.tasks import TaskContext, task

from intersession.jobs import actions


def mark(path: str, words: str) -> None:
    with Path(path).open("a") as file:
        file.write(f"{words}\n")


@task
def add(a: int, b: int) -> int:
    return a + b


@task
def fail(words: str) -> None:
    raise ValueError(words)


@task
def return_a_thing() -> object:
    return object()


@task(takes_context=True)
def count(context: TaskContext, total: int) -> None:
    run = context.task_result.id
    for done in range(total + 1):
        actions.advance(run, done=done, total=total, words=f"{done} of {total} counted.")


@task
def slow(path: str, name: str, seconds: float) -> None:
    mark(path, f"begin {name}")
    sleep(seconds)
    mark(path, f"end {name}")
