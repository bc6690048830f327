"""A list carried away: what is taken in again is the same, and pages open without a server."""

import json
import re
import shutil
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from playwright.sync_api import sync_playwright

from intersession.lists import actions
from intersession.lists.models import MailingList, Message
from intersession.lists.rules.offline import safe_name
from intersession.lists.testing import a_list
from intersession.people.testing import a_person_who_consented
from tests.lists.archive import archived
from tests.lists.mail import LATEST, mail

pytestmark = pytest.mark.django_db

PDF = (
    'MIME-Version: 1.0\nContent-Type: application/pdf; name="a paper.pdf"\n'
    "Content-Disposition: attachment\n"
)


def a_talk() -> MailingList:
    mailing_list = a_list()
    archived(mailing_list, [
        mail("a@x.example", "From here on.\n>From there.", subject="Première"),
        mail("b@x.example", "Yes.\n\n> From here on.", answers="a@x.example", day=2),
        mail("c@x.example", "Words <b>bold</b>.", answers="ghost@x.example", day=3, more=PDF),
        b"From: Dan <dan@example.org>\nSubject: Undated\nMessage-ID: <d@x.example>\n\nNo date.\n",
    ])  # fmt: skip
    return mailing_list


def saved(client: Client, mailing_list: MailingList, name: str) -> bytes:
    answer: Any = client.get(f"{mailing_list.get_absolute_url()}{name}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return b"".join(answer.streaming_content)


def told(mailing_list: MailingList) -> list[tuple[Any, ...]]:
    found = Message.objects.filter(mailing_list=mailing_list).select_related("thread", "author")
    return [
        (m.permalink, m.at, m.subject, m.thread.permalink, m.author.address, bytes(m.content_hash))
        for m in found.order_by("permalink")
    ]


def test_a_maildir_taken_in_again_makes_the_same_archive(client: Client, tmp_path: Path) -> None:
    mailing_list, other = a_talk(), a_list()
    client.force_login(a_person_who_consented())

    with ZipFile(BytesIO(saved(client, mailing_list, "archive-maildir.zip"))) as packed:
        packed.extractall(tmp_path)
    source = actions.source_at(tmp_path / mailing_list.name)
    account = actions.import_archive(other, source, at=LATEST, children=1)

    assert (account.read, account.stored) == (4, 4)
    assert told(other) == told(mailing_list)


def test_visitors_get_no_domains_of_addresses(client: Client) -> None:
    mailing_list = a_talk()

    with ZipFile(BytesIO(saved(client, mailing_list, "archive-maildir.zip"))) as packed:
        for name in packed.namelist():
            assert b"ann@example.org" not in packed.read(name)
    assert b"example.org" not in saved(client, mailing_list, "archive.jsonl")
    with ZipFile(BytesIO(saved(client, mailing_list, "archive-pages.zip"))) as packed:
        for name in packed.namelist():
            assert b"ann@" not in packed.read(name)


def test_json_tells_each_message_in_one_line(client: Client) -> None:
    mailing_list = a_talk()
    client.force_login(a_person_who_consented())

    lines = [json.loads(one) for one in saved(client, mailing_list, "archive.jsonl").splitlines()]

    first, second, third, _last = lines
    assert [one["number"] for one in lines] == [1, 2, 3, 4]
    assert (first["message_id"], first["author"]) == (
        "a@x.example", {"name": "Ann", "address": "ann@example.org"},
    )  # fmt: skip
    assert first["at"] == "2026-11-01T10:00:00Z"
    assert (second["answers"], second["thread"]) == (first["permalink"], first["permalink"])
    assert second["text"].startswith("Yes.")
    assert third["files"][0]["name"] == "a paper.pdf"
    assert first["url"].endswith(Message.objects.get(number=1).get_absolute_url())


class Links(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: set[str] = set()
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.add(tag)
        self.targets += [named[key] or "" for key in ("href", "src") if key in named]
        self.ids |= {named["id"] or ""} if "id" in named else set()


def unpacked(client: Client, mailing_list: MailingList, folder: Path) -> Path:
    with ZipFile(BytesIO(saved(client, mailing_list, "archive-pages.zip"))) as packed:
        packed.extractall(folder)
    return folder / mailing_list.name


def test_pages_to_carry_away_link_to_each_other_and_run_nothing(
    client: Client, tmp_path: Path
) -> None:
    top = unpacked(client, a_talk(), tmp_path)

    assert {path.name for path in top.iterdir()} == {
        "index.html", "style.css", "months", "threads", "files",
    }  # fmt: skip
    pages = {path.resolve(): Links(path.read_text()) for path in top.rglob("*.html")}
    assert len(pages) == 5  # the index, a month, three threads... and no more
    reached = set()
    for path, page in pages.items():
        assert "script" not in page.tags
        for target in page.targets:
            assert not re.match(r"[a-z]+:|/", target), target
            place, _, anchor = target.partition("#")
            found = (path.parent / place).resolve() if place else path
            assert found.is_file(), target
            assert not anchor or anchor in pages[found].ids
            reached.add(found)
    assert reached >= {path.resolve() for path in top.rglob("*") if path.is_file()} - {
        (top / "index.html").resolve()
    }


@pytest.mark.journey
def test_pages_to_carry_away_open_from_a_disk_in_a_browser(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = shutil.which("chromium") or shutil.which("chromium-browser")
    if place is None:
        pytest.skip("chromium is not installed")
    index = unpacked(client, a_talk(), tmp_path) / "index.html"
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's loop is in this thread

    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=place, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 320, "height": 640})
        page.goto(index.as_uri())
        page.click("main ul a")
        assert page.locator("main ul a").count() == 3
        page.click("text=Première")
        assert page.locator("article").count() == 2
        assert "From here on." in page.inner_text("article >> nth=0")
        margin = page.evaluate("getComputedStyle(document.body).marginTop")
        wide = page.evaluate("document.documentElement.scrollWidth")
        browser.close()

    assert (margin, wide) == ("0px", 320)


def test_an_empty_list_is_carried_away_too(client: Client) -> None:
    mailing_list = a_list()

    assert saved(client, mailing_list, "archive.jsonl") == b""
    for name in ("archive-maildir.zip", "archive-pages.zip"):
        with ZipFile(BytesIO(saved(client, mailing_list, name))) as packed:
            assert packed.testzip() is None


@pytest.mark.parametrize(
    ("name", "kept"),
    [("a.pdf", "0-a.pdf"), ("../../x.png", "0-x.png"), ("page.html", "0-page.html.txt"),
     ("run.exe", "0-run.exe.txt"), ("", "0-file.txt"), ("Ä b.pdf", "0-Ä-b.pdf"),
     ("x" * 300 + ".pdf", "0-" + "x" * 76 + ".pdf"), ("CON", "0-CON.txt")],
)  # fmt: skip
def test_names_of_files_are_safe_on_every_disk(name: str, kept: str) -> None:
    assert safe_name(name, 0) == kept
