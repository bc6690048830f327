"""
Markdown as numbered blocks and as safe HTML: CommonMark 0.31 with tables and footnotes.

HTML in the source is text, never markup; nh3 looks over what we made all the same. Addresses in the
text become links only where the author wrote a link.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import nh3
from django.utils.html import escape
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from intersession.kit.answers import Refused

MOST_CHARACTERS = 1_000_000
MOST_IN_A_BLOCK = 20_000
MOST_BLOCKS = 5_000
MOST_LINES = 10 * MOST_BLOCKS
"""Lines with words in them, above which no text can be meant."""
MOST_KEPT = 10_000
"""Characters of a text whose HTML is kept in memory: statements are shown more than written."""

TAGS = {
    "p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "a",
    "table", "thead", "tbody", "tr", "th", "td", "sup", "br", "hr",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "id", "title"},
    "ol": {"start", "class"},
    "ul": {"class"},
    "li": {"id"},
    "thead": {"class"},
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """
    One block of a text: what it is, its depth, its Markdown, its HTML and its words.

    `kind` is heading, paragraph, item, row, quote, code, note or rule; `level` the depth of a
    heading or an item, 0 for the head of a table; `start` and `end` its lines, half-open.
    """

    kind: str
    level: int
    source: str
    html: str
    text: str
    start: int = 0
    end: int = 0


def paragraphs(source: str, *, prefix: str = "") -> list[Paragraph]:
    """
    Split a text into its blocks, each with HTML that stands on its own.

    `prefix` tells the footnotes of two texts on one page apart. Raises Refused above the limits.
    """
    source = _tidy(source)
    env: dict[str, Any] = {"docId": prefix} if prefix else {}
    tokens = _READER.parse(source, env)
    _lower_headings(tokens)
    blocks = _Splitter(source.split("\n"), env).blocks(tokens)
    found = [block for block in blocks if block.text or block.kind == "rule"]
    if len(found) > MOST_BLOCKS:
        raise _too_many(len(found))
    return found


def _too_many(count: int) -> Refused:
    words = _("A text may have up to %(most)d paragraphs, and this one has %(count)d.")
    return Refused(words % {"most": MOST_BLOCKS, "count": count})


def render(source: str, *, prefix: str = "") -> str:
    """Return the whole text as safe HTML. Raises Refused above the limits."""
    return (_kept if len(source) <= MOST_KEPT else _rendered)(source, prefix)


def _rendered(source: str, prefix: str) -> str:
    env: dict[str, Any] = {"docId": prefix} if prefix else {}
    tokens = _READER.parse(_tidy(source), env)
    _lower_headings(tokens)
    return _clean(_READER.renderer.render(tokens, _READER.options, env))


_kept = lru_cache(maxsize=500)(_rendered)


def _tidy(source: str) -> str:
    if len(source) > MOST_CHARACTERS:
        raise Refused(
            _("A text may have up to %(most)d characters, and this one has %(count)d.")
            % {"most": MOST_CHARACTERS, "count": len(source)}
        )
    source = source.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    lines = sum(1 for line in source.split("\n") if line.strip())
    if lines > MOST_LINES:  # before they are read, which would take half a minute
        raise _too_many(lines)
    return source


def _measure(state: StateCore) -> None:
    """Stop before the inline rules, slow on an enormous paragraph and on very many."""
    count = sum(token.type in ("paragraph_open", "heading_open") for token in state.tokens)
    if count > 2 * MOST_BLOCKS:
        raise _too_many(count)
    for token in state.tokens:
        if token.type == "inline" and len(token.content) > MOST_IN_A_BLOCK:
            line = token.map[0] + 1 if token.map else 1
            raise Refused(
                _("The paragraph in line %(line)d has more than %(most)d characters: divide it.")
                % {"line": line, "most": MOST_IN_A_BLOCK}
            )


def _image(tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """Show a picture as a link: pages load nothing from elsewhere."""
    token = tokens[index]
    address = str(token.attrGet("src") or "")
    return f'<a href="{escape(address)}">{escape(token.content or address)}</a>'


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
    reader.use(footnote_plugin, inline=False)
    reader.core.ruler.after("block", "measure", _measure)
    reader.add_render_rule("image", lambda self, *given: _image(*given))
    return reader


_READER = _reader()


def _clean(html: str) -> str:
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}
    ).strip()


def _lower_headings(tokens: Sequence[Token]) -> None:
    """Let the highest heading of the text be h3, below the page's own, without gaps."""
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    ranks = {tag: rank for rank, tag in enumerate(sorted({token.tag for token in headings}))}
    for token in headings:
        token.tag = f"h{min(3 + ranks[token.tag], 6)}"


