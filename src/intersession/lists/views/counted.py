"""What is large is handed out so often an hour to one person, or to one network."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.core.cache import cache
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import ngettext

from intersession.kit.pages import too_many
from intersession.lists.http import network_of
from intersession.lists.rules.limits import Download, allows_download
from intersession.people.http import PublicRequest, visitor

type View = Callable[..., HttpResponseBase]


def counted(download: Download) -> Callable[[View], View]:
    """Let a page be asked for as often an hour as `rules.limits` says; else answer with 429."""

    def around(view: View) -> View:
        @wraps(view)
        def limited(request: PublicRequest, *args: str, **given: str) -> HttpResponseBase:
            if request.method == "HEAD":
                return view(request, *args, **given)
            key = _key(request, download)
            before = int(cache.get(key, 0))
            seconds = allows_download(download, before, request.at)
            if seconds:
                return _later(request, seconds)
            cache.set(key, before + 1, 3600)
            return view(request, *args, **given)

        return limited

    return around


def _key(request: PublicRequest, download: Download) -> str:
    """Name a count: what, of whom, in which hour."""
    person = visitor(request)
    who = f"person-{person.pk}" if person is not None else f"network-{network_of(request)}"
    return f"lists.download.{download}.{who}.{_hour(request.at)}"


def _hour(at: datetime) -> int:
    return int(at.timestamp()) // 3600


def _later(request: PublicRequest, seconds: int) -> HttpResponse:
    minutes = -(-seconds // 60)
    words = ngettext(
        "Archives were taken from here very often in this hour. In %(n)d minute you can go on. "
        "Whoever mirrors a list takes it once a day, or reads its feed.",
        "Archives were taken from here very often in this hour. In %(n)d minutes you can go on. "
        "Whoever mirrors a list takes it once a day, or reads its feed.",
        minutes,
    ) % {"n": minutes}
    return too_many(request, words, seconds)
