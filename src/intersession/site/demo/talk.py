"""The sample discussion on the list, as mail: the archive takes it like any other."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from pathlib import Path
from typing import Any

from intersession.site.demo.people import PEOPLE

TEXTS = Path(__file__).parent / "texts"
NAMES = {sample.key: sample for sample in PEOPLE}


@dataclass(frozen=True, slots=True)
class Post:
    """One message of the sample discussion: its key, its moment, its bytes."""

    key: str
    days: float
    at: datetime
    raw: bytes


def posts(today: datetime, address: str, text: str = "list.toml") -> Iterator[Post]:
    """Write a sample discussion as RFC 5322 messages dated before `today`."""
    lines = tomllib.loads((TEXTS / text).read_text())["message"]
    chain: dict[str, list[str]] = {}
    for line in lines:
        before = chain.get(line.get("reply", ""), [])
        at = _moment(today, line["days"], line["hour"])
        raw = _mail(line, before, at, address)
        chain[line["id"]] = [*before, _message_id(line["id"])]
        yield Post(line["id"], (today - at) / timedelta(days=1), at, raw)


def _moment(today: datetime, days: int, hour: int) -> datetime:
    day = today - timedelta(days=days)
    return day.replace(hour=hour, minute=(days * 7) % 60, second=0, microsecond=0)


def _message_id(key: str) -> str:
    return f"<{key}@sample.example.org>"


def _mail(line: dict[str, Any], before: list[str], at: datetime, address: str) -> bytes:
    sender = NAMES[line["from"]]
    mail = EmailMessage()
    mail["From"] = formataddr((sender.name, sender.email))
    mail["To"] = address
    mail["Subject"] = line["subject"]
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = _message_id(line["id"])
    if before:
        mail["In-Reply-To"] = before[-1]
        mail["References"] = " ".join(before)
    mail.set_content(line["body"].strip() + "\n")
    return mail.as_bytes()
