"""The letters about accounts. They leave by our outbox, like all letters."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from intersession.kit.proxies import client_address
from intersession.outbox import actions as outbox


class Letters(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """How allauth writes: by our outbox, and never by messages of its own."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _lazy("This is not the code of the last letter. Check it and try again."),
    }

    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, Any]) -> None:
        """Write `people.<name>` in the reader's language, at the moment of the request."""
        name = template_prefix.rpartition("/")[2]
        request: Any = current.request
        outbox.write(
            f"people.{name}", email, context, at=request.at, reason=_reason(name),
            language=get_language() or "en",
        )  # fmt: skip

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return whose limits a request counts against; a local socket has no address."""
        forwarded = request.headers.get("x-forwarded-for", "")
        return client_address(
            request.META.get("REMOTE_ADDR") or "127.0.0.1", forwarded, settings.TRUSTED_PROXIES
        )

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Say nothing: our pages say what was done, in our words."""


def _reason(name: str) -> str:
    if name == "code":
        return _("You get this because somebody typed this address on the sign-in page.")
    return _("You get this because a signed-in person wants to add this address.")
