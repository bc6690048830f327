"""Text, Markdown, page and citations: whole, safe, and never without the dissent."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.kit import markdown
from intersession.outputs.formats import FORMATS
from intersession.outputs.formats.markup import tree, words
from tests.outputs.samples import a_publication, a_statement, in_arabic, passages

READABLE = ["txt", "md", "html"]
CITED = ["bib", "ris", "json"]


def written(ending: str, published: object = None) -> str:
    text = FORMATS[ending].write(published or a_publication())  # type: ignore[arg-type]
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize("ending", READABLE)
def test_the_dissent_stands_beside_its_paragraph(ending: str) -> None:
    text = written(ending)

    paragraph, dissent = text.index("Community networks are built"), text.index("wait first")
    assert paragraph < dissent < text.index("A list of points")


@pytest.mark.parametrize("ending", READABLE)
def test_what_was_agreed_and_what_was_not_stand_together(ending: str) -> None:
    text = " ".join(written(ending).split())

    assert "5 of 7 (Support: 4, Can live with it: 1)." in text
    assert "2 of 7 (Concern: 1, Object: 1)." in text
    assert "Dissent considered, statements attached" in text
    assert "Observers, counted apart: Support: 2." in text
    assert "https://example.org/decisions/1/" in text
    assert "Not endorsed by the Internet Governance Forum or the United Nations" in text


@pytest.mark.parametrize("ending", [*READABLE, *CITED])
def test_every_format_names_the_minority_statements(ending: str) -> None:
    assert "DC3-2026-01-M1" in written(ending)


@pytest.mark.parametrize("ending", [*READABLE, *CITED])
def test_every_format_says_that_none_was_received(ending: str) -> None:
    without = replace(a_publication(), statements=())

    assert "No minority statement was received" in " ".join(written(ending, without).split())


@pytest.mark.parametrize("ending", READABLE)
def test_a_statement_whose_paragraph_is_gone_stands_after_the_text(ending: str) -> None:
    lost = a_statement(places=("99",))

    assert "wait first" in written(ending, replace(a_publication(), statements=(lost,)))


@pytest.mark.parametrize("ending", READABLE)
def test_a_statement_on_two_paragraphs_is_printed_once(ending: str) -> None:
    both = a_statement(places=("2", "12"))

    assert written(ending, replace(a_publication(), statements=(both,))).count("wait first") == 1


@pytest.mark.parametrize("ending", READABLE)
def test_empty_chairs_are_told(ending: str) -> None:
    assert "Governments" in written(ending)


def test_plain_text_fits_its_columns_and_holds_every_paragraph() -> None:
    text = written("txt")

    prose = [line for line in text.split("\n") if "https://" not in line and "|" not in line]
    assert max(map(len, prose)) <= 76
    assert re.findall(r"^\[(\d+)\]", text, re.MULTILINE) == [str(n) for n in range(1, 14)]
    assert "Kenya | 4" in text


def test_the_markdown_reads_back_as_the_same_words() -> None:
    source = written("md")

    blocks = [block.text for block in markdown.paragraphs(source)]
    assert "Kenya | 4" in blocks
    assert "What we ask" in blocks
    assert any("#set text(red), *stars*" in block for block in blocks)


class Balance(HTMLParser):
    """Checks that what opens closes, and that nothing is loaded or run."""

    EMPTY = {"meta", "link", "br", "hr"}

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.EMPTY:
            assert self.open.pop() == tag


@pytest.mark.parametrize("published", [a_publication(), in_arabic()], ids=["en", "ar"])
def test_the_page_stands_on_its_own(published: object) -> None:
    page = Balance()
    page.feed(written("html", published))

    assert page.open == []
    assert not page.seen & {"script", "img", "iframe", "form"}


def test_the_page_of_an_arabic_text_runs_from_right_to_left() -> None:
    assert '<html lang="ar" dir="rtl">' in written("html", in_arabic())


def test_scripts_in_titles_and_names_are_only_words() -> None:
    evil = replace(a_publication(), title="<script>x</script>", abstract='"><script>y</script>')

    assert "<script" not in written("html", evil)


def test_bibtex_escapes_its_signs() -> None:
    entry = written("bib", replace(a_publication(), title="50% of {A} & B_c, $x #1 \\ ~"))

    title = r"50\% of \{A\} \& B\_c, \$x \#1 \textbackslash{} \textasciitilde{}"
    assert f"title = {{{{{title}}}}}" in entry
    assert entry.startswith("@techreport{DC3-2026-01-v1,")


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_title_breaks_out_of_a_citation(title: str, abstract: str) -> None:
    published = replace(a_publication(), title=title, abstract=abstract)

    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines_of(published))
    plain = re.sub(r"\\.", "", written("bib", published))
    assert plain.count("{") == plain.count("}")
    assert json.loads(written("json", published))[0]["title"] == title


def lines_of(published: object) -> list[str]:
    return written("ris", published).removesuffix("\r\n").split("\r\n")


def test_ris_begins_and_ends_as_it_must() -> None:
    lines = lines_of(a_publication())

    assert (lines[0], lines[-1]) == ("TY  - RPRT", "ER  - ")
    assert "M1  - DC3-2026-01 v1" in lines


def test_csl_names_the_version_and_its_day() -> None:
    item = json.loads(written("json"))[0]

    assert item["issued"] == {"date-parts": [[2026, 11, 12]]}
    assert item["number"] == "DC3-2026-01 v1"
    assert item["author"] == [{"literal": "Dynamic Coalition on Community Connectivity"}]


def test_a_tree_keeps_words_and_addresses() -> None:
    nodes = tree(passages("See [this](https://example.org/?a=1&b=2) &amp; that.")[0].html)

    assert words(nodes) == "See this <https://example.org/?a=1&b=2> & that."
