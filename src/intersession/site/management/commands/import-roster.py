"""Take the subscribers of an old list into a list."""

import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from intersession.kit import clock
from intersession.kit.answers import Refused
from intersession.lists import actions
from intersession.lists.rules.wishes import RosterRow
from intersession.lists.states import Delivery, RosterTrouble
from intersession.site.management.finding import the_list

HELP = """\
Subscribe the people of an old list, as they were subscribed there.

  intersession import-roster dc-talk config.pck    Mailman 2: /var/lib/mailman/lists/<list>/
  intersession import-roster dc-talk members.txt   list_members, mailman members, or any lines
  intersession import-roster dc-talk members.csv   Google Groups, Groups.io, Mailman 3, any table
  intersession import-roster dc-talk members.json  what Mailman 3 answers for a list's members

Each message, digest or no mail stays as it was; who was moderated is moderated; where mail came
back it stays stopped. Everybody is told by one letter that the list has moved and how to leave it.
Try with --dry-run first: it writes nothing, and names each line that subscribes nobody, and why.
"""
CODES = """\
exit codes: 0 every line is accounted for; 1 nothing could be done, with the reason.
Interrupted, run it again: who is subscribed already is passed over.
"""


class Command(BaseCommand):
    """The command line of `lists.actions.subscribe_all`."""

    help = HELP
    requires_system_checks = ()

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> Any:
        """Keep the lines of the help as they are written."""
        options |= {"formatter_class": RawDescriptionHelpFormatter, "epilog": CODES}
        return super().create_parser(prog_name, subcommand, **options)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the list, the roster, and how to tell."""
        parser.add_argument("list", help="the name of the list, as in its address here")
        parser.add_argument("roster", type=Path, help="the file with the subscribers")
        parser.add_argument("--dry-run", action="store_true", help="read and judge, write nothing")
        parser.add_argument("--quiet", action="store_true", help="write no letters to the people")
        parser.add_argument(
            "--delivery", choices=[one.value for one in Delivery],
            help="for lines that do not say it, as of `list_members --digest`",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help="end with one line of JSON counts")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, and say what came of each line."""
        mailing_list = the_list(options["list"])
        try:
            rows = self.rows(options["roster"].expanduser(), options["delivery"])
            if options["dry_run"]:
                account = actions.rehearse_roster(mailing_list, rows)
            else:
                account = actions.subscribe_all(
                    None, mailing_list, rows, at=clock.now(), is_quiet=options["quiet"],
                    tell=self.progress(len(rows)),
                )  # fmt: skip
        except (actions.NotARoster, Refused, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.report(account, as_json=options["json"], is_rehearsal=options["dry_run"])

    def rows(self, path: Path, delivery: str | None) -> Sequence[RosterRow]:
        """Read the roster; `delivery` is for those that get each message, as lines say nothing."""
        rows = actions.roster_at(path)
        if delivery is None:
            return rows
        wished = Delivery(delivery)
        return [
            replace(row, wishes=replace(row.wishes, delivery=wished))
            if row.wishes.delivery == Delivery.EACH
            else row
            for row in rows
        ]

    def progress(self, total: int) -> actions.Progress:
        """Count on a terminal; say nothing elsewhere."""
        if not sys.stderr.isatty():
            return lambda done: None

        def count(done: int) -> None:
            self.stderr.write(f"\r{done:,} of {total:,}", ending="" if done < total else "\n")
            self.stderr.flush()

        return count

    def report(self, account: actions.RosterAccount, *, as_json: bool, is_rehearsal: bool) -> None:
        """Name the lines that subscribe nobody, then the counts; as JSON on one line."""
        if as_json:
            counts = {
                "read": account.read, "subscribed": account.subscribed,
                "moderated": account.moderated, "stopped": account.stopped,
                "kept_out": [
                    {"line": row.line, "address": row.address, "trouble": str(row.trouble)}
                    for row in account.kept_out
                ],
                "dry_run": is_rehearsal,
            }  # fmt: skip
            self.stdout.write(json.dumps(counts, ensure_ascii=False))
            return
        for row in account.kept_out:
            reason = RosterTrouble(row.trouble).label if row.trouble else ""
            self.stdout.write(f"Line {row.line}: {row.address or '(no address)'}. {reason}.")
        reasons = Counter(
            RosterTrouble(row.trouble).label for row in account.kept_out if row.trouble
        )
        for reason, count in reasons.most_common():
            self.stdout.write(f"{count} kept out: {reason}.")
        word = "would be subscribed" if is_rehearsal else "subscribed"
        self.stdout.write(
            f"{account.read} read: {account.subscribed} {word} ({account.moderated} of them "
            f"moderated, {account.stopped} with their mail stopped), {len(account.kept_out)} not."
        )
