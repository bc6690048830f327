"""The PDF is read back: tagged, in its language, with its own fonts, and with the dissent."""

import io
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from intersession.kit import markdown
from intersession.outputs.formats import FORMATS, Published
from tests.outputs.samples import (
    a_publication,
    a_statement,
    in_arabic,
    in_chinese,
    in_russian,
)


def read(published: Published) -> PdfReader:
    written = FORMATS["pdf"].write(published)
    assert isinstance(written, bytes)
    return PdfReader(io.BytesIO(written))


def words_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def root_of(reader: PdfReader) -> Any:
    return reader.trailer["/Root"]


def tags_of(node: Any) -> list[str]:
    """List the structure elements of a tagged PDF, in reading order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [tag for child in node for tag in tags_of(child)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/S"])] if "/S" in node else []
    return own + (tags_of(node["/K"]) if "/K" in node else [])


def fonts_of(reader: PdfReader) -> dict[str, bool]:
    """List the fonts by name, and whether each is embedded."""
    found: dict[str, bool] = {}
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[union-attr]
            kid: Any = font.get_object()
            below = kid["/DescendantFonts"][0].get_object() if "/DescendantFonts" in kid else kid
            descriptor = below["/FontDescriptor"].get_object()
            found[str(kid["/BaseFont"])] = any(k.startswith("/FontFile") for k in descriptor)
    return found


@pytest.mark.parametrize(
    ("published", "language"),
    [(a_publication(), "en"), (in_arabic(), "ar"), (in_russian(), "ru"), (in_chinese(), "zh-CN")],
    ids=["en", "ar", "ru", "zh"],
)
def test_it_is_tagged_and_says_its_language_and_title(published: Published, language: str) -> None:
    reader = read(published)
    root = root_of(reader)

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == published.title
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_its_headings_lists_tables_and_links_are_tagged() -> None:
    tags = tags_of(root_of(read(a_publication()))["/StructTreeRoot"])

    assert tags.count("/H1") == 1
    assert {"/H2", "/H3", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Link"} <= set(tags)


@pytest.mark.parametrize(
    ("published", "family"),
    [(a_publication(), "NotoSerif"), (in_russian(), "NotoSerif"), (in_arabic(), "NotoNaskhArabic")],
    ids=["en", "ru", "ar"],
)
def test_its_fonts_are_ours_and_embedded(published: Published, family: str) -> None:
    fonts = fonts_of(read(published))

    assert all(fonts.values())
    assert any(family in name for name in fonts)
    assert all(name.partition("+")[2].startswith(("Noto", "DejaVu")) for name in fonts)


def test_text_and_dissent_are_read_back_in_their_order() -> None:
    words = words_of(read(a_publication()))

    assert "Declaration on Community Connectivity" in words
    assert "5 of 7 (Support: 4, Can live with it: 1)" in words
    assert "Not endorsed by the Internet Governance Forum" in words
    second = words.index("Community networks are built")
    dissent = words.index("It asks users to wait first.")
    assert second < dissent < words.index("A list of points")


@pytest.mark.parametrize("published", [in_russian(), in_arabic()], ids=["ru", "ar"])
def test_other_scripts_are_read_back(published: Published) -> None:
    read_back = words_of(read(published))

    for word in ("Сети", "сообществ") if published.language == "ru" else ("الشبكات", "كينيا"):
        assert word in read_back


def test_nothing_that_somebody_wrote_is_a_command() -> None:
    words = words_of(read(a_publication()))

    assert "#set text(red), *stars*, $x^2$, @name and <label>." in words


@pytest.mark.parametrize(
    "evil",
    ["#panic()", '"] #read("/etc/passwd")', "\\", "$ #x", "`", "]]", "//", "/*", "@a", "<b>", "#"],
)
def test_signs_of_the_typesetter_are_only_signs(evil: str) -> None:
    published = replace(a_publication(f"`{evil}x` and the rest"), title=evil, abstract=evil)

    words = words_of(read(published))

    assert evil in words


def test_headings_that_skip_a_rank_are_set_without_the_gap() -> None:
    published = a_publication("### Deep\n\nText.\n\n# High\n\n#### Deep again\n\nText.")

    assert "Deep again" in words_of(read(published))


def test_chinese_without_a_font_is_said_to_be_missing() -> None:
    words = words_of(read(in_chinese()))

    if "社区网络宣言" not in words:
        assert "No font for Chinese is installed where this PDF was made" in words
        assert "□" in words


def test_signs_of_no_script_are_said_to_be_missing() -> None:
    words = words_of(read(a_publication("Not assigned: \u0378.\n\n    line one\n    line two\x07")))

    assert "No font for some signs" in words
    assert "line one line two" in words


def test_the_same_publication_gives_the_same_bytes() -> None:
    assert FORMATS["pdf"].write(a_publication()) == FORMATS["pdf"].write(a_publication())


def test_a_statement_on_the_whole_stands_after_the_text() -> None:
    whole = a_statement(places=(), label="DC3-2026-01-M2", written_on=2)
    words = words_of(read(replace(a_publication(), statements=(whole,))))

    assert "Minority statements on the whole" in words
    assert "Written on version 2." in words


def test_a_long_text_of_every_block_is_set() -> None:
    source = (
        "> - a\n>   1. b\n>\n>      ```\n>      code #x\n>      ```\n\n---\n\n" + "word " * 3000
    )
    published = a_publication(source)

    assert len(read(published).pages) > 5
    assert len(markdown.paragraphs(source)) == len(published.passages)
