"""Tagged PDF (PDF/UA-1) by typst, with fonts of our own for Latin, Greek, Cyrillic and Arabic."""

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from intersession.outputs.formats import citation, words
from intersession.outputs.formats.markup import Node, find, tree
from intersession.outputs.formats.markup import words as said
from intersession.outputs.formats.published import Passage, Published, Statement

TEMPLATE = Path(__file__).with_name("publication.typ")
FONTS = Path(__file__).parent.parent / "fonts"
NO_GLYPH = re.compile(r"the text `\"(.+?)\"` could not be displayed", re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
OURS = {"LATIN", "GREEK", "CYRILLIC", "ARABIC"}
STAND_IN = "\u25a1"
MOST_TRIES = 60
CODES = {"meta", "lang", "region", "start", "kind", "t", "href"}
"""The values that nobody sees."""
SENTENCES = frozenset(
    {
        *("minute", "agreed", "apart", "room", "group", "positions", "text", "whole", "comments"),
        *("people", "cite", "heading", "state", "sample", "endorsed", "agreement", "summary"),
        *("difference", "considered", "caption", "record", "ledger", "citation", "licence", "foot"),
        *("missing", "label", "columns", "words", "named", "short"),
    }
)
"""The values that are sentences, and so may run in another direction than the text."""


class NoPdf(Exception):
    """The PDF could not be made; the message is typst's."""


@words.in_its_language
def pdf(published: Published) -> bytes:
    """
    Write the output as tagged PDF, the same bytes each time.

    Signs for which no font is here, as Chinese where the system has none, are shown as an empty
    square, and the PDF says which script is missing. Raises NoPdf where typst fails.
    """
    missing: set[str] = set()
    fonts = _fonts(system=False)
    for _try in range(MOST_TRIES):
        paper = _settable(_document(published, missing), missing)
        source = json.dumps(_isolated(paper) if published.is_rtl else paper, ensure_ascii=False)
        try:
            return typst.compile(
                str(TEMPLATE), font_paths=fonts, sys_inputs={"doc": source},
                pdf_standards=["ua-1"], timestamp=int(published.published_at.timestamp()),
            )  # fmt: skip
        except typst.TypstError as problem:
            unseen = NO_GLYPH.search(problem.message)
            if unseen is None or _gaps(unseen[1]) <= missing:
                raise NoPdf(problem.diagnostic or problem.message) from problem
            if fonts is _fonts(system=False):
                fonts = _fonts(system=True)
            else:
                missing |= _gaps(unseen[1])
    raise NoPdf(_("Too many signs of this text have no font here."))


@cache
def _fonts(*, system: bool) -> typst.Fonts:
    """Return our fonts; those of the system are asked only for a script that ours lack."""
    return typst.Fonts(
        include_system_fonts=system, include_embedded_fonts=True, font_paths=[str(FONTS)]
    )


def _script(sign: str) -> str:
    """Name the script of a sign by the first word of its Unicode name."""
    return unicodedata.name(sign, "UNKNOWN").partition(" ")[0]


def _gaps(run: str) -> set[str]:
    """Name what a run of signs lacks a font for: whole scripts, or single signs of ours."""
    run = ESCAPED.sub(lambda found: chr(int(found[1], 16)), run)
    return {sign if _script(sign) in OURS else _script(sign) for sign in run if not sign.isascii()}


def _settable(value: Any, missing: set[str]) -> Any:
    """Leave out control characters, and put the stand-in for the signs of a missing script."""
    if isinstance(value, str):
        kept = CONTROLS.sub("", value)
        if not missing:
            return kept
        return "".join(
            STAND_IN if sign in missing or (_script(sign) in missing and sign > " ") else sign
            for sign in kept
        )
    if isinstance(value, list):
        return [_settable(one, missing) for one in value]
    if isinstance(value, dict):
        return {k: v if k in CODES else _settable(v, missing) for k, v in value.items()}
    return value


def _isolated(value: Any, key: str = "") -> Any:
    """Let each sentence run in its own direction (Unicode FSI and PDI): a page may hold both."""
    if isinstance(value, dict):
        return {name: _isolated(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_isolated(one, key) for one in value]
    is_sentence = isinstance(value, str) and value and key in SENTENCES
    return f"\u2068{value}\u2069" if is_sentence else value


def _document(published: Published, missing: set[str]) -> dict[str, Any]:
    language, _dash, _rest = published.language.partition("-")
    standing = published.standing
    return {
        "meta": {
            "title": published.title,
            "author": published.coalition,
            "abstract": published.abstract,
            "keywords": list(published.keywords),
        },
        "title": published.title,
        "abstract": published.abstract,
        "lang": language,
        "region": "CN" if language == "zh" else None,
        "start": "right" if published.is_rtl else "left",
        "cited": published.cited,
        "short": published.title if len(published.title) < 70 else published.title[:68] + "…",
        "heading": words.heading(published),
        "state": published.state,
        "sample": words.sample() if published.is_sample else "",
        "endorsed": words.not_endorsed(),
        "words": _headings(),
        "pilcrow": "¶ ",
        "number": _("No."),
        "agreement": words.agreement(published),
        "summary": standing.summary if standing else "",
        "difference": words.difference(published),
        "considered": words.considered(published),
        "room": _room(published),
        "caption": words.caption(published),
        "record": words.record(published),
        "missing": _missing(missing),
        "groups": list(_groups(published)),
        "whole": [_statement(one, published) for one in published.statements_on_the_whole()],
        "ledger": published.ledger,
        "people": words.contributors(published),
        "citation": citation.text(published),
        "licence": words.licence(published),
        "url": published.url,
    }


def _headings() -> dict[str, str]:
    return {
        "minute": _("In one minute"),
        "agreed": _("What the coalition agreed"),
        "apart": _("Where members stood apart"),
        "room": _("Who stood where"),
        "group": _("Stakeholder group"),
        "positions": _("Positions"),
        "text": _("Text"),
        "whole": _("Minority statements on the whole"),
        "comments": _("Comments"),
        "people": _("People"),
        "cite": _("Cite as"),
    }


def _missing(scripts: set[str]) -> str:
    if not scripts:
        return ""
    if "CJK" in scripts:
        return _(
            "No font for Chinese is installed where this PDF was made, for example Noto Serif CJK. "
            "Each Chinese sign is shown as an empty square; the web page and the plain text hold "
            "them all."
        )
    return _(
        "No font for some signs (%(scripts)s) is installed where this PDF was made. Each is shown "
        "as an empty square; the web page and the plain text hold them all."
    ) % {"scripts": ", ".join(sorted(scripts)).lower()}


def _room(published: Published) -> dict[str, Any] | None:
    standing = published.standing
    if standing is None:
        return None
    return {
        "columns": list(standing.columns),
        "rows": [
            {
                "label": row.label,
                "cells": [{"marks": list(cell.marks), "words": cell.words} for cell in row.cells],
                "heard": row.heard,
            }
            for row in standing.rows
        ],
    }


def _groups(published: Published) -> Iterator[dict[str, Any]]:
    """Yield the text: rows that follow each other are one table, headings leave no rank out."""
    rank = 2
    table: dict[str, Any] | None = None
    for passage in published.passages:
        beside = [_statement(one, published) for one in published.statements_on(passage.number)]
        if passage.kind == "row" and passage.level and table is not None:
            table["rows"].append({"number": passage.number, "cells": _cells(passage)})
            table["statements"] += beside
            continue
        if table is not None:
            yield table
            table = None
        if passage.kind == "row":
            table = {"kind": "rows", "head": _cells(passage), "rows": [], "statements": beside}
            continue
        level = max(passage.level, 1)
        if passage.kind == "heading":
            rank = level = min(passage.level + 2, rank + 1)
        nodes = _drawn(tree(passage.html))
        if passage.kind == "heading":
            nodes = [child for node in nodes if isinstance(node, dict) for child in node["c"]]
        yield {
            "kind": passage.kind, "level": level, "number": passage.number,
            "nodes": nodes, "statements": beside,
        }  # fmt: skip
    if table is not None:
        yield table


def _cells(passage: Passage) -> list[list[Node]]:
    rows = find(tree(passage.html), "tr")
    last = rows[-1]["c"] if rows else []
    return [_drawn(cell["c"]) for cell in last if isinstance(cell, dict)]


def _statement(statement: Statement, published: Published) -> dict[str, Any]:
    return {
        "named": words.statement_title(statement),
        "lang": statement.language.partition("-")[0] or published.language,
        "nodes": _drawn(tree(statement.html)),
        "foot": words.statement_foot(statement, published),
        "url": statement.url,
    }


def _drawn(nodes: list[Node]) -> list[Node]:
    """Give nodes what the template asks of them: plain code, outside links, loose items."""
    drawn: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            drawn.append(node)
            continue
        href = node.get("href", "")
        more = {
            "pre": {"plain": said(node["c"]).rstrip("\n")},
            "code": {"plain": said(node["c"])},
            "a": {"href": href, "outside": href.partition(":")[0] in ("http", "https", "mailto")},
            "ol": {"first": int(node.get("start") or 1)},
            "li": {"loose": any(isinstance(one, dict) and one["t"] in BLOCKS for one in node["c"])},
        }
        drawn.append({"t": node["t"], "c": _drawn(node["c"]), **more.get(node["t"], {})})
    return drawn


BLOCKS = {"p", "ul", "ol", "pre", "blockquote", "table", "hr"}
