"""Plain text and Markdown: the whole output, its dissent beside the paragraphs it speaks of."""

import unicodedata
from collections.abc import Iterator
from textwrap import indent, wrap
from typing import Any

from django.utils.translation import gettext as _

from intersession.outputs.formats import citation, words
from intersession.outputs.formats.markup import INLINE, Node, find, tree
from intersession.outputs.formats.markup import words as said
from intersession.outputs.formats.published import Passage, Published, Standing, Statement

WIDTH = 72


@words.in_its_language
def text(published: Published) -> str:
    """Write the output as plain text, lines of 72 columns, UTF-8."""
    lines = [
        _filled(published.title.upper() if published.title.isascii() else published.title),
        _filled(words.heading(published)),
        published.cited,
        published.url,
        "",
        _filled(published.state),
    ]
    if published.is_sample:
        lines.append(_filled(words.sample()))
    lines += [_filled(words.not_endorsed()), "", _filled(published.abstract)]
    for title, parts in _parts(published):
        lines += ["", "", title, "-" * _columns(title), *parts]
    return "\n".join(line.rstrip() for line in "\n".join(lines).split("\n")).strip() + "\n"


def _parts(published: Published) -> Iterator[tuple[str, list[str]]]:
    yield _("What the coalition agreed"), [_filled(words.agreement(published))]
    yield (
        _("Where members stood apart"),
        [
            _filled(words.difference(published)),
            _filled(words.considered(published)),
        ],
    )
    if published.standing is not None:
        yield _("Who stood where"), _room(published, published.standing)
    yield (
        _("Text"),
        [line for passage in published.passages for line in _passage(passage, published)],
    )
    whole = [
        line for one in published.statements_on_the_whole() for line in _statement(one, published)
    ]
    if whole:
        yield _("Minority statements on the whole"), whole
    yield _("Comments"), [_filled(published.ledger)]
    yield _("People"), [f"* {line}" for line in words.contributors(published)] or [_("Not named.")]
    yield _("Cite as"), [_filled(citation.text(published)), "", words.licence(published)]


def _room(published: Published, standing: Standing) -> list[str]:
    lines = [_filled(words.caption(published)), ""]
    for row in standing.rows:
        lines.append(f"{row.label}: {row.heard}")
        lines += [
            f"    {column}: {cell.words}"
            for column, cell in zip(standing.columns, row.cells, strict=True)
            if cell.marks
        ]
    return [*lines, "", _filled(words.record(published))]


def _passage(passage: Passage, published: Published) -> list[str]:
    margin = f"[{passage.number}]" if passage.number else ""
    body = "\n".join(_block(node) for node in tree(passage.html))
    lines = ["", f"{margin} {body}".strip() if passage.kind != "code" else f"{margin}\n{body}"]
    for statement in published.statements_on(passage.number):
        lines += _statement(statement, published)
    return lines


def _statement(statement: Statement, published: Published) -> list[str]:
    body = "\n\n".join(_block(node) for node in tree(statement.html))
    told = "\n\n".join(
        [
            words.statement_title(statement),
            body,
            _filled(words.statement_foot(statement, published)),
            statement.url,
        ]
    )
    return ["", indent(told, "| ", lambda line: True)]


def _block(node: Node) -> str:
    if isinstance(node, str):
        return _filled(node)
    if node["t"] in ("ul", "ol", "table"):
        return _many(node)
    match node["t"]:
        case "pre":
            return indent(said(node["c"]).rstrip("\n"), "    ")
        case "hr":
            return "* * *"
        case "blockquote":
            return "\n".join(_block(child) for child in node["c"])
        case "tr":
            return " | ".join(said(cell["c"]) for cell in node["c"] if isinstance(cell, dict))
        case _:
            return _filled(said([node]))


def _many(node: dict[str, Any]) -> str:
    """Write a list with its marks or numbers, or the last row of a table."""
    if node["t"] == "table":
        return "\n".join(_block(row) for row in find([node], "tr")[-1:])
    first = int(node.get("start") or 1)
    items = [_item(item["c"]) for item in node["c"] if isinstance(item, dict)]
    marks = (f"{n}." if node["t"] == "ol" else "-" for n in range(first, first + len(items)))
    return "\n".join(f"{mark} {item}" for mark, item in zip(marks, items, strict=True))


