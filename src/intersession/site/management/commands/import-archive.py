"""Take an archive of mail into a list."""

import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from intersession.kit import clock
from intersession.kit.answers import Refused
from intersession.lists import actions
from intersession.lists.models import MailingList
from intersession.site.management.finding import the_list

HELP = """\
Take an archive of mail into a list, with its threads, files and search index.

  intersession import-archive dc-talk talk.mbox          a mailbox (mbox, mboxrd, mboxo)
  intersession import-archive dc-talk talk.mbox.gz       the same, compressed
  intersession import-archive dc-talk 2016-June.txt.gz   a month of a Mailman 2 archive (pipermail)
  intersession import-archive dc-talk ~/Maildir          a maildir, or any folder of these

  intersession import-archive dc-talk --old-urls https://old.example.org/pipermail/talk ~/pages

lets the old addresses lead here: the pages of the old archive (pipermail) lie in the folder; of
HyperKitty, Google Groups and Groups.io the address alone is enough. Import the archive first, or
name both at once.

It streams: the size of the archive does not matter. A message that is there already is counted as a
duplicate; what is no message is named with its number and reason, and nothing stops for it.
Interrupted, run it again: it goes on where it was, and the archive is the same in the end.
"""
CODES = """\
exit codes: 0 every message is accounted for; 1 nothing could be done, with the reason;
3 stopped half-way (the disk is full, the database is away): run it again; 4 the archive breaks off:
what came before is stored, the rest is not there; 130 interrupted by you.
"""
WIDTH = 30
BROKEN = (
    "The archive breaks off, and what came after is not there. Copy it here anew, and import it "
    "again: what is stored counts as a duplicate then."
)


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
        parser.add_argument(
            "archive", type=Path, nargs="?", help="a mailbox, plain or gzipped, or a folder"
        )
        parser.add_argument(
            "--old-urls", nargs="+", metavar=("ADDRESS", "FOLDER"),
            help="where the archive was, and the folder of its pages: its addresses lead here",
        )  # fmt: skip
        parser.add_argument("--dry-run", action="store_true", help="read and count, store nothing")
        parser.add_argument("--json", action="store_true", help="end with one line of JSON counts")
        parser.add_argument(
            "--children", type=int, default=2, help="parsing processes beside this one (2)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, register old addresses, and say what came of it."""
        mailing_list = the_list(options["list"])
        old = options["old_urls"] or []
        if len(old) > 2 or not (old or options["archive"]):
            raise CommandError("Name an archive, or an old address with at most one folder.")
        broken: Sequence[object] = ()
        if options["archive"]:
            account = self.imported(mailing_list, options)
            self.report(account, as_json=options["json"], is_rehearsal=options["dry_run"])
            broken = account.broken
        if old and not options["dry_run"]:
            self.register(mailing_list, *old)
        if broken:
            raise CommandError(BROKEN, returncode=4)

    def imported(self, mailing_list: MailingList, options: dict[str, Any]) -> actions.Account:
        """Import the archive. Raises CommandError with the reason where it stops."""
        try:
            source = actions.source_at(options["archive"].expanduser())
        except (actions.NotMail, OSError) as problem:
            raise CommandError(str(problem)) from problem
        verb = actions.rehearse_import if options["dry_run"] else actions.import_archive
        try:
            return verb(
                mailing_list, source, at=clock.now(),
                tell=self.bar(), children=max(1, options["children"]),
            )  # fmt: skip
        except actions.Stopped as stop:
            raise CommandError(str(stop), returncode=3) from stop
        except KeyboardInterrupt:
            words = "Interrupted. What is stored is whole; run it again to go on from there."
            raise CommandError(words, returncode=130) from None

    def register(self, mailing_list: MailingList, base: str, folder: str = "") -> None:
        """Let the old addresses lead here, and name the pages whose message is not."""
        try:
            account = actions.register_old_urls(
                None, mailing_list, base, Path(folder).expanduser() if folder else None,
                at=clock.now(),
            )  # fmt: skip
        except (Refused, OSError) as problem:
            raise CommandError(str(problem)) from problem
        for path in account.unknown:
            self.stdout.write(f"Not in the archive: {path}. Its address leads to its month.")
        self.stdout.write(
            f"{account.registered} old addresses lead here, {account.messages} of them to a "
            f"message or its files; {len(account.unknown)} messages are not in the archive."
        )

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
