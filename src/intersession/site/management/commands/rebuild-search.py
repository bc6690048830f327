"""`intersession rebuild-search`: make the words of the index anew from the stored texts."""

from typing import Any

from django.core.management import BaseCommand

from intersession.lists.actions import renew
from intersession.search import actions


class Command(BaseCommand):
    """Read every stored text again, after an update that changed how words are found."""

    help = (
        "Make the words of the search index anew from the texts that are stored. Nothing is lost, "
        "and until it ends the old words are found. The notes of an update say when it is needed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild in one transaction, and say how much there was."""
        count = actions.rebuild({"lists.message": renew})
        if options["verbosity"]:
            self.stdout.write(f"{count} documents can be found again.")
