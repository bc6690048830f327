"""What `intersession doctor` looks at, finding by finding. Each is a sentence, and what to do."""

import os
import shutil
import smtplib
import socket
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.db import DatabaseError, connection

from intersession.jobs.models import Worker
from intersession.kit import clock
from intersession.outbox import queries as outbox
from intersession.site import readiness
from intersession.site.post.status import alarms

OLDEST_POSTGRESQL = 15
"""The oldest major version of PostgreSQL that intersession supports: named here, in one place."""
OLDEST_SQLITE = (3, 37)
LOW_SPACE = 1_000_000_000
"""Bytes free below which storage is called short."""
LATE = timedelta(minutes=15)
"""After how long a letter that is due should have left."""
GOOD, ODD, BAD = "good", "odd", "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: its area, how it is (`good`, `odd`, `bad`), in words, and a remedy."""

    area: str
    level: str
    words: str
    remedy: str = ""


type Look = Callable[[datetime], Iterator[Finding]]


def configuration(at: datetime) -> Iterator[Finding]:
    """Look at the settings: Django's own checks and ours, the address, the demo."""
    try:
        found = [message for message in run_checks() if message.level >= WARNING]
    except DatabaseError:  # some checks ask it; the look at the database says what is wrong
        yield Finding("configuration", ODD, "The settings were not checked: it takes a database.",
                      "Mend the database first, and run this again.")  # fmt: skip
        return
    for message in found:
        level = BAD if message.is_serious() else ODD
        yield Finding("configuration", level, str(message.msg), str(message.hint or ""))
    if settings.DEMO:
        yield Finding("configuration", ODD, "This is a demo: anybody can be anybody.",
                      "Unset INTERSESSION_DEMO for real use.")  # fmt: skip
    elif settings.SITE_URL.startswith("http://"):
        yield Finding("configuration", ODD, f"The address {settings.SITE_URL} is not encrypted.",
                      "Set INTERSESSION_SITE_URL to an address with https://.")  # fmt: skip
    if not found:
        yield Finding("configuration", GOOD, f"The settings for {settings.SITE_URL} hold together.")


def proxies(at: datetime) -> Iterator[Finding]:
    """Look at whose word on the addresses of visitors counts: sign-in has limits by address."""
    named, remedy = settings.TRUSTED_PROXIES, ""
    if not named and settings.SITE_URL.startswith("https://"):
        words = "No proxy is named: visitors behind one share its limits of signing in."
        remedy = "Set INTERSESSION_TRUSTED_PROXIES to its address, or to how many there are."
    elif not named:
        words = "No proxy is trusted: a visitor’s address is that of the connection."
    elif named[0].isdecimal():
        words = f"X-Forwarded-For is read, behind proxies: {named[0]} in a row."
    else:
        words = f"X-Forwarded-For is read from these proxies: {', '.join(named)}."
    yield Finding("configuration", ODD if remedy else GOOD, words, remedy)


def database(at: datetime) -> Iterator[Finding]:
    """Look at the database: reachable, new enough, up to date, unbroken."""
    found = readiness.trouble()
    if found in (None, readiness.BEHIND, readiness.NEWER):
        yield _version()
    if found is not None:
        yield Finding("database", BAD, *found)
        return
    yield Finding("database", GOOD, "Every migration is applied.")
    if connection.vendor == "sqlite":
        yield _unbroken()


def _version() -> Finding:
    if connection.vendor == "postgresql":
        major = connection.pg_version // 10_000  # type: ignore[attr-defined]  # PostgreSQL's
        if major < OLDEST_POSTGRESQL:
            return Finding("database", BAD, f"PostgreSQL {major} is too old.",
                           f"Use PostgreSQL {OLDEST_POSTGRESQL} or newer.")  # fmt: skip
        return Finding("database", GOOD, f"PostgreSQL {major} answers.")
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        return Finding("database", BAD, f"SQLite {sqlite3.sqlite_version} is too old.")
    return Finding("database", GOOD, f"SQLite {sqlite3.sqlite_version} answers.")


def _unbroken() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        said = cursor.fetchone()[0]
    if said == "ok":
        return Finding("database", GOOD, "The database file is whole.")
    return Finding("database", BAD, f"The database file is damaged: {said}",
                   "Stop everything, copy the file, and restore the last backup.")  # fmt: skip


