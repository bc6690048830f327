"""How fast pages are, over one connection that is kept, as one reader asks; then two at once."""

import subprocess
import sys
from contextlib import ExitStack
from http.client import HTTPConnection
from statistics import quantiles
from time import perf_counter
from urllib.parse import quote, urlsplit

from bench import reader
from bench.figures import Book
from tests.journeys.instance import Instance

QUERIES = [
    "kw0", "kw5", "kw40", "kw300", "kw2500", "kw0 kw1", "kw3 kw7", "that", "with from",
    "they would", '"have I"', '"the of"', "der nicht", "Ann", "Jürgen", "Élodie", "draft pdf",
    "投票", "это", "kw199999",
]  # fmt: skip
GOALS = {
    "message": "≤ 4", "thread of 4–10": "≤ 5", "long thread, first part": "≤ 8", "month": "≤ 9",
    "list": "≤ 9", "coalition": "≤ 15", "output": "≤ 15",
}  # fmt: skip
ASKED = 200
"""How often each kind of page is asked for in one run, after it has been asked for once."""
ASKED_BY_TWO = 1000
"""How many pages each of two readers asks for in one run."""


def ask(connection: HTTPConnection, path: str) -> tuple[float, int, bytes]:
    """Ask for a page: milliseconds to its last byte, its status, and its text."""
    begin = perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    text = answer.read()
    return (perf_counter() - begin) * 1000, answer.status, text


def times_of(instance: Instance, paths: list[str], asked: int) -> list[float]:
    """Ask for pages in turn, warm; milliseconds of each. Raises RuntimeError if one is missing."""
    connection = HTTPConnection(urlsplit(instance.url).netloc, timeout=60)
    for path in paths:
        _, status, _ = ask(connection, path)
        if status != 200:
            raise RuntimeError(f"{path} answers {status}")
    times = [ask(connection, paths[n % len(paths)])[0] for n in range(asked)]
    connection.close()
    return times


def one_reader(
    instance: Instance, pages: dict[str, list[str]], book: Book, size: str, runs: int
) -> None:
    """Measure each kind of page, one run after the other, so that all meet the same weather."""
    for _ in range(runs):
        for name, paths in pages.items():
            if not paths:
                continue
            whole = name.endswith("whole")
            label = "thread of 400 whole (nearest there is)" if whole else f"page: {name}"
            goal = "≤ 40" if whole else GOALS.get(name, "")
            cuts = quantiles(times_of(instance, paths, 30 if whole else ASKED), n=20)
            book.add(size, f"{label}, p50", "ms", goal, cuts[9])
            book.add(size, f"{label}, p95", "ms", "", cuts[18])


def searching(instance: Instance, book: Book, size: str, runs: int) -> None:
    """Measure the twenty queries, newest first and best match."""
    for words, extra, goals in (
        ("search, newest first", "", ("≤ 8", "≤ 25")),
        ("search, best match", "&order=best", ("", "")),
    ):
        paths = [f"/search/?q={quote(query)}{extra}" for query in QUERIES]
        for _ in range(runs):
            cuts = quantiles(times_of(instance, paths, len(paths) * 5), n=20)
            book.add(size, f"{words}, p50", "ms", goals[0], cuts[9])
            book.add(size, f"{words}, p95", "ms", goals[1], cuts[18])


def _go(child: subprocess.Popen[str]) -> None:
    if child.stdin is not None:
        child.stdin.write("go\n")
        child.stdin.flush()


def _line_of(child: subprocess.Popen[str]) -> str:
    return child.stdout.readline().strip() if child.stdout is not None else ""


def two_readers(instance: Instance, paths: list[str], book: Book, size: str, runs: int) -> None:
    """
    Measure how many thread pages a second two connections get, each from a process of its own.

    Which worker a connection comes to is the kernel's choice: in half the runs one has both.
    """
    host, port = urlsplit(instance.url).netloc.split(":")
    command = [sys.executable, "-I", "-S", reader.__file__, host, port, str(ASKED_BY_TWO), *paths]
    for _ in range(runs):
        with ExitStack() as stack:
            readers = [
                stack.enter_context(
                    subprocess.Popen(
                        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
                    )
                )
                for _ in range(2)
            ]
            if [_line_of(one) for one in readers] != ["warm", "warm"]:
                raise RuntimeError("A reader was not answered.")
            begin = perf_counter()
            for one in readers:
                _go(one)
            for one in readers:
                float(_line_of(one))
            rate = 2 * ASKED_BY_TWO / (perf_counter() - begin)
        book.add(size, "thread pages, two lean readers, two workers", "requests/s", "≥ 300", rate)
