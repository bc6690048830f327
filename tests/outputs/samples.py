"""A published version with everything in it, in several languages. All of it is invented."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from intersession.decisions.rules import Cell, Count, Row
from intersession.kit import markdown
from intersession.outputs.formats import (
    Author,
    Passage,
    Published,
    Standing,
    Statement,
)

MOMENT = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)

ENGLISH = """\
# What we agree on

Community networks are built *and run* by the people who **use** them; see [the report](https://example.org/report?a=1&b=2).

- A list of points,
- with `code` and "quotes" in it

1. first
2. second

> A network is a commons.

| Country | Networks |
|---|---|
| Kenya | 4 |
| Argentina | 12 |

## What we ask

A licence for small networks, as in #set text(red), \\*stars\\*, $x^2$, @name and <label>.[^1]

[^1]: A footnote with a [link](mailto:someone@example.org).
"""

ARABIC = """\
# ما نتفق عليه

الشبكات المجتمعية يبنيها ويديرها الناس الذين يستخدمونها، انظر DC3-2026-01.

1. أولاً
2. ثانياً

| البلد | العدد |
|---|---|
| كينيا | 4 |
"""

RUSSIAN = """\
# О чём мы договорились

Сети сообществ строят *и ведут* те, кто ими **пользуется**.
"""

CHINESE = """\
# 我们的共识

社区网络由使用者自己建设和管理。
"""


def passages(source: str) -> tuple[Passage, ...]:
    """Number the blocks of a text as the platform does."""
    blocks = markdown.paragraphs(source)
    return tuple(
        Passage(str(n), block.kind, block.level, block.source, block.html)
        for n, block in enumerate(blocks, 1)
    )


def a_statement(**fields: Any) -> Statement:
    """Make a minority statement on paragraph 2."""
    source = "We would have agreed to **one** word less.\n\nIt asks users to wait first."
    given = {
        "label": "DC3-2026-01-M1",
        "source": source,
        "html": markdown.render(source),
        "language": "en",
        "places": ("2",),
        "authors": ("A. Author, in a personal capacity",),
        "filed_at": MOMENT,
        "url": "https://example.org/decisions/1/statements/1/",
        "written_on": 1,
    }
    return Statement(**{**given, **fields})


def a_standing(**fields: Any) -> Standing:
    """Make a room with seven voices, two of which differ."""
    cell, empty = Cell(("s", "s", "l"), "2 support, 1 can live with it"), Cell((), "nobody")
    given = {
        "level": "Consensus",
        "summary": "Agreed with one objection outweighed.",
        "counts": (
            Count("support", "s", "Support", 4), Count("live-with", "l", "Can live with it", 1),
            Count("abstain", "a", "Abstain", 0), Count("concern", "c", "Concern", 1),
            Count("object", "o", "Object", 1),
        ),
        "voices": 7,
        "asked": 12,
        "silent": 5,
        "silence_counts": False,
        "columns": ("Africa", "Asia-Pacific", "Eastern Europe", "Latin America and Caribbean",
                    "Western Europe and others"),
        "rows": (
            Row("Civil society", (cell, empty, Cell(("c",), "1 concern"), empty, empty), 4),
            Row("Governments", (empty,) * 5, 0),
            Row("Technical community", (empty, Cell(("s", "o", "s"), "2 support, 1 object"),
                                        empty, empty, empty), 3),
        ),
        "url": "https://example.org/decisions/1/",
        "determined_at": MOMENT,
        "observers": (Count("support", "s", "Support", 2),),
    }  # fmt: skip
    return Standing(**{**given, **fields})


def a_publication(source: str = ENGLISH, **fields: Any) -> Published:
    """Make a published version in English with one minority statement, unless told otherwise."""
    given = {
        "title": "Declaration on Community Connectivity",
        "kind": "Declaration or statement",
        "reference": "DC3-2026-01",
        "number": 1,
        "state": "Current version.",
        "coalition": "Dynamic Coalition on Community Connectivity",
        "published_at": MOMENT,
        "licence": "CC-BY-4.0",
        "licence_name": "Creative Commons Attribution 4.0",
        "language": "en",
        "url": "https://example.org/outputs/DC3-2026-01/v1/",
        "abstract": "How communities build and run their own networks.",
        "passages": passages(source),
        "statements": (a_statement(),),
        "standing": a_standing(),
        "declared_by": "C. Caller",
        "declared_at": MOMENT,
        "ledger": "6 comments by 4 people: 3 accepted, 1 in part, 2 declined with reason, 0 open.",
        "contributors": (Author("E. Editor", "Editor", "Example Institute"),),
        "is_sample": True,
    }
    return Published(**{**given, **fields})


def in_arabic() -> Published:
    """Make one in Arabic, with a statement in Arabic."""
    source = "كنا سنوافق على نص أقصر."
    statement = a_statement(source=source, html=markdown.render(source), language="ar")
    return replace(
        a_publication(ARABIC), language="ar", title="إعلان بشأن الاتصال المجتمعي",
        abstract="كيف تبني المجتمعات شبكاتها.", statements=(statement,),
    )  # fmt: skip


def in_russian() -> Published:
    """Make one in Russian."""
    return replace(
        a_publication(RUSSIAN), language="ru", title="Декларация о сетях сообществ", statements=()
    )


def in_chinese() -> Published:
    """Make one in Chinese."""
    return replace(a_publication(CHINESE), language="zh", title="社区网络宣言", statements=())
