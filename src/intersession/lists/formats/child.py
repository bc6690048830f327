"""The program of a parsing child: batches in by one pipe, pressed messages out by another."""

import pickle
import sys

from intersession.lists.formats.pressing import press_all


def main() -> None:
    """Serve until the parent closes the pipe. Both ends are ours, so pickles are safe here."""
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            batch, latest = pickle.load(given)  # noqa: S301 (from our own parent)
        except (EOFError, KeyboardInterrupt):
            return
        pickle.dump(press_all(batch, latest), answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


if __name__ == "__main__":
    main()
