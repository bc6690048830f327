"""Mail for tests."""

from datetime import UTC, datetime

LATEST = datetime(2026, 11, 21, 12, tzinfo=UTC)


def mail(
    name: str = "one@example.org",
    body: str = "Words.",
    *,
    answers: str = "",
    subject: str = "Talk",
    day: int = 1,
    author: str = "Ann <ann@example.org>",
    more: str = "",
) -> bytes:
    """Write a plain message; `answers` are the ids it names, divided by blanks."""
    named = "".join(f" <{one}>" for one in answers.split())
    chain = f"References:{named}\n" if named else ""
    return (
        f"From: {author}\nSubject: {subject}\nDate: {day} Nov 2026 10:00:00 +0000\n"
        f"Message-ID: <{name}>\n{chain}{more}\n{body}\n"
    ).encode()


def mbox(*messages: bytes) -> bytes:
    """Put messages into a mailbox."""
    return b"".join(b"From x@example.org Sat Nov 21 10:00:00 2026\n" + m + b"\n" for m in messages)
