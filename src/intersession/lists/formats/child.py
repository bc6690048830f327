"""The program of a parsing child: batches in by one pipe, pressed messages out by another."""

import gc
import pickle
import sys

from intersession.lists.formats.pressing import press_all


def main() -> None:
    """Serve until the parent closes the pipe. Both ends are ours, so pickles are safe here."""
    gc.disable()  # what a batch leaves behind is swept after each, at once
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            batch, latest = pickle.load(given)  # noqa: S301 (from our own parent)
        except (EOFError, KeyboardInterrupt):
            return
        pickle.dump(press_all(batch, latest), answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()
        del batch
        gc.collect(1)


if __name__ == "__main__":
    main()
