"""Take an archive of mail into a list."""

import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from intersession.kit import clock
from intersession.lists import actions
from intersession.lists.models import MailingList

HELP = """\
Take an archive of mail into a list, with its threads, files and search index.

  intersession import-archive dc-talk talk.mbox          a mailbox (mbox, mboxrd, mboxo)
  intersession import-archive dc-talk talk.mbox.gz       the same, compressed
  intersession import-archive dc-talk 2016-June.txt.gz   a month of a Mailman 2 archive (pipermail)
  intersession import-archive dc-talk ~/Maildir          a maildir, or any folder of these

It streams: the size of the archive does not matter. A message that is there already is counted as a
duplicate; what is no message is named with its number and reason, and nothing stops for it.
Interrupted, run it again: it goes on where it was, and the archive is the same in the end.
"""
CODES = """\
exit codes: 0 every message is accounted for; 1 nothing could be done, with the reason;
3 stopped half-way (the disk is full, the database is away): run it again; 130 interrupted by you.
"""
WIDTH = 30


class Command(BaseCommand):
    """The command line of `lists.actions.import_archive`."""

    help = HELP
    requires_system_checks = ()  # they load every page of the site, which costs memory and a second

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> Any:
        """Keep the lines of the help as they are written."""
        options |= {"formatter_class": RawDescriptionHelpFormatter, "epilog": CODES}
        return super().create_parser(prog_name, subcommand, **options)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the list, the archive, and how to tell."""
        parser.add_argument("list", help="the name of the list, as in its address here")
        parser.add_argument("archive", type=Path, help="a mailbox, plain or gzipped, or a folder")
        parser.add_argument("--dry-run", action="store_true", help="read and count, store nothing")
        parser.add_argument("--json", action="store_true", help="end with one line of JSON counts")
        parser.add_argument(
            "--children", type=int, default=2, help="parsing processes beside this one (2)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, show how it goes, and say what came of it."""
        mailing_list = self.the_list(options["list"])
        try:
            source = actions.source_at(options["archive"].expanduser())
        except (actions.NotMail, OSError) as problem:
            raise CommandError(str(problem)) from problem
        verb = actions.rehearse_import if options["dry_run"] else actions.import_archive
        try:
            account = verb(
                mailing_list, source, at=clock.now(),
                tell=self.bar(), children=max(1, options["children"]),
            )  # fmt: skip
        except actions.Stopped as stop:
            raise CommandError(str(stop), returncode=3) from stop
        except KeyboardInterrupt:
            words = "Interrupted. What is stored is whole; run it again to go on from there."
            raise CommandError(words, returncode=130) from None
        self.report(account, as_json=options["json"], is_rehearsal=options["dry_run"])

    def the_list(self, name: str) -> MailingList:
        """Find the list. Raises CommandError that names those there are."""
        try:
            return MailingList.objects.select_related("coalition").get(name=name)
        except MailingList.DoesNotExist:
            names = ", ".join(MailingList.objects.values_list("name", flat=True)[:20])
            words = f"There is no list “{name}”. " + (
                f"There are: {names}." if names else "No list is open yet."
            )
            raise CommandError(words) from None

    def bar(self) -> actions.Tell:
        """Draw a bar on a terminal; say nothing elsewhere."""
        if not sys.stderr.isatty():
            return lambda share, read: None

        def draw(share: float, read: int) -> None:
            filled = "█" * int(share * WIDTH)
            self.stderr.write(f"\r{filled:░<{WIDTH}} {read:,} messages", ending="")
            self.stderr.flush()

        return draw

    def report(self, account: actions.Account, *, as_json: bool, is_rehearsal: bool) -> None:
        """Name what was refused, then the counts; as JSON all of it on one last line."""
        if sys.stderr.isatty():
            self.stderr.write("")
        if as_json:
            counts = {
                "read": account.read, "stored": account.stored,
                "duplicates": account.duplicates, "refused": len(account.refused),
                "reasons": [asdict(one) for one in account.refused], "dry_run": is_rehearsal,
            }  # fmt: skip
            self.stdout.write(json.dumps(counts, ensure_ascii=False))
            return
        for one in account.refused:
            self.stdout.write(f"Refused: number {one.number} ({one.place}). {one.reason}")
        word = "would be stored" if is_rehearsal else "stored"
        self.stdout.write(
            f"{account.read} read: {account.stored} {word}, {account.duplicates} duplicates, "
            f"{len(account.refused)} refused."
        )
