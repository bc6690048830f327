"""Published versions as files: every format at its address, with its dissent."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.conf import settings
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from intersession.decisions import actions as decisions
from intersession.decisions.testing import a_voice
from intersession.outputs.formats import FORMATS
from intersession.outputs.models import Contributor, Publication
from intersession.outputs.queries.editions import edition_of
from intersession.outputs.states import Edition, Role
from intersession.outputs.testing import a_call_on, a_draft, a_publication, describe, the_blocks
from intersession.outputs.views import keeping
from intersession.people.testing import NOON, a_person

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)


def a_published_text(statements: int = 1, **given: object) -> Publication:
    """Publish a text with so many minority statements on its third block."""
    output = a_draft(**given)  # type: ignore[arg-type]
    describe(output)
    call = a_call_on(output)
    key = the_blocks(output)[2].key
    for number in range(statements):
        author = a_voice(call, at=call.opened_at + HOUR, name=f"Author {number}")
        decisions.file_statement(
            author, call, at=call.opened_at + 2 * HOUR, text=f"Word {number} too many.",
            passages=[key],
        )  # fmt: skip
    return a_publication(output, call=call)


def address(publication: Publication, ending: str) -> str:
    return f"/outputs/{publication.output.reference}/v{publication.number}.{ending}"


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_is_at_its_address_and_holds_the_dissent(client: Client, ending: str) -> None:
    published = a_published_text()

    answer = client.get(address(published, ending))

    assert answer.status_code == 200
    assert answer["Content-Type"] == FORMATS[ending].mime
    text = answer.content.decode() if ending != "pdf" else words_of(answer.content)
    assert edition_of(published).statements[0].label in text


def words_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_statement_stands_at_the_paragraph_it_speaks_of(client: Client) -> None:
    published = a_published_text()
    edition = edition_of(published)

    assert edition.statements[0].places == ("3",)
    assert edition.statements_on("3") == edition.statements
    assert "Author 0" in edition.statements[0].authors[0]


def test_a_paragraph_that_is_gone_is_named_with_its_version() -> None:
    published = a_published_text()
    published.version.blocks.filter(number="3").update(key="another")

    edition = edition_of(published)

    assert edition.statements[0].places == ("3 of version 1",)
    assert edition.statements_on_the_whole() == edition.statements


def test_without_dissent_every_file_says_that_none_was_received(client: Client) -> None:
    published = a_published_text(statements=0)

    text = client.get(address(published, "txt")).content.decode()

    assert "No minority statement was received." in " ".join(text.split())


def test_a_copy_is_asked_for_again_only_when_something_changed(client: Client) -> None:
    published = a_published_text()
    first = client.get(address(published, "txt"))

    same = client.get(address(published, "txt"), headers={"if-none-match": first["ETag"]})
    Publication.objects.update(state=Edition.SUPERSEDED, ended_at=NOON)
    changed = client.get(address(published, "txt"), headers={"if-none-match": first["ETag"]})

    assert (same.status_code, changed.status_code) == (304, 200)
    assert "Superseded on 1 March 2026" in changed.content.decode()


def test_a_pdf_is_made_once_and_kept(client: Client, tmp_path: Path) -> None:
    published = a_published_text()
    first = client.get(address(published, "pdf")).content
    kept = list((tmp_path / "files" / "outputs").iterdir())
    assert [place.read_bytes() for place in kept] == [first]

    kept[0].write_bytes(b"%PDF kept")

    assert client.get(address(published, "pdf")).content == b"%PDF kept"


def test_two_who_ask_for_a_pdf_at_once_get_it_whole(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = edition_of(a_published_text())
    both_wrote = Barrier(2, timeout=30)
    write = Path.write_bytes

    def write_and_wait(place: Path, some: bytes) -> int:
        size = write(place, some)
        both_wrote.wait()
        return size

    monkeypatch.setattr(Path, "write_bytes", write_and_wait)
    with ThreadPoolExecutor(2) as hands:
        made = list(hands.map(keeping._pdf, [published, published], ["d", "d"]))

    (kept,) = (tmp_path / "files" / "outputs").iterdir()
    assert made == [kept.read_bytes()] * 2


def test_a_page_is_saved_and_a_pdf_shown(client: Client) -> None:
    published = a_published_text()
    name = f"{published.output.reference}-v1"

    page, pdf = (client.get(address(published, ending)) for ending in ("html", "pdf"))

    assert page["Content-Disposition"] == f'attachment; filename="{name}.html"'
    assert pdf["Content-Disposition"] == f'inline; filename="{name}.pdf"'


@pytest.mark.parametrize("ending", ["exe", "PDF", "pdf.html"])
def test_a_format_that_is_none_is_not_there(client: Client, ending: str) -> None:
    assert client.get(address(a_published_text(), ending)).status_code == 404


def test_a_version_that_is_none_is_not_there(client: Client) -> None:
    published = a_published_text()

    assert client.get(f"/outputs/{published.output.reference}/v9.pdf").status_code == 404


def test_who_does_not_want_to_be_named_is_not(client: Client) -> None:
    published = a_published_text()
    for name, is_named in (("Open Heart", True), ("Quiet Mind", False)):
        Contributor.objects.create(
            output=published.output, person=a_person(name=name), role=Role.REVIEWER,
            is_named=is_named, since=NOON,
        )  # fmt: skip

    text = client.get(address(published, "txt")).content.decode()

    assert "Open Heart, Reviewer" in text
    assert "Quiet Mind" not in text


@pytest.mark.parametrize("number", [1, 3])
def test_a_file_asks_the_same_number_of_questions_however_many_statements(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    published = a_published_text(statements=number)

    with django_assert_num_queries(13):
        client.get(address(published, "txt"))
