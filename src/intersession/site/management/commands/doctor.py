"""`intersession doctor`: what is well, what is odd, what is wrong, and what to do about it."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management import BaseCommand

from intersession.kit import clock
from intersession.site import doctor

MARKS = {doctor.GOOD: "✓", doctor.ODD: "!", doctor.BAD: "✗"}


class Command(BaseCommand):
    """Examine this instance, and say what was found."""

    help = (
        "Check configuration, database, mail, waiting work and storage. "
        "Exit code 0: nothing is wrong (odd things are named); 1: something is wrong."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="write one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say each finding; end with 1 where one is bad."""
        findings = doctor.examine(at=clock.now())
        is_well = all(finding.level != doctor.BAD for finding in findings)
        if options["json"]:
            told = {"well": is_well, "findings": [asdict(finding) for finding in findings]}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            for finding in findings:
                self.stdout.write(f"{MARKS[finding.level]} {finding.area}: {finding.words}")
                if finding.remedy:
                    self.stdout.write(f"    {finding.remedy}")
        if not is_well:
            sys.exit(1)
