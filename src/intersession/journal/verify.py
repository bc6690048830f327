"""
Check an export of the record against checkpoints that were published or mailed.

This file needs nothing but Python's standard library: no database, no Django, none of our code.
Take it, an export and a checkpoint you once received, and run it:

    python verify.py --export record.jsonl --checkpoint checkpoint.json

How it is built stands in docs/operating/record.md. In short: every entry is hashed, and its hash
is linked to the one before. `digest = SHA-256(body)` over the body as JSON with sorted keys, no
blanks, UTF-8; a private entry shows its digest alone. `hash = SHA-256(previous + digest)` over the
raw bytes of both; the first `previous` is 64 zeros. A checkpoint names a count and the hash there.

It ends with 0 if all holds, 1 if the record was changed, 2 if a file cannot be read as what it is
said to be.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

GENESIS = "0" * 64
LONGEST = 1 << 24
HOLDS, CHANGED, UNREADABLE = 0, 1, 2

_AS_WRITTEN = re.compile(
    rb'\{"body":(\{.*\}),"hash":"([0-9a-f]{64})","number":([0-9]{1,18}),'
    rb'"previous":"([0-9a-f]{64})"\}\r?\n?'
)
_HEX = re.compile("[0-9a-f]{64}")
_OBJECT = re.compile(r"\{[^{}]*\}")


class Unreadable(Exception):
    """A file that is not what it is said to be."""


@dataclass(frozen=True)
class Checkpoint:
    """The record had so many entries, and this was the hash of the last."""

    count: int
    hash: str
    at: str = ""


@dataclass(frozen=True)
class Report:
    """What was found: `problem` is empty or names what is wrong, first at `entry`."""

    sentence: str
    problem: str = ""
    entry: int | None = None
    entries: int = 0
    head: str = GENESIS
    checkpoints: int = 0


@dataclass(frozen=True)
class Line:
    """One entry as exported."""

    number: int
    previous: str
    hash: str
    digest: bytes


def read_line(raw: bytes) -> Line:
    """Read one line; raises ValueError, KeyError or TypeError where it is no entry."""
    if found := _AS_WRITTEN.fullmatch(raw):
        body, hashed, number, previous = found.groups()
        return Line(int(number), previous.decode(), hashed.decode(), sha256(body).digest())
    entry = json.loads(raw)
    if "body" in entry:
        body = json.dumps(
            entry["body"], sort_keys=True, separators=(",", ":"), ensure_ascii=False
        ).encode()
        digest = sha256(body).digest()
    elif _HEX.fullmatch(entry["body_hash"]):  # as it is written, and in no other letters
        digest = bytes.fromhex(entry["body_hash"])
    else:
        raise ValueError("no hash of a body")
    if not (_HEX.fullmatch(entry["hash"]) and _HEX.fullmatch(entry["previous"])):
        raise ValueError("no hash")
    return Line(int(entry["number"]), entry["previous"], entry["hash"], digest)


def read_checkpoints(text: str) -> list[Checkpoint]:
    """Read the checkpoints of a file or of a saved letter: whatever in it is one, as JSON."""
    found = []
    for piece in _OBJECT.findall(text):
        try:
            given = json.loads(piece)
            point = Checkpoint(int(given["count"]), str(given["hash"]), str(given.get("at", "")))
        except (ValueError, KeyError, TypeError):
            continue
        if _HEX.fullmatch(point.hash) and point.count >= 0:
            found.append(point)
    return found


class Chain:
    """The chain as far as it has been followed, and the checkpoints still ahead."""

    def __init__(self, checkpoints: Sequence[Checkpoint]) -> None:
        self.points = sorted(checkpoints, key=lambda point: point.count)
        self.count, self.head, self.held = 0, GENESIS, 0

    def report(self, sentence: str, problem: str = "", entry: int | None = None) -> Report:
        """Say what was found, and how far the chain was followed until then."""
        return Report(sentence, problem, entry, self.count, self.head, self.held)

    def take(self, raw: bytes) -> Report | None:
        """Follow one more line; a report says what is wrong with it. Empty lines say nothing."""
        if not raw.strip():
            return None
        number = self.count + 1
        line = _read(raw, number)
        if line is None:
            words = f"Entry {number} cannot be read: its line is no entry of a record."
            return self.report(words, "unreadable", number)
        if trouble := _trouble(line, number, self.head):
            return self.report(*trouble, number)
        self.count, self.head = number, line.hash
        return self.meet()

    def meet(self) -> Report | None:
        """Compare with the checkpoints that name this count."""
        while self.held < len(self.points) and self.points[self.held].count == self.count:
            point = self.points[self.held]
            if point.hash != self.head:
                first = self.points[self.held - 1].count + 1 if self.held else 1
                return self.report(_rewritten(point, first), "rewritten", first)
            self.held += 1
        return None

    def end(self) -> Report:
        """Say what is missing at the end, or that all holds."""
        if self.held < len(self.points):
            return self.report(_cut(self.points[self.held], self.count), "cut", self.count + 1)
        return self.report(_holds(self.count, self.points))


def verify(lines: Iterable[bytes], checkpoints: Sequence[Checkpoint]) -> Report:
    """
    Follow the chain from its first entry and stop at the first thing that is wrong.

    Raises Unreadable where the lines are no export of a record at all.
    """
    chain = Chain(checkpoints)
    if found := chain.meet():
        return found
    for raw in lines:
        if found := chain.take(raw):
            return found
    if chain.count == 0:
        raise Unreadable("The export is empty: there is no entry in it.")
    return chain.end()


def _read(raw: bytes, number: int) -> Line | None:
    """Read a line; None where it is none, but a first line that is none is no export at all."""
    try:
        return read_line(raw)
    except (ValueError, KeyError, TypeError, RecursionError):
        if number == 1:
            raise Unreadable("This is no export of a record: its first line is no entry.") from None
        return None


def _trouble(line: Line, number: int, head: str) -> tuple[str, str] | None:
    """Say what is wrong with a line, if anything, and its one word."""
    if line.number != number:
        return f"Entry {number} is missing: in its place stands entry {line.number}.", "missing"
    if line.previous != head:
        return f"Entry {number} does not follow from the one before: the link is broken.", "broken"
    if sha256(bytes.fromhex(head) + line.digest).hexdigest() != line.hash:
        return f"Entry {number} was altered: its text does not match its hash.", "altered"
    return None


def _rewritten(point: Checkpoint, first: int) -> str:
    return (
        f"The chain was rewritten: the checkpoint{_when(point)} names another hash for entry "
        f"{point.count}. The first entry that differs lies between {first} and {point.count}."
    )


def _cut(point: Checkpoint, count: int) -> str:
    return (
        f"The end was cut off: the checkpoint{_when(point)} counts {point.count} entries, and the "
        f"export ends with entry {count}. The first one missing is entry {count + 1}."
    )


def _holds(count: int, points: Sequence[Checkpoint]) -> str:
    words = f"The record holds: {count} entries, each linked to the one before"
    if not points:
        return f"{words}. No checkpoint was given, so a chain rewritten as a whole would not show."
    witnessed = points[-1].count
    words += f"; {len(points)} of {len(points)} checkpoints agree."
    after = count - witnessed
    return (
        f"{words} The last {after} entries are younger than the last checkpoint."
        if after
        else words
    )


def _when(point: Checkpoint) -> str:
    return f" of {point.at}" if point.at else ""


def _lines(path: str) -> Iterable[bytes]:
    with sys.stdin.buffer if path == "-" else Path(path).open("rb") as file:
        yield from iter(lambda: file.readline(LONGEST), b"")


def _points(paths: Sequence[str]) -> list[Checkpoint]:
    points: set[Checkpoint] = set()
    for path in paths:
        with Path(path).open(encoding="utf-8", errors="replace") as file:
            found = read_checkpoints(file.read(LONGEST))
        if not found:
            raise Unreadable(f"There is no checkpoint in {path}.")
        points.update(found)
    return list(points)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Name the options; the command `intersession verify-journal` has the same."""
    parser.add_argument(
        "--export", required=True, metavar="FILE", help="the record as JSON Lines, - for the input"
    )
    parser.add_argument(
        "--checkpoint", action="append", default=[], metavar="FILE",
        help="a checkpoint, many of them one a line, or a saved letter; may be given again",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="answer as one line of JSON")


