"""`intersession restore FILE`: an instance brought back from its backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from intersession.site.backing.archive import Broken
from intersession.site.backing.restoring import NotRestored, restore


class Command(BaseCommand):
    """Read a backup through, fill the database, and verify the record."""

    help = (
        "Bring an instance back from a backup: database, keys and files. The database must be "
        "empty (no tables at all), unless --force says that it shall be written over. The backup "
        "is read through before anything is changed, and the record is verified afterwards."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the backup")
        parser.add_argument("--force", action="store_true", help="write over a filled database")
        parser.add_argument("--digest", default="", help="only if the backup has this digest")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, and say what came back."""
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.")
        try:
            told = restore(
                options["file"], over=options["force"], digest=options["digest"],
                tell=self.stdout.write,
            )  # fmt: skip
        except NotRestored as problem:
            raise CommandError(f"Nothing was changed. {problem}") from problem
        except Broken as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"{told.rows:,} rows are back as they stood on {told.made_at:%F %R} UTC; "
            f"{told.entries:,} entries of the record hold. Now run `intersession doctor`."
        )
