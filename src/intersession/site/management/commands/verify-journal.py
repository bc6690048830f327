"""`intersession verify-journal`: check an export of the record, without the database."""

import sys
from argparse import ArgumentParser
from typing import Any

from intersession.journal import verify
from intersession.site.management.teaching import Teaching

TEACH = """\
Check an export of the record against checkpoints that were published or mailed. It reads no
database: whoever has an export and an old checkpoint can check it, with this command or with the
one file intersession/journal/verify.py and Python alone.

  intersession export journal > record.jsonl
  intersession verify-journal --export record.jsonl --checkpoint checkpoint.json

A checkpoint is one line of JSON; a file of many, or a saved letter with one in it, will do.
Without a checkpoint, a chain that was rewritten as a whole cannot show.
Exit codes: 0 the record holds, 1 it was changed (the first entry concerned is named), 2 a file
cannot be read."""


class Command(Teaching):
    help = TEACH
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        verify.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was found, and end with its exit code."""
        code, report = verify.answer(options["export"], options["checkpoint"])
        self.stdout.write(verify.say(report, as_json=options["json"]))
        if code:
            sys.exit(code)
