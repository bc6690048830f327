import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from intersession.coalitions.testing import a_coalition
from intersession.journal.actions import checkpoint, record
from intersession.journal.models import Entry, Head
from intersession.outbox.models import Letter
from intersession.people.testing import NOON, a_person

pytestmark = pytest.mark.django_db

THING = Head(pk=1)
ATOM = "{http://www.w3.org/2005/Atom}"


def acts(number: int, *, scope: str = "", **more: Any) -> None:
    """Record so many joinings, each by another person."""
    for _number in range(number):
        record(
            a_person(), "membership.join", THING, at=NOON, scope=scope, url="/about/",
            **{"title": "Net <b>Neutrality</b>", **more},
        )  # fmt: skip


def page(client: Client, name: str, *args: Any, **query: str) -> str:
    return client.get(reverse(f"journal:{name}", args=args), query).content.decode()


def test_an_act_reads_as_a_sentence_and_no_name_can_break_the_page(client: Client) -> None:
    acts(1)
    Entry.objects.get().actor.__class__.objects.update(name="<script>Ada</script>")

    shown = page(client, "whole")

    assert (
        "<bdi>&lt;script&gt;Ada&lt;/script&gt;</bdi> joined "
        '<a href="/about/"><bdi>Net &lt;b&gt;Neutrality&lt;/b&gt;</bdi></a>' in shown
    )


def test_a_link_that_leads_elsewhere_is_no_link(client: Client) -> None:
    record(None, "membership.join", THING, at=NOON, title="Elsewhere", url="javascript:alert(1)")

    assert "javascript:" not in page(client, "whole").replace("&quot;", '"').split("<footer")[0]


@pytest.mark.parametrize("name", ["whole", "timeline", "feed", "timeline_feed"])
def test_a_longer_record_takes_no_more_queries(
    client: Client, name: str, django_assert_num_queries: Any
) -> None:
    slug = a_coalition().slug
    args = [slug] if name.startswith("timeline") else []
    expected = {"whole": 2, "timeline": 2, "feed": 1, "timeline_feed": 2}[name]

    for _more in (1, 2):
        acts(_more, scope=slug)
        with django_assert_num_queries(expected):
            page(client, name, *args)


def test_the_timeline_of_a_coalition_tells_of_it_alone(client: Client) -> None:
    ours, theirs = a_coalition(), a_coalition()
    acts(1, scope=ours.slug, title="Ours")
    acts(1, scope=theirs.slug, title="Theirs")

    shown = page(client, "timeline", ours.slug)

    assert "Ours" in shown
    assert "Theirs" not in shown


def test_a_long_record_comes_in_parts_that_lead_to_each_other(client: Client) -> None:
    acts(60)

    newest = page(client, "whole")
    assert newest.count(" joined ") == 50
    assert "Entry 60<" in newest
    assert len(newest) < 50_000
    key = newest.split("?before=")[1].split('"')[0]
    earlier = page(client, "whole", before=key)
    assert earlier.count(" joined ") == 10
    assert "?after=" in earlier


def test_a_private_entry_shows_only_its_hashes(client: Client) -> None:
    acts(1, private=True, title="Between us")
    entry = Entry.objects.get()

    assert "Between us" not in page(client, "whole")
    shown = page(client, "entry", 1)
    assert "Between us" not in shown
    assert "This entry is private" in shown
    assert entry.hash in shown
    assert entry.salt not in shown


def test_an_entry_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get(reverse("journal:entry", args=[99])).status_code == 404
    assert client.get(f"/record/{'9' * 30}/").status_code == 404


def test_a_coalition_that_is_not_there_has_no_record(client: Client) -> None:
    assert client.get(reverse("journal:timeline", args=["none"])).status_code == 404


def test_the_feed_is_atom_with_the_sentence_as_title(client: Client) -> None:
    acts(1)
    checkpoint(at=NOON)

    feed = ElementTree.fromstring(page(client, "feed"))

    titles = [title.text or "" for title in feed.iter(f"{ATOM}title")]
    assert titles[2].endswith("joined Net <b>Neutrality</b>")
    assert titles[1].startswith("The platform published a checkpoint of the record: 1 ")
    assert [item.findtext(f"{ATOM}id") for item in feed.iter(f"{ATOM}entry")] == [
        f"{settings.SITE_URL}/record/2/", f"{settings.SITE_URL}/record/1/",
    ]  # fmt: skip


def test_whoever_downloads_the_files_can_check_the_record_without_us(
    client: Client, tmp_path: Path
) -> None:
    acts(2)
    checkpoint(at=NOON)
    acts(1, private=True)
    for name, address in [("e", "export"), ("c", "checkpoints"), ("v.py", "verifier")]:
        answer = client.get(reverse(f"journal:{address}"))
        (tmp_path / name).write_bytes(answer.getvalue())

    done = subprocess.run(
        [sys.executable, "-I", "v.py", "--export", "e", "--checkpoint", "c", "--json"],
        cwd=tmp_path, capture_output=True, check=True,
    )  # fmt: skip

    found = json.loads(done.stdout)
    assert (found["holds"], found["entries"], found["checkpoints"]) == (True, 4, 1)


def test_the_checkpoint_is_mailed_to_those_who_keep_it(settings: Any) -> None:
    settings.CHECKPOINT_TO = ["ada@example.org", "bob@example.org"]
    acts(1)

    point = checkpoint(at=NOON)

    letters = Letter.objects.order_by("pk")
    assert [letter.to for letter in letters] == ["ada@example.org", "bob@example.org"]
    assert f'"hash":"{point.hash}"}}' in letters[0].body
    assert max(len(line) for line in letters[0].body.split("{")[1].split("}")[0].splitlines()) < 76


def test_a_saved_letter_can_be_checked_against(settings: Any, tmp_path: Path) -> None:
    from intersession.journal import verify
    from intersession.outbox import formats

    settings.CHECKPOINT_TO = ["ada@example.org"]
    acts(3)
    point = checkpoint(at=NOON)
    letter = formats.message(Letter.objects.get()).message().as_string()

    assert [(found.count, found.hash) for found in verify.read_checkpoints(letter)] == [
        (point.count, point.hash)
    ]


def test_a_sign_that_no_feed_may_hold_stops_none(client: Client) -> None:
    acts(1, title="Net\x01 Neutrality")

    entry = ElementTree.fromstring(page(client, "feed")).find(f"{ATOM}entry")

    assert entry is not None
    assert "Net Neutrality" in entry.findtext(f"{ATOM}title", "")
