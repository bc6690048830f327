from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.outbox.mailserver import Mailbox, free_port, mail_server

HERE = Path(__file__).parent


def smtp(port: int) -> dict[str, Any]:
    return {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 5},
        }
    }


@pytest.fixture
def templates(settings: Any) -> None:
    """Letters of the tests' own."""
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [HERE / "templates"]}]


@pytest.fixture
def server(settings: Any) -> Iterator[Mailbox]:
    """A mail server that the outbox is set to."""
    with mail_server() as box:
        settings.MAILERS = smtp(box.port)
        settings.MAIL_HOST, settings.MAIL_PORT = "127.0.0.1", box.port
        settings.MAIL_FROM = "intersession <noreply@example.org>"
        yield box


@pytest.fixture
def no_server(settings: Any) -> None:
    """A mail server that is set, but does not answer."""
    settings.MAIL_HOST, settings.MAIL_PORT = "127.0.0.1", free_port()
    settings.MAILERS = smtp(settings.MAIL_PORT)
