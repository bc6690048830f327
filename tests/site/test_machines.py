"""What machines ask for: health, robots, the map; and what goes wrong is said in plain words."""

from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.test import Client

from intersession.coalitions.testing import a_coalition
from intersession.site import sitemap

pytestmark = pytest.mark.django_db
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def locations(client: Client, path: str) -> list[str]:
    body = b"".join(client.get(path).streaming_content)  # type: ignore[attr-defined]
    return [str(loc.text) for loc in ElementTree.fromstring(body).iterfind(".//s:loc", NS)]


def test_the_map_names_its_parts_and_they_name_the_pages(client: Client, settings) -> None:
    coalition = a_coalition()

    parts = locations(client, "/sitemap.xml")

    assert parts[0] == f"{settings.SITE_URL}/sitemap-pages.xml"
    found = [page for part in parts for page in locations(client, part[len(settings.SITE_URL) :])]
    assert f"{settings.SITE_URL}{coalition.get_absolute_url()}" in found
    assert f"{settings.SITE_URL}/about/" in found


def test_a_part_of_the_map_is_bounded(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "PART", 2)
    for _ in range(5):
        a_coalition()

    sizes = [
        len(locations(client, f"/sitemap-{name}-{number}.xml")) for name, number in sitemap.parts()
    ]

    assert sum(sizes) == 5
    assert max(sizes) <= 2


@pytest.mark.parametrize("part", ["coalitions-0", "coalitions-99", "nothing-1"])
def test_the_map_has_no_other_parts(client: Client, part: str) -> None:
    a_coalition()

    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_livez_asks_nothing_of_the_database(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert client.get("/livez").json() == {"status": "ok"}


def test_readyz_asks_the_database(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert client.get("/readyz").json() == {"status": "ok", "database": "ok"}


def test_a_missing_page_says_what_to_do(client: Client) -> None:
    page = client.get("/nowhere/")

    assert page.status_code == 404
    assert "There is no page at this address" in page.text
    assert "To the first page" in page.text


def test_the_page_for_our_own_faults_needs_neither_database_nor_request() -> None:
    page = render_to_string("500.html")

    assert "It is not your fault." in page


def test_a_fault_of_ours_is_answered_with_that_page(client: Client, monkeypatch) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("intersession.site.views.home.open_work", broken)
    client.raise_request_exception = False

    page = client.get("/")

    assert page.status_code == 500
    assert "Something broke on our side" in page.text


def test_every_link_at_the_foot_leads_somewhere(client: Client) -> None:
    foot = client.get("/").context["foot"]

    assert len(foot) == 6
    assert {client.get(link.url).status_code for link in foot} == {200}


def test_robots_are_asked_to_leave_whole_exports_of_lists_alone(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    for name in ("archive.", "archive-", "thread.mbox"):
        assert f"Disallow: /lists/*/{name}" in lines
    assert "Disallow: /lists/" not in lines
