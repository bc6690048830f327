from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.kit.answers import Refused
from intersession.kit.markdown import paragraphs, render

TEXT = """# Declaration

We agree on *this*.[^1]

- first
- second

  with a second paragraph
  1. inner

| Who | What |
|-----|------|
| We  | ask  |

> A quotation
> of two lines

    code

---

[^1]: With a note.
"""


def test_a_text_becomes_blocks_of_every_kind() -> None:
    assert [(p.kind, p.level, p.text) for p in paragraphs(TEXT)] == [
        ("heading", 1, "Declaration"),
        ("paragraph", 0, "We agree on this."),
        ("item", 1, "first"),
        ("item", 1, "second\nwith a second paragraph"),
        ("item", 2, "inner"),
        ("row", 0, "Who | What"),
        ("row", 1, "We | ask"),
        ("quote", 0, "A quotation of two lines"),
        ("code", 0, "code"),
        ("rule", 0, ""),
        ("note", 0, "With a note."),
    ]


def test_each_block_knows_its_lines() -> None:
    lines = TEXT.split("\n")
    for block in paragraphs(TEXT):
        assert "\n".join(lines[block.start : block.end]).strip("\n") == block.source


def test_the_second_item_of_a_list_keeps_its_number() -> None:
    assert '<ol start="2"' in paragraphs("1. a\n2. b\n")[1].html


def test_the_highest_heading_lies_below_those_of_the_page() -> None:
    assert [p.html for p in paragraphs("## A\n\n#### B\n")] == ["<h3>A</h3>", "<h4>B</h4>"]


def test_footnotes_of_two_texts_do_not_meet_on_a_page() -> None:
    assert 'id="fn-m1-1"' in render("a[^x]\n\n[^x]: b\n", prefix="m1")
    assert 'id="fn-m1-1"' in paragraphs("a[^x]\n\n[^x]: b\n", prefix="m1")[1].html


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "[a](javascript:alert(1))",
        "[a](data:text/html,x)",
        '[a](http://x.org "onmouseover=alert(1)")',
        "![a](javascript:alert(1))",
        '![" onload="x](http://x.org/a.png)',
        "<div style='position:fixed'>x</div>",
    ],
)
def test_scripts_in_markdown_are_words(evil: str) -> None:
    for html in (render(evil), *(p.html for p in paragraphs(evil))):
        low = html.lower()
        assert "<script" not in low
        assert "<img" not in low
        assert "<div" not in low
        assert 'href="javascript' not in low
        assert 'href="data' not in low


def test_a_picture_is_a_link() -> None:
    assert "<img" not in render("![Map](https://x.org/m.png)")
    assert 'href="https://x.org/m.png"' in render("![Map](https://x.org/m.png)")


def test_a_bare_address_stays_words() -> None:
    assert render("see https://x.org now") == "<p>see https://x.org now</p>"


def test_a_text_of_two_megabytes_is_refused_at_once_with_its_length() -> None:
    begun = process_time()
    with pytest.raises(Refused, match="1000000 characters, and this one has 2000000"):
        paragraphs("word " * 400_000)
    assert process_time() - begun < 1


def test_an_enormous_paragraph_is_refused_with_its_line() -> None:
    with pytest.raises(Refused, match="line 3 has more than 20000"):
        paragraphs("a\n\n" + "[" * 30_000)


@pytest.mark.parametrize("text", ["a\n\n" * 300_000, "- a\n" * 250_000, "a\n\n" * 40_000])
def test_a_text_of_nothing_but_tiny_paragraphs_is_refused_at_once(text: str) -> None:
    began = process_time()

    with pytest.raises(Refused, match="up to 5000 paragraphs"):
        paragraphs(text)

    assert process_time() - began < 10


def test_too_many_paragraphs_are_refused_with_their_number() -> None:
    with pytest.raises(Refused, match="up to 5000 paragraphs, and this one has 5001"):
        paragraphs("a\n\n" * 5001)


@pytest.mark.parametrize("piece", ["[", "*a **b ", "_a", "`a", "![[]()", "[^a]", "<a "])
def test_a_hostile_paragraph_is_read_in_bounded_time(piece: str) -> None:
    begun = process_time()
    paragraphs((piece * 20_000)[:19_999])
    assert process_time() - begun < 3


@given(st.text(max_size=400))
def test_any_text_is_read_and_none_of_its_blocks_overlap(source: str) -> None:
    blocks = [p for p in paragraphs(source) if p.kind != "note"]
    for before, after in pairwise(blocks):
        assert before.end <= after.start
