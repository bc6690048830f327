"""`intersession load-registry`: take over the facts about the real coalitions."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import transaction

from intersession.coalitions import actions as coalitions
from intersession.coalitions.formats import SEED, read_registry
from intersession.kit import clock
from intersession.kit.answers import Refused
from intersession.outputs.actions import known as outputs
from intersession.outputs.formats.known import read_known


class Command(BaseCommand):
    """Read the seed registry in, as often as you like."""

    help = (
        "Load the registry of coalitions that comes with the project, or another of the same "
        "layout. Run it again after an update: new facts are filled in, and whatever a "
        "coordinator has edited or confirmed since is kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=SEED, help="another registry's folder")
        parser.add_argument("--json", action="store_true", help="report the counts as JSON")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Read everything first, then load it, then put the run on the record."""
        folder, at = options["folder"], clock.now()
        try:
            registry, known = read_registry(folder), read_known(folder)
            counts = coalitions.load_registry(registry, at=at)
            counts |= outputs.list_known(known.outputs, known.uses, at=at)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        coalitions.close_loading(counts, digest=registry.digest, at=at)
        told = {name: asdict(tally) for name, tally in counts.items()}
        if options["json"]:
            self.stdout.write(json.dumps(told))
        elif options["verbosity"]:
            for name, tally in told.items():
                row = ", ".join(f"{count} {outcome}" for outcome, count in tally.items())
                self.stdout.write(f"{name}: {row}")
