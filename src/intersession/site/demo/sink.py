"""
A mail server for the demo: it takes what the worker sends, keeps the last of it, passes on none.

It runs in the process of `intersession demo`, on this machine alone. Letters stand on the page of
letters already, so only mail of lists is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings

MOST = 200
"""Mails that are kept; the oldest go first."""
LARGEST = 25_000_000
SHOWN = 60_000
"""Bytes of a mail that its page shows."""
_NAME = re.compile(r"(\d{8})\.eml\Z")


@dataclass(frozen=True, slots=True)
class Kept:
    """A mail that was sent: to whom, of which list, about what, and when it was taken here."""

    number: int
    to: str
    sender: str
    list_id: str
    subject: str
    at: datetime


def folder() -> Path:
    """Return where the mails lie."""
    return Path(settings.DATA_DIR) / "demo-mail"


class Keeper:
    """What the server does with a mail."""

    def __init__(self) -> None:
        self._lock = Lock()
        folder().mkdir(parents=True, exist_ok=True)
        self._numbers = count(max([0, *(number for number, _path in _files())]) + 1)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (the library's name)
        """Take every mail; keep those of lists."""
        content = envelope.content or b""
        raw = content if isinstance(content, bytes) else content.encode()
        if re.search(rb"^List-Id:", raw.partition(b"\r\n\r\n")[0], re.I | re.M):
            for recipient in envelope.rcpt_tos:
                self._keep(recipient, raw)
        return "250 2.0.0 Shown on the page of letters"

    def _keep(self, recipient: str, raw: bytes) -> None:
        with self._lock:
            place = folder() / f"{next(self._numbers):08}.eml"
            half = place.with_suffix(".half")
            half.write_bytes(f"X-Envelope-To: {recipient}\r\n".encode() + raw)
            half.replace(place)
            for _number, path in sorted(_files())[:-MOST]:
                path.unlink(missing_ok=True)


def _files() -> Iterator[tuple[int, Path]]:
    for path in folder().glob("*.eml"):
        if found := _NAME.match(path.name):
            yield int(found[1]), path


def start(port: int) -> Any:
    """Take mail on this port until `stop()` is called on what is returned."""
    server = Controller(
        Keeper(), hostname="127.0.0.1", port=port, data_size_limit=LARGEST, enable_SMTPUTF8=True,
        ident="intersession demo",
    )  # fmt: skip
    server.start()
    return server


def newest(most: int = 50) -> list[Kept]:
    """Return the mails that were sent last, newest first."""
    found = sorted(_files(), reverse=True)[:most]
    return [_read(number, path) for number, path in found]


def _read(number: int, path: Path) -> Kept:
    with path.open("rb") as file:
        head = BytesHeaderParser().parse(file)
    return Kept(
        number, _text(head["X-Envelope-To"]), _text(head["From"]), _text(head["List-Id"]),
        _text(head["Subject"]), datetime.fromtimestamp(path.stat().st_mtime, UTC),
    )  # fmt: skip


def _text(value: Any) -> str:
    try:
        return str(make_header(decode_header(str(value or ""))))
    except (LookupError, ValueError):
        return str(value)


def mail(number: int) -> tuple[Kept, str] | None:
    """Return a mail and its source as text, cut where it is long; None where it is gone."""
    path = folder() / f"{number:08}.eml"
    try:
        with path.open("rb") as file:
            source = file.read(SHOWN)
        return _read(number, path), source.decode("utf-8", "replace")
    except FileNotFoundError:
        return None
