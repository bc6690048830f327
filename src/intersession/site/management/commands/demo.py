"""`intersession demo`: a sample world on this machine, with web, mail and worker."""

import shutil
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection

from intersession.kit import clock
from intersession.site.demo import bar, sink, world
from intersession.site.processes import Together
from intersession.site.readiness import NEWER, trouble

MTA = 25
"""The port of a real mail server."""


class Command(BaseCommand):
    """Make the demo's world where there is none, and serve it until Ctrl-C."""

    help = (
        "Serve a demo: the real register, a sample coalition at work, a clock you can move. "
        "Everything lies under INTERSESSION_DATA_DIR (./.data)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="where pages are served")
        parser.add_argument("--mail-port", type=int, default=8025, help="where mail is taken in")
        parser.add_argument("--fresh", action="store_true", help="throw the demo's data away first")
        parser.add_argument("--prepare", action="store_true", help="make the world, serve nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, then serve."""
        if not settings.DEMO:
            raise CommandError("The demo needs INTERSESSION_DEMO=1; `intersession demo` sets it.")
        if options["fresh"]:
            self._throw_away()
        self._prepare()
        if options["prepare"]:
            return
        for port in (options["port"], options["mail_port"]):
            self._ensure_free(port)
        if self._is_ours():
            self._ensure_free(settings.MAIL_PORT)
            sink.start(settings.MAIL_PORT)
        self._greet(options["port"], options["mail_port"])
        sys.exit(Together(self._commands(options["port"], options["mail_port"])).run())

    def _is_ours(self) -> bool:
        """Test whether the mail server of this demo is its own; another one may be named."""
        return settings.MAIL_HOST == "127.0.0.1" and settings.MAIL_PORT != MTA

    def _throw_away(self) -> None:
        """Remove the demo's data; only where the marker says that it is a demo's."""
        place = Path(settings.DATA_DIR)
        if not world.marker().exists():
            raise CommandError(f"{place} holds no demo; nothing was removed.")
        connection.close()
        for path in place.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        (place / "static").mkdir(exist_ok=True)

    def _prepare(self) -> None:
        self.stdout.write("Preparing the database …")
        if trouble() == NEWER:
            raise CommandError(f"{NEWER[0]} Start it afresh with --fresh.")
        call_command("migrate", verbosity=0)
        if world.is_made():
            return
        if world.has_real_people():
            raise CommandError(
                "This data directory holds an instance with real people. "
                "Set INTERSESSION_DATA_DIR to an empty folder for the demo."
            )
        self.stdout.write("Loading the register of coalitions …")
        call_command("load-registry", verbosity=0)
        self.stdout.write("Making the sample world …")
        world.make(at=clock.now())

    def _ensure_free(self, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as problem:
                raise CommandError(
                    f"Port {port} is in use. Choose another, for example --port {port + 1} "
                    "(--mail-port for mail in, INTERSESSION_MAIL_PORT for mail out)."
                ) from problem

    def _greet(self, port: int, mail_port: int) -> None:
        lines = [
            "",
            f"  Pages    http://127.0.0.1:{port}/",
            f"  Letters  http://127.0.0.1:{port}/letters/   (what was mailed: it goes no further)",
            f"  Mail in  127.0.0.1:{mail_port} (SMTP), for example to dc3@lists.localhost",
            "",
            "  Sign in with the bar at the head of every page, or ask for a code at /sign-in/ as",
            *(f"    {role.words}: {role.email}" for role in bar.samples()),
            "  and read the code among the letters.",
            "",
            "  Ctrl-C stops everything.",
            "",
        ]
        self.stdout.write("\n".join(lines))

    def _commands(self, port: int, mail_port: int) -> dict[str, list[str]]:
        """Name the three processes and how each is started."""
        us = [sys.executable, "-m", "intersession.site.cli"]
        return {
            "web server": [*us, "serve", "--port", str(port), "--threads", "4"],
            "worker": [*us, "worker"],
            "mail listener": [*us, "listener", "--port", str(mail_port)],
        }
