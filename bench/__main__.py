"""`make bench`: measure, and print a table. Everything is made in a folder that is then removed."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from compileall import compile_dir
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from urllib.parse import urlsplit

from bench import importing, instances, pages, replies
from bench.figures import Book, machine, table
from bench.mail import peers
from bench.memory import of_tree
from intersession.journal import verify
from tests.journeys.instance import US, a_free_port, served, wait_for

REAL = instances.SHARED / "data" / "mail" / "usrp-users-sample.mbox.gz"
FIRST = "10,000"
"""The column that also holds what has no size."""
SYNTHETIC_GOALS = {10_000: "≥ 1,600 at 10,000, ≥ 1,200 at 100,000", 100_000: ""}


def say(words: str) -> None:
    """Tell on the error stream how far it is, so that the table alone goes out."""
    sys.stderr.write(f"{words}\n")


def at_size(count: int, folder: Path, book: Book, runs: int) -> None:
    """Import that many synthetic messages, and measure everything that may grow with them."""
    size = f"{count:,}"
    archive = instances.mailbox(count, folder)
    once = 1 if count > 10_000 else runs
    for run in range(once):
        say(f"{size}: import {run + 1} of {once}")
        instance = instances.make(folder / f"instance-{count}-{run}")
        importing.take_in(instance, archive, book, size, goal=SYNTHETIC_GOALS.get(count, ""))
    held = instances.inside(instance, "size")
    book.add(size, "database, per message", "kB", "", held["file"] / held["messages"] / 1000)
    book.add(size, "database / raw mail", "×", "≤ 1.8", held["file"] / held["raw"])
    entry = instances.inside(instance, "journal", "300")
    book.add(size, "journal entry, p50", "ms", "≤ 1", entry["p50"])
    book.add(size, "journal entry, p95", "ms", "", entry["p95"])
    book.add(size, "journal entry alone, with its commit, p50", "ms", "", entry["act"])
    with served(instance):
        found = instances.inside(instance, "addresses")
        say(f"{size}: pages")
        pages.one_reader(instance, found, book, size, runs)
        say(f"{size}: search")
        pages.searching(instance, book, size, runs)
    with served(instance, workers=2):
        pages.two_readers(instance, found["thread of 4–10"], book, size, runs)


def real_mail(folder: Path, book: Book, runs: int) -> None:
    """Import the real sample, where it lies beside the project."""
    if not REAL.exists():
        say("The real sample is not here (../shared/data/mail): left out.")
        return
    for run in range(runs):
        say(f"real mail: import {run + 1} of {runs}")
        instance = instances.make(folder / f"instance-real-{run}")
        importing.take_in(instance, REAL, book, FIRST, goal="≥ 700", what="real mail")
    held = instances.inside(instance, "size")
    book.add(FIRST, "real mail, database / raw mail", "×", "≤ 1.8", held["file"] / held["raw"])


def at_rest(folder: Path, book: Book) -> None:
    """Measure the memory of web, worker and listener when nobody asks for anything."""
    instance = instances.make(folder / "instance-rest")
    mail = str(a_free_port())
    commands = [["serve", "--port", str(urlsplit(instance.url).port)], ["worker"],
                ["listener", "--port", mail]]  # fmt: skip
    children = [subprocess.Popen([*US, *words], env=instance.environment) for words in commands]
    try:
        wait_for(instance.url, children[0])
        sleep(5)
        total = sum(of_tree(child.pid) for child in children)
        book.add(FIRST, "web, worker and listener at rest", "MB", "≤ 450", total / 1e6)
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait()


def verifying(folder: Path, book: Book, runs: int) -> None:
    """Measure how fast an exported record is verified."""
    instance = instances.make(folder / "instance-record")
    export, entries = folder / "record.jsonl", 100_000
    instances.inside(instance, "chain", str(entries), str(export))
    for _ in range(runs):
        begin = perf_counter()
        subprocess.run(
            [sys.executable, verify.__file__, "--export", str(export)],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        book.add(FIRST, "verify.py, with its start", "entries/s", "≥ 50,000",
                 entries / (perf_counter() - begin))  # fmt: skip


def mail(kind: str, book: Book, runs: int, *, is_quick: bool) -> None:
    """Measure mail on one kind of database, in a process of its own. Raises if a row failed."""
    words = [sys.executable, "-m", "bench.mail", kind, "--runs", str(runs)]
    path = os.pathsep.join([str(instances.ROOT / "src"), str(instances.ROOT)])
    with subprocess.Popen(
        [*words, "--quick"] if is_quick else words,
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path},
    ) as child:  # fmt: skip
        for line in child.stdout or ():
            told = json.loads(line)
            book.add(told["size"], told["name"], told["unit"], told["goal"], *told["values"])
    if child.returncode:
        raise RuntimeError("some rows failed")


def measured(steps: list[tuple[str, Callable[[], None]]]) -> list[str]:
    """Take every step; one that fails is named at the end, and the others still count."""
    failures = []
    for name, step in steps:
        try:
            step()
        except Exception as problem:
            failures.append(f"{name}: {problem}")
            say(failures[-1])
    return failures


def main() -> None:
    """Measure everything; exit code 1 where a step failed."""
    words = argparse.ArgumentParser(prog="make bench", description=__doc__)
    words.add_argument("--quick", action="store_true", help="10,000 messages only, one run")
    words.add_argument("--runs", type=int, default=3, help="how often what is quick is repeated")
    words.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    words.add_argument("--sizes", default="10000,100000", help="sizes of the synthetic archive")
    told = words.parse_args()
    runs = 1 if told.quick else told.runs
    sizes = [10_000] if told.quick else [int(size) for size in told.sizes.split(",")]
    os.chdir(instances.ROOT)
    compile_dir("src", quiet=1)  # as every installer does, so that starts are those of operators
    book = Book()
    with TemporaryDirectory(prefix="intersession-bench-") as name:
        folder = Path(name)
        failures = measured([
            *((f"{n:,}", lambda n=n: at_size(n, folder, book, runs)) for n in sizes),
            ("real mail", lambda: real_mail(folder, book, runs)),
            ("at rest", lambda: at_rest(folder, book)),
            ("verifying", lambda: verifying(folder, book, runs)),
            ("replies", lambda: replies.measure(book, FIRST, runs)),
            *(
                (f"mail, {kind}", lambda kind=kind: mail(kind, book, runs, is_quick=told.quick))
                for kind in ("sqlite", "postgres")
            ),
        ])  # fmt: skip
    columns = list(dict.fromkeys([FIRST, *(f"{size:,}" for size in sizes)]))
    if told.json:
        figures = [figure.as_json() for figure in book.figures.values()]
        sys.stdout.write(json.dumps({"machine": machine(), "figures": figures}) + "\n")
    else:
        sys.stdout.write(f"{table(book, columns)}\n\n{machine()}\n\n{peers.told()}\n")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
