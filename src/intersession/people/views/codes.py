"""A code mailed to an address, bound to the browser that asked: allauth's process, our session."""

from typing import Any, Self

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode


class MailedCode(AbstractCodeVerificationProcess):  # type: ignore[misc]  # allauth has no types
    """
    One code under way in one browser. It lives in the session, so no other browser can use it.

    `purpose` keeps signing in and adding an address apart.
    """

    def __init__(self, request: HttpRequest, purpose: str, state: dict[str, Any]) -> None:
        self.request = request
        self.purpose = purpose
        super().__init__(
            max_attempts=app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS,
            timeout=app_settings.LOGIN_BY_CODE_TIMEOUT,
            state=state,
        )

    @classmethod
    def begin(
        cls, request: HttpRequest, purpose: str, email: str, *, to: str = "", letter: str = "code"
    ) -> None:
        """Make a code, write the letter, and keep the code here; an earlier one is void."""
        state = cls.initial_state(user=None, email=email)
        state |= {"code": get_adapter().generate_login_code(), "to": to, "letter": letter}
        process = cls(request, purpose, state)
        process.send()
        process.persist()

    @classmethod
    def waiting(cls, request: HttpRequest, purpose: str) -> Self | None:
        """Return the code this browser asked for, be it valid or too old. Changes nothing."""
        state = request.session.get(_key(purpose))
        return cls(request, purpose, state) if state else None

    @property
    def email(self) -> str:
        """Return the address the code went to."""
        return str(self.state["email"])

    @property
    def to(self) -> str:
        """Return where the person wanted to go, or nothing."""
        return str(self.state["to"])

    def send(self) -> None:
        """Write the letter, with the code and a link that only fills it in."""
        page = reverse(f"people:{self.purpose}_code")
        link = f"{settings.SITE_URL}{page}?{urlencode({'code': self.code})}"
        get_adapter(self.request).send_mail(
            f"people/{self.state['letter']}", self.email, {"code": self.code, "link": link}
        )

    def persist(self) -> None:
        """Keep the state in the session of this browser."""
        self.request.session[_key(self.purpose)] = self.state

    def abort(self) -> None:
        """Make the code void: it was used, or tried too often."""
        self.request.session.pop(_key(self.purpose), None)


def _key(purpose: str) -> str:
    return f"code:{purpose}"


def safe(request: HttpRequest, address: str) -> str:
    """Return a path of this site as it is, and nothing for any other address."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else ""


def filled_in(request: HttpRequest) -> str:
    """Return the code in the link, if it looks like one: nothing else is repeated on the page."""
    code = request.GET.get("code", "").upper()
    return code if len(code) == 9 and code.replace("-", "").isalpha() and code.isascii() else ""
