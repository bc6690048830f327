"""Walking an instance by its links, as a visitor without script does."""

from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from django.urls import Resolver404, resolve

from tests.journeys.instance import Instance


@dataclass
class Links(HTMLParser):
    """Collects the addresses that a page leads to."""

    found: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the address of a link."""
        if tag == "a" and (address := dict(attrs).get("href")):
            self.found.append(address)


@dataclass
class Visitor:
    """Somebody with a cookie jar and no script."""

    instance: Instance
    jar: CookieJar = field(default_factory=CookieJar)
    opener: OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        self.opener = build_opener(HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> tuple[int, str, str]:
        """Ask for a page: its status, its kind, its text."""
        try:
            answer = self.opener.open(Request(urljoin(self.instance.url, path)))
        except HTTPError as problem:
            with problem:
                return problem.code, problem.headers.get_content_type(), problem.read().decode()
        with answer:
            kind = answer.headers.get_content_type()
            if answer.headers.get_content_disposition() == "attachment":
                return answer.status, "application/octet-stream", ""
            text = answer.read().decode() if kind.startswith("text/") else ""
            return answer.status, kind, text

    def become(self, email: str) -> None:
        """Sign in by the demo's bar."""
        self.get("/")
        token = next(cookie.value for cookie in self.jar if cookie.name == "csrftoken")
        words = urlencode({"email": email, "csrfmiddlewaretoken": token}).encode()
        self.opener.open(Request(urljoin(self.instance.url, "/demo/person/"), words)).close()

    def cookies(self) -> list[dict[str, str]]:
        """Return the cookies, for a browser that goes on as the same person."""
        return [
            {"name": cookie.name, "value": cookie.value or "", "url": self.instance.url}
            for cookie in self.jar
        ]


def name_of(path: str) -> str:
    """Name the kind of page at an address: the name of its route."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def walk(visitor: Visitor, *, of_each: int = 2, start: str = "/") -> dict[str, str]:
    """Follow links from the start; return {address: HTML} of a few pages of every kind."""
    seen, pages, kinds = {start}, {}, Counter[str]()
    waiting = deque([start])
    while waiting:
        path = waiting.popleft()
        kind = name_of(path)
        if not kind or kinds[kind] >= of_each:
            continue
        kinds[kind] += 1
        status, media, text = visitor.get(path)
        assert status == 200, f"{path} is linked, but answers {status}"
        if media != "text/html":
            continue
        pages[path] = text
        links = Links()
        links.feed(text)
        for link in links.found:
            address = urldefrag(urljoin(visitor.instance.url + path, link)).url
            inside = address.removeprefix(visitor.instance.url)
            if inside != address and inside not in seen:
                seen.add(inside)
                waiting.append(inside)
    return pages
