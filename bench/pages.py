"""How fast pages are, over one connection that is kept, as one reader asks; then two at once."""

from http.client import HTTPConnection
from statistics import quantiles
from threading import Thread
from time import perf_counter
from urllib.parse import quote, urlsplit

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


def two_readers(instance: Instance, paths: list[str], book: Book, size: str, runs: int) -> None:
    """Measure how many thread pages a second two connections get."""
    for _ in range(runs):
        readers = [Thread(target=times_of, args=[instance, paths, 400]) for _ in range(2)]
        begin = perf_counter()
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        rate = 2 * (400 + len(paths)) / (perf_counter() - begin)
        book.add(size, "thread pages, two connections, two workers", "requests/s", "≥ 300", rate)
