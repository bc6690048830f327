"""`intersession serve`: the pages, by the production server."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import connection

from intersession.site.readiness import trouble


class Command(BaseCommand):
    """Check that the database is up to date, then become the web server."""

    help = (
        "Serve the pages over HTTP with granian. Put a reverse proxy with TLS before it in "
        "production. Ctrl-C or SIGTERM lets requests in hand finish, then ends it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
        parser.add_argument("--workers", type=int, default=1, help="processes; one per core (1)")
        parser.add_argument("--threads", type=int, default=4, help="threads per process (4)")
        parser.add_argument("--access-log", action="store_true", help="write one line a request")

    def handle(self, *args: Any, **options: Any) -> None:
        """Replace this process, so that no second copy of Django stays in memory."""
        if (found := trouble()) is not None:
            raise CommandError(" ".join(found))
        connection.close()
        self.stdout.write(f"Serving on http://{options['host']}:{options['port']}/")
        self.stdout.flush()
        command = [
            sys.executable, "-m", "granian", "intersession.site.wsgi:application",
            "--interface", "wsgi", "--http", "1", "--no-ws", "--respawn-failed-workers",
            "--host", options["host"], "--port", str(options["port"]),
            "--workers", str(options["workers"]),
            "--blocking-threads", str(options["threads"]),
            "--workers-kill-timeout", "10", "--log-level", "warning",
            "--access-log" if options["access_log"] else "--no-access-log",
        ]  # fmt: skip
        os.execv(sys.executable, command)  # noqa: S606 (the words are ours)
