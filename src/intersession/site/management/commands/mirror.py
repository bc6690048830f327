"""Mirror a list that lives elsewhere."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from intersession.kit import clock
from intersession.kit.answers import Refused
from intersession.lists import actions
from intersession.lists.models import MailingList
from intersession.site.management.teaching import Teaching

HELP = """\
Archive a list that lives elsewhere: what it sends to the list here is kept, and never relayed.

  intersession mirror dc-talk talk@lists.elsewhere.example
  intersession mirror dc-talk --end        the list lives here from now on

Then have the address of the list here subscribed there, as any subscriber. Its archive so far is
taken in by `intersession import-archive`; what comes twice is kept once.
"""


class Command(Teaching):
    """The command line of `lists.actions.mirror_list` and `end_mirror`."""

    help = HELP
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the list here and the one elsewhere."""
        parser.add_argument("list", help="the name of the list here, as in its address")
        parser.add_argument("origin", nargs="?", help="the address of the list elsewhere")
        parser.add_argument("--end", action="store_true", help="mirror no longer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Begin or end, and say what is to be done next."""
        mailing_list = (
            MailingList.objects.select_related("coalition").filter(name=options["list"]).first()
        )
        if mailing_list is None:
            raise CommandError(f"There is no list “{options['list']}”.")
        if bool(options["origin"]) == options["end"]:
            raise CommandError("Name the address of the list elsewhere, or --end.")
        try:
            if options["end"]:
                actions.end_mirror(None, mailing_list, at=clock.now())
            else:
                actions.mirror_list(None, mailing_list, options["origin"], at=clock.now())
        except Refused as problem:
            raise CommandError(str(problem)) from problem
        if options["end"]:
            self.stdout.write(f"{mailing_list.address} lives here from now on.")
        else:
            self.stdout.write(f"Now subscribe {mailing_list.address} to {options['origin']}.")
