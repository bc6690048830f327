"""Mail as people read it."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.lists.rules.language import language
from intersession.lists.rules.rendering import fragment, spoken


def test_paragraphs_are_joined_where_the_writer_did_not_break_them() -> None:
    text = (
        "A line that a program broke because it was longer than its width\nand went on.\n\n"
        "Short\nlines"
    )

    assert fragment(text) == (
        "<p>A line that a program broke because it was longer than its width and went on.</p>"
        "<p>Short<br>lines</p>"
    )


def test_quotes_are_folded_under_the_words_that_say_whose_they_are() -> None:
    text = "Hello.\n\nOn 4 Nov 2016, B. B. wrote:\n> one\n>\n> two\n\nYes."

    assert fragment(text) == (
        "<p>Hello.</p><details><summary><!--q2-->, On 4 Nov 2016, B. B. wrote</summary>"
        '<blockquote class="q"><p>one</p><p>two</p></blockquote></details><p>Yes.</p>'
    )


def test_what_follows_an_original_message_line_is_a_quote() -> None:
    assert "<summary><!--q2-->" in fragment(
        "Yes.\n\n-----Original Message-----\nFrom: b\nold words"
    )


def test_a_signature_is_folded() -> None:
    assert fragment("Yes.\n-- \nAnn") == (
        '<p>Yes.</p><details class="sig"><summary><!--s--></summary><p>Ann</p></details>'
    )


def test_marks_are_spoken_in_the_language_of_the_reader() -> None:
    html = fragment("> a\n> b\n\nx\n-- \nAnn")

    assert "2 lignes citées" in spoken(html, lambda n: f"{n} lignes citées", "Signature")
    assert "<!--" not in spoken(html, str, "Signature")


def test_nobody_can_write_a_mark() -> None:
    assert "&lt;!--q9--&gt;" in fragment("<!--q9-->")


def test_format_flowed_is_unwrapped_at_its_depth() -> None:
    text = "One \nline.\n> quoted \n> line\n>> deeper \nout"

    assert fragment(text, is_flowed=True) == (
        "<p>One line.</p><details><summary><!--q2--></summary>"
        '<blockquote class="q"><p>quoted line<br>&gt; deeper</p></blockquote></details><p>out</p>'
    )


def test_code_and_tables_keep_their_lines() -> None:
    assert fragment("    if x:\n        y()") == '<pre tabindex="0">    if x:\n        y()</pre>'


def test_addresses_of_pages_are_links_and_masked_ones_are_no_longer_than_they_are() -> None:
    assert fragment("See https://example.org/a?b=1&c=2.") == (
        '<p>See <a href="https://example.org/a?b=1&amp;c=2" rel="nofollow noopener ugc">'
        "https://example.org/a?b=1&amp;c=2</a>.</p>"
    )
    assert fragment("<https://example.org/>, ann@...").endswith("&gt;, ann@…</p>")


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)",
     "https://example.org/\"onmouseover='x'", "> <b>x", "http://x/<script>"],
)  # fmt: skip
def test_scripts_in_mail_stay_words(text: str) -> None:
    tags = seen(fragment(text))

    assert tags <= {"p", "br", "a", "details", "summary", "blockquote", "pre"}


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.all: set[str] = set()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.add(tag)
        self.names |= {name for name, _ in attrs}
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def seen(html: str) -> set[str]:
    reader = Seen()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    assert reader.names <= {"class", "href", "rel", "tabindex"}
    return reader.all


LINES = st.lists(
    st.sampled_from(["> q", ">> q", "On 1 May, A wrote:", "", "-- ", "words", "  code()", "<b>"])
    | st.text(max_size=30),
    max_size=15,
)


@given(LINES, st.booleans())
def test_any_text_gives_whole_and_harmless_html(lines: list[str], is_flowed: bool) -> None:
    html = fragment("\n".join(lines), is_flowed=is_flowed)

    assert seen(html) <= {"p", "br", "a", "details", "summary", "blockquote", "pre"}


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        ("We think that this is the text for the meeting and it can be sent.", "", "en"),
        ("Nous pensons que le texte est pour la réunion et il sera envoyé.", "", "fr"),
        ("Creemos que el texto es para la reunión y que se puede enviar.", "", "es"),
        ("Мы думаем, что это текст для встречи, и его можно послать.", "", "ru"),
        ("نعتقد أن هذا هو النص للاجتماع", "", "ar"),
        ("我们认为这是会议的文本", "", "zh"),
        ("これは会議のテキストです", "", "ja"),
        ("Wir denken, dass dies der Text für das Treffen ist und nicht mehr.", "", "de"),
        ("xqz 12345", "gb2312", "zh"),
        ("xqz 12345", "fr-CA", "fr"),
        ("xqz 12345", "us-ascii", ""),
        ("> The text is in the English of those\nOui, la réunion est pour nous", "", "fr"),
    ],
)  # fmt: skip
def test_languages_are_told_by_script_small_words_and_declaration(
    text: str, declared: str, expected: str
) -> None:
    assert language(text, declared) == expected
