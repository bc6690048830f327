"""Memory of a process and all its children: proportional set size, so that nothing counts twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

EVERY = 0.1
"""Seconds between two looks."""


def children_of() -> dict[int, list[int]]:
    """Return {parent: its children} of every process."""
    tree: dict[int, list[int]] = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        tree.setdefault(int(words[1]), []).append(int(place.parent.name))
    return tree


def of_one(pid: int) -> int:
    """Return the proportional set size of a process in bytes; 0 where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def of_tree(pid: int) -> int:
    """Return the proportional set size of a process and all that it started, in bytes."""
    tree, total, waiting = children_of(), 0, [pid]
    while waiting:
        one = waiting.pop()
        total += of_one(one)
        waiting += tree.get(one, [])
    return total


@contextmanager
def watched(pid: int) -> Iterator[list[int]]:
    """Look at a tree while the block runs; the list holds every size seen."""
    seen, enough = [0], Event()

    def look() -> None:
        while not enough.wait(EVERY):
            seen.append(of_tree(pid))

    thread = Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        enough.set()
        thread.join()