def _words(tokens: Sequence[Token]) -> str:
    """Return the words of a run of tokens: paragraphs by line, cells divided by a bar."""
    lines: list[str] = []
    for token in tokens:
        if token.type == "inline":
            parts = [
                "\n" if child.type in ("softbreak", "hardbreak")
                else child.content or str(child.attrGet("src") or "")
                for child in token.children or []
                if child.type in ("text", "code_inline", "image", "softbreak", "hardbreak")
            ]  # fmt: skip
            lines.append(" ".join("".join(parts).split()))
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.strip())
    divider = " | " if any(token.tag in ("td", "th") for token in tokens) else "\n"
    return divider.join(line for line in lines if line).strip()


class _Splitter:
    """Walks the tokens of one text and makes its blocks."""

    KINDS = {
        "heading_open": "heading",
        "paragraph_open": "paragraph",
        "blockquote_open": "quote",
        "fence": "code",
        "code_block": "code",
        "hr": "rule",
    }

    def __init__(self, lines: list[str], env: dict[str, Any]) -> None:
        self.lines = lines
        self.env = env

    def blocks(self, tokens: Sequence[Token], depth: int = 0) -> Iterator[Paragraph]:
        """Yield the blocks of a run of siblings."""
        for run in _siblings(tokens):
            first = run[0]
            if first.type in ("bullet_list_open", "ordered_list_open"):
                yield from self.items(run, depth + 1)
            elif first.type == "table_open":
                yield from self.rows(run)
            elif first.type == "footnote_block_open":
                for note in _siblings(run[1:-1]):
                    yield self.note(note)
            elif kind := self.KINDS.get(first.type):
                level = int(first.tag[1]) - 2 if kind == "heading" else depth
                yield self.block(kind, level, run)

    def items(self, run: Sequence[Token], depth: int) -> Iterator[Paragraph]:
        """Yield each item without the lists inside it, which follow with their own items."""
        tag, number = run[0].tag, int(run[0].attrGet("start") or 1)
        for item in _siblings(run[1:-1]):
            children = list(_siblings(item[1:-1]))
            cut = next(
                (n for n, part in enumerate(children) if part[0].type.endswith("list_open")),
                len(children),
            )
            own = [token for part in children[:cut] for token in part]
            start = f' start="{number}"' if tag == "ol" and number != 1 else ""
            shell = f'<{tag}{start} class="depth{min(depth, 4)}">%s</{tag}>'
            yield self.block("item", depth, [item[0], *own, item[-1]], shell)
            for part in children[cut:]:
                yield from self.blocks(part, depth)
            number += 1

    def rows(self, run: Sequence[Token]) -> Iterator[Paragraph]:
        """Yield the head of a table, then each row with the head above it for screen readers."""
        head, *bodies = _siblings(run[1:-1])
        shown = self.html(head)
        block = self.block("row", 0, head, "<table>%s</table>")
        yield block
        hidden = shown.replace("<thead>", '<thead class="vh">', 1)
        for body in bodies:
            for row in _siblings(body[1:-1]):
                yield self.block("row", 1, row, f"<table>{hidden}<tbody>%s</tbody></table>")

    def note(self, run: Sequence[Token]) -> Paragraph:
        """Return a footnote, under the number that the text gives it."""
        number = int(run[0].meta["id"]) + 1
        anchor = f"-{self.env['docId']}-" if "docId" in self.env else ""
        shell = f'<ol start="{number}"><li id="fn{anchor}{number}">%s</li></ol>'
        return self.block("note", 0, run[1:-1], shell)

    def block(self, kind: str, level: int, run: Sequence[Token], shell: str = "%s") -> Paragraph:
        """Return one block made of this run of tokens."""
        spans = [token.map for token in run if token.map and token.type != "list_item_open"]
        spans = spans or [token.map for token in run if token.map] or [[0, 0]]
        start, end = min(span[0] for span in spans), max(span[1] for span in spans)
        if kind == "item" and run[0].map:
            start = run[0].map[0]
        source = "\n".join(self.lines[start:end]).strip("\n")
        html = _clean(shell.replace("%s", self.html(run)))
        return Paragraph(kind, level, source, html, _words(run), start, end)

    def html(self, run: Sequence[Token]) -> str:
        """Render a run of tokens."""
        return str(_READER.renderer.render(list(run), _READER.options, self.env))


def _siblings(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Cut a run of tokens into whole elements: an opening, what is inside, its closing."""
    depth, run = 0, []
    for token in tokens:
        run.append(token)
        depth += token.nesting
        if depth == 0:
            yield run
            run = []
