"""The safe HTML of a block as a tree of plain values, from which other markup is written."""

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import Any

type Node = str | dict[str, Any]

EMPTY = {"br", "hr"}
INLINE = {"em", "strong", "code", "a", "sup", "br"}


class _Tree(HTMLParser):
    """Builds the tree. The HTML is our own, from `kit.markdown`, so it is well formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: dict[str, Any] = {"t": "root", "c": []}
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, keeping what later writing needs: address, start, class."""
        node: dict[str, Any] = {"t": tag, "c": []}
        node |= {name: value or "" for name, value in attrs if name in ("href", "start", "class")}
        self.open[-1]["c"].append(node)
        if tag not in EMPTY:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        """Close the element."""
        if len(self.open) > 1 and self.open[-1]["t"] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        """Keep words; outside of code, any run of blanks is one."""
        is_code = any(node["t"] == "pre" for node in self.open)
        self.open[-1]["c"].append(data if is_code else re.sub(r"\s+", " ", data))


def tree(html: str) -> list[Node]:
    """Read HTML as nodes: words, or {t: tag, c: children, href, start, class}."""
    reader = _Tree()
    reader.feed(html)
    reader.close()
    return list(blocks(reader.root["c"]))


def blocks(nodes: Sequence[Node]) -> Iterator[Node]:
    """Leave out blanks between elements below each other, and the way back from a footnote."""
    stands = any(isinstance(node, dict) and node["t"] not in INLINE for node in nodes)
    for node in nodes:
        if isinstance(node, str):
            if node.strip() or not stands:
                yield node
        elif not node.get("href", "").startswith("#fnref"):
            yield {**node, "c": list(blocks(node["c"]))}


def find(nodes: Sequence[Node], tag: str) -> list[dict[str, Any]]:
    """List the elements of one tag, in their order, at any depth."""
    found: list[dict[str, Any]] = []
    for node in nodes:
        if isinstance(node, dict):
            if node["t"] == tag:
                found.append(node)
            found.extend(find(node["c"], tag))
    return found


def words(nodes: Sequence[Node]) -> str:
    """Return the words of nodes, with the address of each link that leads outside."""
    said = ""
    for node in nodes:
        if isinstance(node, str):
            said += node
        elif node["t"] == "br":
            said += "\n"
        else:
            inner = words(node["c"])
            href = node.get("href", "")
            outside = href.partition(":")[0] in ("http", "https", "mailto") and href != inner
            said += f"{inner} <{href}>" if outside else inner
    return said
