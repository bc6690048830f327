"""HTML mail as plain text: what it says, with quotes marked, and nothing that could act."""

import re
from collections import Counter
from html import unescape

from nh3 import clean

TAGS = {
    "a", "p", "br", "div", "blockquote", "li", "tr", "td", "dt", "dd", "pre", "table", "ul", "ol",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "center",
}  # fmt: skip
GONE = {"script", "style", "head", "title", "template", "noscript", "object", "svg", "math"}
PAGE_LENGTH = 1_000_000
DEEPEST = 2_000
"""Elements within elements; the time to clean deeper pages grows with the square of the depth."""
CLOSING_THEMSELVES = {"br", "p", "hr", "img", "li", "dt", "dd", "tr", "td", "th", "meta", "link"}

_QUOTE = re.compile(r"<(/?)blockquote\b[^>]*>", re.IGNORECASE)
_LINK = re.compile(
    r"""<a\b[^>]*?href\s*=\s*["']?(https?://[^\s"'>]+)[^>]*>(.*?)</a>""", re.I | re.S
)
_BREAK = re.compile(r"<br\b[^>]*>|</(?:div|tr|li|dt|dd|pre|table|ul|ol|center)\s*>", re.IGNORECASE)
_BLANK = re.compile(r"</?(?:p|h[1-6])\b[^>]*>|<hr\b[^>]*>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^>]*>", re.IGNORECASE)
_NAMED = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_LINES = re.compile(r" *\n *")
_MANY = re.compile(r"\n{3,}")


def plain(page: str) -> str:
    """Write a page of HTML as text: blocks as lines, `>` before quotes, addresses after links."""
    page = flattened(page[:PAGE_LENGTH])
    page = clean(
        page, tags=TAGS, clean_content_tags=GONE, attributes={"a": {"href"}},
        url_schemes={"http", "https"}, link_rel=None,
    )  # fmt: skip
    page = _SPACE.sub(" ", page)
    page = _LINK.sub(_linked, page)
    page = _ITEM.sub("\n• ", _BLANK.sub("\n\n", _BREAK.sub("\n", page)))
    pieces = _QUOTE.split(page)
    lines: list[str] = []
    depth = 0
    for place, piece in enumerate(pieces):
        if place % 2:
            depth = max(0, depth - 1) if piece else min(depth + 1, 20)
        else:
            text = _MANY.sub("\n\n", _LINES.sub("\n", unescape(_TAG.sub("", piece)))).strip()
            if text:
                mark = "> " * depth
                lines += [mark + line for line in text.split("\n")] + [""]
    return "\n".join(lines).strip().replace("\xa0", " ")


def flattened(page: str) -> str:
    """Take all tags out of a page that is too deep to be cleaned in bounded time."""
    return _TAG.sub(" ", page) if _is_too_deep(page) else page


def _is_too_deep(page: str) -> bool:
    """Count what is open, name by name, so that a stray closing tag hides no depth."""
    opened: Counter[str] = Counter()
    depth = 0
    for closing, written in _NAMED.findall(page):
        name = written.lower()
        if name in CLOSING_THEMSELVES or (closing and not opened[name]):
            continue
        step = -1 if closing else 1
        opened[name] += step
        depth += step
        if depth > DEEPEST:
            return True
    return False


def _linked(found: re.Match[str]) -> str:
    address, words = found[1], _TAG.sub("", found[2]).strip()
    same = not words or unescape(words).rstrip("/") in unescape(address) or "://" in words
    return f" {address} " if same else f"{words} ({address})"
