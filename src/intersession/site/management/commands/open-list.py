"""Open a list of a coalition."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from intersession.coalitions.models import Coalition
from intersession.kit import clock
from intersession.kit.answers import Refused
from intersession.lists import actions
from intersession.site.management.teaching import Teaching

HELP = """\
Open a list of a coalition, with an open archive.

  intersession open-list dc-connectivity dc-talk talk@lists.example.org --title "Talk"
"""


class Command(Teaching):
    """The command line of `lists.actions.open_list`."""

    help = HELP
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the coalition and the list."""
        parser.add_argument("coalition", help="the name of the coalition, as in its address here")
        parser.add_argument("name", help="the name of the list in its address here: small letters")
        parser.add_argument("address", help="the address that people write to")
        parser.add_argument("--title", default="", help="how pages name it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open it, and say where it is."""
        coalition = Coalition.objects.filter(slug=options["coalition"]).first()
        if coalition is None:
            names = ", ".join(Coalition.objects.values_list("slug", flat=True).order_by("slug"))
            words = f"There are: {names}." if names else "Run `intersession load-registry` first."
            raise CommandError(f"There is no coalition “{options['coalition']}”. {words}")
        try:
            opened = actions.open_list(
                None, coalition, at=clock.now(), name=options["name"],
                address=options["address"],
                title=options["title"] or f"{coalition.name}: {options['name']}",
            )  # fmt: skip
        except Refused as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{opened.address}: {settings.SITE_URL}{opened.get_absolute_url()}")
