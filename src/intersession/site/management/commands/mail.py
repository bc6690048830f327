"""`intersession mail`: how mail stands, the key that signs it, and a post to itself."""

import json
import sys
from argparse import ArgumentParser
from datetime import timedelta
from ipaddress import ip_address
from time import monotonic, sleep
from typing import Any

from django.conf import settings
from django.core.management import CommandError

from intersession.kit import clock
from intersession.lists.models import MailingList
from intersession.lists.queries import echoes, visible_to
from intersession.site.management.teaching import Teaching
from intersession.site.post import keys, names, saying, selfpost
from intersession.site.post.asking import Asker
from intersession.site.post.status import LATE, status

TEACH = """\
Look after mail.

  intersession mail status          what waits, what each list last did, what is wrong
  intersession mail status --dns    and what DNS says of our domains, with lines to paste
  intersession mail test            send a mail to ourselves, out and back, and wait for it
  intersession mail key             make the key that signs mail, and print its DNS record

`status` ends with exit code 1 where something is wrong, so that a monitor can run it."""


def _address(text: str) -> str:
    return str(ip_address(text))


class Command(Teaching):
    help = TEACH

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
        one = what.add_parser("status", help="what waits, what each list last did, what is wrong")
        one.add_argument("--json", action="store_true", help="write one JSON object")
        one.add_argument("--dns", action="store_true", help="ask DNS too; six seconds at most")
        one.add_argument(
            "--address", type=_address, metavar="IP",
            help="the address that mail leaves from, whose name is looked at",
        )  # fmt: skip
        one.add_argument(
            "--late", type=int, default=int(LATE / timedelta(minutes=1)), metavar="MINUTES",
            help="after how long copies that are due count as stuck (15)",
        )  # fmt: skip
        test = what.add_parser("test", help="send a mail to ourselves, and wait until it is back")
        test.add_argument("list", nargs="?", help="by this list’s address; one a domain otherwise")
        test.add_argument("--seconds", type=int, default=60, help="how long to wait (60)")
        key = what.add_parser("key", help="make the key that signs mail; print its DNS record")
        key.add_argument("--force", action="store_true", help="write over the key that is there")
        key.add_argument("--show", action="store_true", help="only print the record of the key")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is asked for."""
        getattr(self, f"_{options['what']}")(options)

    def _status(self, options: dict[str, Any]) -> None:
        told = status(at=clock.now(), late=timedelta(minutes=options["late"]))
        asked = (
            self._names(options["address"] or "") if options["dns"] or options["address"] else None
        )
        if options["json"]:
            self.stdout.write(json.dumps(saying.as_values(told, asked), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(saying.lines(told, asked)))
        if told.alarms:
            sys.exit(1)

    def _names(self, address: str) -> list[names.Named]:
        asks = Asker(settings.DNS)
        return names.look(keys.domains(), asks=asks, address=address or names.outgoing())

    def _test(self, options: dict[str, Any]) -> None:
        lists = selfpost.probed()
        if options["list"]:
            lists = list(visible_to(None).filter(name=options["list"], closed_at=None, mirrors=""))
        if not lists:
            raise CommandError("There is no open list here to send it by.")
        for one in lists:
            try:
                posted = selfpost.send(one, at=clock.now())
            except selfpost.NotSent as problem:
                raise CommandError(str(problem)) from problem
            self.stdout.write(f"{one.name}: the mail server took it; waiting …")
            self._await(one, posted, options["seconds"])

    def _await(self, mailing_list: MailingList, posted: selfpost.Posted, seconds: int) -> None:
        until = monotonic() + seconds
        while not echoes.is_archived(posted.probe, posted.token):
            if monotonic() > until:
                raise CommandError(
                    f"It has not been archived in {seconds} seconds. Look into the queue and the "
                    "log of the mail server, and whether `intersession listener` runs."
                )
            sleep(0.2)
        self.stdout.write(f"{mailing_list.name}: it is archived; waiting for its copy …")
        while (echo := echoes.echo_of(posted.probe, posted.token)) is None:
            if monotonic() > until:
                raise CommandError(
                    f"It is archived, and its copy has not come back in {seconds} seconds. Look "
                    "whether `intersession worker` runs, then into the queue of the mail server."
                )
            sleep(0.2)
        how = "its signature holds" if echo.is_proven else "but its signature is not proven: --dns"
        self.stdout.write(f"{mailing_list.name}: its copy is back, {how}.")

    def _key(self, options: dict[str, Any]) -> None:
        if options["show"]:
            record = keys.record_of(settings.DKIM_KEY)
            if not record:
                raise CommandError(f"There is no key at {settings.DKIM_KEY}.")
        else:
            record = self._made(over=options["force"])
            self.stdout.write(f"The key is at {settings.DKIM_KEY}; nobody else may read it.")
            self.stdout.write("Restart the worker. Publish this for each domain of lists:\n\n")
        for domain in [*keys.domains()] or ["lists.example.org"]:
            self.stdout.write(keys.line(domain, record))

    def _made(self, *, over: bool) -> str:
        try:
            return keys.make(settings.DKIM_KEY, over=over)
        except FileExistsError as problem:
            raise CommandError(
                f"There is a key at {settings.DKIM_KEY} already: mail under way is signed with it. "
                "--show prints its record, --force writes another over it."
            ) from problem