def answer(export: str, checkpoints: Sequence[str]) -> tuple[int, Report]:
    """Check the files and return the exit code with the report."""
    if any(Path(path).resolve() == Path(export).resolve() for path in checkpoints):
        words = "A record cannot vouch for itself: give a checkpoint that you kept apart from it."
        return UNREADABLE, Report(words, "no checkpoint")
    try:
        report = verify(_lines(export), _points(checkpoints))
    except Unreadable as problem:
        return UNREADABLE, Report(str(problem), "no export")
    except OSError as problem:
        words = f"{problem.filename} cannot be opened: {problem.strerror}."
        return UNREADABLE, Report(words, "no file")
    return CHANGED if report.problem else HOLDS, report


def say(report: Report, *, as_json: bool) -> str:
    """Write the report as a sentence, or as JSON for a script."""
    fields = {"holds": not report.problem, **asdict(report)}
    return json.dumps(fields) if as_json else report.sentence


def main(arguments: Sequence[str] | None = None) -> int:
    """Check what the command line names, say so, and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="verify-journal", description="Check an export of the record against checkpoints."
    )
    add_arguments(parser)
    given = parser.parse_args(arguments)
    code, report = answer(given.export, given.checkpoint)
    sys.stdout.write(say(report, as_json=given.json) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