def mail(at: datetime) -> Iterator[Finding]:
    """Look at mail: whether letters can leave, and whether they do."""
    if settings.DEMO and not settings.MAIL_HOST:
        yield Finding("mail", GOOD, "Letters leave for nowhere: in a demo they stand on /letters/.")
        return
    if not settings.MAIL_HOST:
        yield Finding("mail", ODD, "No mail server is named, so letters wait and nobody signs in.",
                      "Set INTERSESSION_MAIL_HOST.")  # fmt: skip
        return
    try:
        kind = smtplib.SMTP_SSL if settings.MAIL_SECURITY == "tls" else smtplib.SMTP
        with kind(settings.MAIL_HOST, settings.MAIL_PORT, timeout=10) as server:
            server.noop()
    except (OSError, smtplib.SMTPException) as problem:
        where = f"{settings.MAIL_HOST}:{settings.MAIL_PORT}"
        yield Finding("mail", BAD, f"The mail server at {where} does not answer: {problem}",
                      "Check INTERSESSION_MAIL_HOST and INTERSESSION_MAIL_PORT.")  # fmt: skip
        return
    yield Finding("mail", GOOD, f"The mail server at {settings.MAIL_HOST} answers.")


def mail_in_and_out(at: datetime) -> Iterator[Finding]:
    """Look at what lists need: a key that signs, a listener that answers."""
    yield _key(settings.DKIM_KEY)
    if settings.LISTENER:
        yield _listener(settings.LISTENER)


SEE_STATUS = "`intersession mail status` says more; with --dns it looks at the names too."


def _key(place: Path) -> Finding:
    if not place.is_file():
        words = "No key signs our mail, so much of it will be refused or marked."
        return Finding("mail", ODD, words, "Run `intersession mail key`, and publish its record.")
    if place.stat().st_mode & 0o077:
        return Finding("mail", BAD, f"Others may read {place}.", f"Run `chmod 600 {place}`.")
    return Finding("mail", GOOD, f"The key {settings.DKIM_SELECTOR} signs our mail.")


def _listener(place: str) -> Finding:
    """Greet the listener: one that takes connections and says nothing is no listener."""
    host, _colon, port = place.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), 10) as line:
            line.settimeout(10)
            greeting = line.recv(200)
    except (OSError, ValueError) as problem:
        words = f"The listener at {place} does not answer: {problem}"
        return Finding("mail", BAD, words, "Run `intersession listener` beside the web server.")
    if not greeting.startswith(b"220"):
        return Finding("mail", BAD, f"What answers at {place} is no mail listener.",
                       "Check INTERSESSION_LISTENER.")  # fmt: skip
    return Finding("mail", GOOD, f"The listener at {place} answers.")


def waiting(at: datetime) -> Iterator[Finding]:
    """Look at what waits: letters past their time, letters given up, a worker that lives."""
    late = outbox.waiting().filter(due_at__lt=at - LATE).count()
    if late:
        yield Finding("work", BAD if settings.MAIL_HOST else ODD,
                      f"{late} letters have waited longer than they should.",
                      "Run `intersession worker` beside the web server.")  # fmt: skip
    if failed := outbox.failed().count():
        yield Finding("work", ODD, f"{failed} letters were given up; each keeps its reason.")
    yield from (Finding("mail", BAD, words, SEE_STATUS) for words in alarms(at=at))
    if Worker.objects.filter(leased_until__gte=clock.steady()).exists():
        yield Finding("work", GOOD, "A worker is at work.")
    else:
        yield Finding("work", ODD, "No worker is at work.",
                      "Run `intersession worker` beside the web server.")  # fmt: skip


def storage(at: datetime) -> Iterator[Finding]:
    """Look at the data directory: writable, with room, its secret read by nobody else."""
    place = Path(settings.DATA_DIR)
    if not os.access(place, os.W_OK):
        yield Finding("storage", BAD, f"{place} cannot be written to.",
                      "Give this user the right to write there.")  # fmt: skip
        return
    free = shutil.disk_usage(place).free
    level = ODD if free < LOW_SPACE else GOOD
    yield Finding("storage", level, f"{place} has {free / 1e9:.1f} GB free.")
    secret = place / "secret-key"
    if secret.exists() and secret.stat().st_mode & 0o077:
        yield Finding("storage", BAD, f"Others may read {secret}.",
                      f"Run `chmod 600 {secret}`.")  # fmt: skip


LOOKS: tuple[Look, ...] = (
    configuration, proxies, database, mail, mail_in_and_out, waiting, storage,
)  # fmt: skip


def examine(*, at: datetime) -> list[Finding]:
    """Look at everything; what hangs on a database that fails is left out after it."""
    findings: list[Finding] = []
    for look in LOOKS:
        if look is waiting and any(f.area == "database" and f.level == BAD for f in findings):
            continue
        findings += look(at)
    return findings
