"""`intersession backup FILE`: everything that this instance needs, in one file."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from intersession.kit import clock
from intersession.site.backing.saving import save


class Command(BaseCommand):
    """Write a backup, while everything runs."""

    help = (
        "Write the database as it stands at one moment, the keys and the files into one new file. "
        "Web, worker and listener go on meanwhile. It holds personal data and keys: keep it safe."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the new file, or a folder: named by the day")
        parser.add_argument("--keep", type=int, default=0, metavar="COUNT",
                            help="in a folder: remove our older backups but so many")  # fmt: skip
        parser.add_argument("--json", action="store_true", help="say what was written as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, and say the digest by which it can be known again."""
        to, at = options["file"], clock.now()
        target = to / f"intersession-{at:%Y%m%dT%H%M%SZ}.backup" if to.is_dir() else to
        try:
            saved = save(target, at=at)
        except FileExistsError as problem:
            raise CommandError(f"{target} is there already; nothing was written.") from problem
        except OSError as problem:
            raise CommandError(f"No backup was written: {problem}") from problem
        if options["keep"] and to.is_dir():
            for old in sorted(to.glob("intersession-*Z.backup"))[: -options["keep"]]:
                old.unlink()
        if options["json"]:
            self.stdout.write(json.dumps({"file": str(target), **asdict(saved)}))
            return
        size = target.stat().st_size
        self.stdout.write(f"{saved.rows:,} rows, {size / 1e6:,.1f} MB, in {target}")
        self.stdout.write(f"Files: {', '.join(saved.files) or 'none'}")
        self.stdout.write(f"Digest: {saved.digest}")
