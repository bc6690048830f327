"""Several processes under one foreground command: started together, stopped together."""

import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from time import monotonic, sleep
from types import FrameType

PATIENCE = 10.0
"""Seconds that children are given to finish what they have in hand."""


class Together:
    """Run commands until one ends or somebody presses Ctrl-C; then stop them all."""

    def __init__(self, commands: Mapping[str, Sequence[str]]) -> None:
        self.commands = commands
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.asked_to_stop = False

    def run(self) -> int:
        """Start all, wait, stop all. Return 0 after a stop that was asked for, else 1."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        for name, command in self.commands.items():
            self.children[name] = subprocess.Popen(command, start_new_session=True)  # noqa: S603 (the words are ours)
        ended = ""
        while not self.asked_to_stop and not ended:
            sleep(0.2)
            ended = next((n for n, child in self.children.items() if child.poll() is not None), "")
        if ended:
            code = self.children[ended].returncode
            sys.stderr.write(
                f"The {ended} ended by itself (exit code {code}); stopping the rest.\n"
            )
        self._end_all()
        return 0 if self.asked_to_stop else 1

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def _end_all(self) -> None:
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        until = monotonic() + PATIENCE
        for child in self.children.values():
            try:
                child.wait(timeout=max(0.1, until - monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
