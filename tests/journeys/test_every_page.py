"""Every kind of page, found by its links: valid, accessible, light, whole at every width."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

import intersession
from tests.journeys.instance import Instance
from tests.journeys.visits import Visitor, name_of, walk

pytestmark = pytest.mark.journey

HOUSE = Path(intersession.__file__).parent
WHO = ["visitor", "member", "coordinator", "secretariat"]
GROWS_BY_ITS_OWN_WORDS = {"outputs:show", "outputs:version"}
"""Pages of a published text: they may exceed 50 kB, but only by the text."""


@pytest.fixture(scope="session")
def visitors(server: Instance) -> dict[str, Visitor]:
    from intersession.site.demo.bar import samples

    people = {"visitor": "", **dict(zip(WHO[1:], (r.email for r in samples()), strict=True))}
    visitors = {}
    for who, email in people.items():
        visitors[who] = Visitor(server)
        if email:
            visitors[who].become(email)
    return visitors


@pytest.fixture(scope="session")
def pages(visitors: dict[str, Visitor]) -> dict[str, dict[str, str]]:
    return {who: walk(visitor) for who, visitor in visitors.items()}


@pytest.fixture(params=["visitor", "member", "secretariat"])
def who(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def context(
    browser: Browser, visitors: dict[str, Visitor], who: str
) -> Iterator[Callable[..., BrowserContext]]:
    opened: list[BrowserContext] = []

    def open_one(lang: str = "en", **options: object) -> BrowserContext:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        address = visitors[who].instance.url
        context.add_cookies(visitors[who].cookies())  # type: ignore[arg-type]
        context.add_cookies([{"name": "django_language", "value": lang, "url": address}])
        opened.append(context)
        return context

    yield open_one
    for one in opened:
        one.close()


def open_all(context: BrowserContext, server: Instance, paths: list[str]) -> Iterator[Page]:
    page = context.new_page()
    for path in paths:
        page.goto(server.url + path)
        yield page


def one_of_each(pages: dict[str, str]) -> list[str]:
    return list({name_of(path): path for path in reversed(pages)}.values())


def test_every_page_is_valid_html(
    pages: dict[str, dict[str, str]], valid_html: Callable[[dict[str, str]], list[str]]
) -> None:
    everything = {f"{who} {path}": text for who in WHO for path, text in pages[who].items()}

    assert valid_html(everything) == []


def test_every_page_is_light(pages: dict[str, dict[str, str]]) -> None:
    heavy = {
        path: len(text.encode())
        for who in WHO
        for path, text in pages[who].items()
        if len(text.encode()) > 50_000 and name_of(path) not in GROWS_BY_ITS_OWN_WORDS
    }

    assert heavy == {}


def test_the_stylesheets_are_light() -> None:
    sizes = {path.name: path.stat().st_size for path in HOUSE.glob("*/static/**/*.css")}

    assert sizes
    assert sum(sizes.values()) < 32_000, sizes


@pytest.mark.parametrize(
    ("lang", "scheme"), [("en", "light"), ("en", "dark"), ("ar", "light")], ids=str
)
def test_every_page_is_accessible(
    pages: dict[str, dict[str, str]], server: Instance, who: str, lang: str, scheme: str,
    context: Callable[..., BrowserContext], axe: Callable[[Page], list[str]],
) -> None:  # fmt: skip
    shown = context(lang, color_scheme=scheme, bypass_csp=True)
    found = [
        fault for page in open_all(shown, server, one_of_each(pages[who])) for fault in axe(page)
    ]

    assert found == []


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 640], ids=["320 pixels", "200 percent of 1280"])
def test_no_page_scrolls_sideways(
    pages: dict[str, dict[str, str]], server: Instance, who: str, width: int, lang: str,
    context: Callable[..., BrowserContext],
) -> None:  # fmt: skip
    shown = context(lang, viewport={"width": width, "height": 640})
    wide = {
        page.url: found
        for page in open_all(shown, server, one_of_each(pages[who]))
        if (found := page.evaluate("document.documentElement.scrollWidth")) > width
    }

    assert wide == {}


def test_no_page_breaks_its_own_policy_or_has_an_error_in_its_script(
    pages: dict[str, dict[str, str]], server: Instance, who: str,
    context: Callable[..., BrowserContext],
) -> None:  # fmt: skip
    shown, said = context(), []
    shown.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    shown.on("weberror", lambda problem: said.append(str(problem.error)))

    for page in open_all(shown, server, one_of_each(pages[who])):
        assert page.locator("h1").count() == 1, page.url

    assert said == []