def _item(nodes: list[Node]) -> str:
    """Write an item: its words, then what stands below them, set in."""
    if not any(isinstance(node, dict) and node["t"] not in INLINE for node in nodes):
        return _filled(said(nodes))
    return indent("\n".join(_block(node) for node in nodes), "  ").strip()


def _filled(line: str) -> str:
    """Break lines at blanks; a Chinese character is two columns wide and breaks anywhere."""
    if any(unicodedata.east_asian_width(sign) == "W" for sign in line):
        return "\n".join(wrap(line, WIDTH // 2))
    return "\n".join(
        piece
        for part in line.split("\n")
        for piece in (wrap(part, WIDTH, break_long_words=False, break_on_hyphens=False) or [""])
    )


def _columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) == "W" else 1 for sign in line)


@words.in_its_language
def markdown(published: Published) -> str:
    """Write the output as Markdown (CommonMark with tables), numbered in brackets."""
    parts = [
        f"# {_plain(published.title)}",
        f"`{published.cited}` {words.heading(published)} <{published.url}>",
        f"{published.state} {words.sample() if published.is_sample else ''} {words.not_endorsed()}",
        _plain(published.abstract),
        "## " + _("What the coalition agreed"),
        words.agreement(published),
        "## " + _("Where members stood apart"),
        f"{words.difference(published)} {words.considered(published)}",
        *_marked_room(published),
        "## " + _("Text"),
        *_marked_text(published),
        "## " + _("Comments"),
        _plain(published.ledger),
        "## " + _("People"),
        "\n".join(f"- {_plain(line)}" for line in words.contributors(published)),
        "## " + _("Cite as"),
        _plain(citation.text(published)),
        words.licence(published),
    ]
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def _marked_room(published: Published) -> Iterator[str]:
    standing = published.standing
    if standing is None:
        return
    yield "## " + _("Who stood where")
    yield words.caption(published)
    columns = [_("Stakeholder group"), *standing.columns, _("Positions")]
    rows = [
        [row.label, *(cell.words for cell in row.cells), str(row.heard)] for row in standing.rows
    ]
    lines = [columns, ["---"] * len(columns), *rows]
    yield "\n".join("| " + " | ".join(_plain(cell) for cell in line) + " |" for line in lines)
    yield words.record(published)


def _marked_text(published: Published) -> Iterator[str]:
    """Yield the text by paragraphs; consecutive rows are one table, items keep their marks."""
    rows: list[str] = []
    for passage in published.passages:
        beside = published.statements_on(passage.number)
        if passage.kind == "row":
            rows.append(passage.source)
            if not passage.level:
                rows.append("|---" * len(find(tree(passage.html), "th")) + "|")
            if not beside:
                continue
        if rows:
            yield "\n".join(rows)
            rows = []
        if passage.kind != "row":
            yield (
                f"**[{passage.number}]** {_lowered(passage)}"
                if passage.number and passage.kind == "paragraph"
                else _lowered(passage)
            )
        yield from (_marked_statement(statement, published) for statement in beside)
    if rows:
        yield "\n".join(rows)
    yield from (_marked_statement(one, published) for one in published.statements_on_the_whole())


def _lowered(passage: Passage) -> str:
    if passage.kind == "heading":
        words_ = " ".join(said(tree(passage.html)).split())
        return f"{'#' * min(passage.level + 2, 6)} {_plain(words_)}"
    return passage.source


def _marked_statement(statement: Statement, published: Published) -> str:
    parts = [
        f"**{words.statement_title(statement)}**",
        statement.source.strip(),
        f"{words.statement_foot(statement, published)} <{statement.url}>",
    ]
    return indent("\n\n".join(parts), "> ", lambda line: True)


def _plain(line: str) -> str:
    """Keep what people typed from being read as marks."""
    return "".join("\\" + sign if sign in "\\`*_{}[]<>#|" else sign for sign in line)
