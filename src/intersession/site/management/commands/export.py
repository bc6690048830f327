"""`intersession export`: everything, or the record, or one list, written out as a stream."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from intersession.journal import queries as journal
from intersession.kit import clock
from intersession.lists import queries as lists
from intersession.lists.models import MailingList
from intersession.site.export import export


class Command(BaseCommand):
    """Write out what the instance holds, in bounded memory."""

    help = (
        "Write out what this instance holds: everything into a new folder or zip file, or the "
        "public record or one list to the standard output."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
        whole = what.add_parser("everything", help="tables, record and lists; personal data too")
        whole.add_argument("to", type=Path, help="a new folder, or a new file that ends in .zip")
        whole.add_argument("--json", action="store_true", help="end with the manifest as JSON")
        what.add_parser("journal", help="the public record, one entry a line, for verify-journal")
        one = what.add_parser("list", help="one list as mbox")
        one.add_argument("name", help="the name of the list")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is asked for."""
        if options["what"] == "everything":
            self._everything(options["to"], as_json=options["json"])
        elif options["what"] == "journal":
            for line in journal.export():
                self.stdout.write(line.rstrip("\n"))
        else:
            self._list(options["name"])

    def _everything(self, to: Path, *, as_json: bool) -> None:
        shown = sys.stderr.isatty()
        try:
            manifest = export(
                to, at=clock.now(), tell=lambda name: self.stderr.write(name) if shown else None
            )
        except FileExistsError as problem:
            raise CommandError(f"{to} is there already; nothing was written.") from problem
        except OSError as problem:
            raise CommandError(f"It stopped half-way: {problem}. Remove {to}.") from problem
        if as_json:
            self.stdout.write(json.dumps(manifest))
            return
        size = sum(int(one["bytes"]) for one in manifest.values())
        self.stdout.write(f"{len(manifest)} files, {size / 1e6:,.1f} MB, in {to}.")
        self.stdout.write("It holds personal data: keep it as safe as the database.")

    def _list(self, name: str) -> None:
        mailing_list = MailingList.objects.filter(name=name).first()
        if mailing_list is None:
            raise CommandError(f"There is no list “{name}”.")
        for piece in lists.export_mbox(mailing_list):
            sys.stdout.buffer.write(piece)
