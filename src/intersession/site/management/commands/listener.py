"""`intersession listener`: the process that takes mail in."""

import asyncio
import logging
import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from intersession.site import listening
from intersession.site.looking import Reader
from intersession.site.management.teaching import Teaching

log = logging.getLogger(__name__)

TEACH = """\
Take in mail for the lists, by SMTP on this machine alone, or by LMTP from a mail server such as
Postfix, which does the talking with the world.

  intersession listener --port 8025            SMTP, for a demo: try it with any mail program
  intersession listener --lmtp --port 8024     LMTP, behind Postfix:
                                               mailbox_transport = lmtp:inet:127.0.0.1:8024

Mail for a list that is not here is refused at once. A message is answered with 250 only when it
is safely in the archive; while the database is in trouble the answer is 451, and the sender comes
again. Ctrl-C or SIGTERM ends it; a message in hand is finished first."""


class Command(Teaching):
    help = TEACH

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="where to listen (127.0.0.1)")
        parser.add_argument("--port", type=int, default=8025, help="on which port (8025)")
        parser.add_argument("--lmtp", action="store_true", help="speak LMTP instead of SMTP")
        parser.add_argument(
            "--megabytes", type=int, default=25, help="the largest message taken (25)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Listen until told to stop."""
        logging.getLogger("intersession").setLevel(logging.INFO)
        try:
            with Reader() as reader:
                asyncio.run(self.listen(options, reader))
        except OSError as problem:
            place = f"{options['host']}:{options['port']}"
            raise CommandError(f"Cannot listen on {place}: {problem.strerror}.") from problem

    async def listen(self, options: dict[str, Any], reader: Reader) -> None:
        """Serve, and turn the signals into an end."""
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        kind = "LMTP" if options["lmtp"] else "SMTP"
        await listening.serve(
            options["host"], options["port"], lmtp=options["lmtp"],
            limit=options["megabytes"] * 1_000_000, look=reader.look, until=stop,
            ready=lambda: log.info(
                "Listening for %s on %s:%s.", kind, options["host"], options["port"]
            ),
        )  # fmt: skip
