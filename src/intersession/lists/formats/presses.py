"""Children that parse while the parent writes. They load no Django."""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from intersession.lists.formats.pressing import Pressed

type Batch = Sequence[tuple[bytes, str]]
type Made = list[Pressed | str]


class Presses:
    """A few children. One that dies is replaced, and the message that killed it is named."""

    def __init__(self, children: int = 2) -> None:
        self.children = children

    def __enter__(self) -> Self:
        self._idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        self._all: set[subprocess.Popen[bytes]] = set()
        for _ in range(self.children):
            self._idle.put(self._start())
        self._threads = ThreadPoolExecutor(self.children)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        for child in list(self._all):
            child.kill()
        self._threads.shutdown(cancel_futures=True)
        for child in list(self._all):
            self._end(child)

    def press(self, batch: Batch, latest: datetime) -> Future[Made]:
        """Give a batch to the next idle child."""
        return self._threads.submit(self._pressed, batch, latest)

    def _pressed(self, batch: Batch, latest: datetime) -> Made:
        child = self._idle.get()
        try:
            made = _ask(child, batch, latest)
        except (OSError, EOFError, pickle.UnpicklingError):
            self._end(child)
            child = self._start()
            self._idle.put(child)
            if len(batch) == 1:
                return ["Reading it ended the reader."]
            return [made for one in batch for made in self._pressed([one], latest)]
        self._idle.put(child)
        return made

    def _start(self) -> subprocess.Popen[bytes]:
        child = subprocess.Popen(
            [sys.executable, "-m", "intersession.lists.formats.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            process_group=0,  # Ctrl-C is for the parent, which ends its children in order
        )
        self._all.add(child)
        return child

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        self._all.discard(child)
        child.send_signal(signal.SIGKILL)
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    continue


def _ask(child: subprocess.Popen[bytes], batch: Batch, latest: datetime) -> Made:
    if child.stdin is None or child.stdout is None:
        raise EOFError
    pickle.dump((batch, latest), child.stdin, pickle.HIGHEST_PROTOCOL)
    child.stdin.flush()
    made: Made = pickle.load(child.stdout)  # noqa: S301 (from our own child)
    return made
