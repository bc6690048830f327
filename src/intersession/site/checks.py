"""Checks of the configuration, run at every start of a command and by `doctor`."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def demo_stays_at_home(**kwargs: Any) -> list[CheckMessage]:
    """Refuse the demo setting where the site has an address that others can reach."""
    host = urlsplit(settings.SITE_URL).hostname
    if settings.DEMO and host not in LOOPBACK:
        return [
            Error(
                "INTERSESSION_DEMO is set, but INTERSESSION_SITE_URL is not on this machine only.",
                hint="In a demo anybody can be anybody. Unset INTERSESSION_DEMO.",
                id="site.E001",
            )
        ]
    return []
