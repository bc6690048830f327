"""HTML mail as its sender laid it out, without anything that acts, loads or tells on its reader."""

from nh3 import clean

from intersession.lists.rules.bodies import is_file
from intersession.lists.rules.charsets import decoded
from intersession.lists.rules.headers import ellipsed, masked
from intersession.lists.rules.mime import Part, leaves
from intersession.lists.rules.plain import GONE, PAGE_LENGTH, flattened

TAGS = {
    "a", "abbr", "b", "big", "blockquote", "br", "caption", "center", "code", "col", "colgroup",
    "dd", "del", "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i",
    "ins", "li", "ol", "p", "pre", "q", "s", "small", "span", "strike", "strong", "sub", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul",
}  # fmt: skip
STYLES = {
    "background-color", "border", "border-collapse", "color", "direction", "font-family",
    "font-size", "font-style", "font-weight", "line-height", "list-style-type", "margin",
    "margin-left", "margin-right", "padding", "text-align", "text-decoration", "vertical-align",
    "white-space", "width",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"dir", "lang", "style", "title", "align", "valign", "bgcolor"},
    "a": {"href"},
    "font": {"color", "size", "face"},
    "table": {"border", "cellpadding", "cellspacing", "width"},
    "td": {"colspan", "rowspan", "width"},
    "th": {"colspan", "rowspan", "width"},
    "ol": {"start", "type"},
}
PAGE = (
    '<!doctype html><html{spoken}><head><meta charset="utf-8"><title>{title}</title>'
    '<base target="_blank"><style>body{{margin:1rem;font:1rem/1.5 sans-serif;color:#14233a;'
    "background:#fff;overflow-wrap:anywhere}}table{{max-width:100%}}</style></head>"
    '<body dir="auto">{body}</body></html>'
)


def laid_out(message: Part) -> str:
    """
    Return what a mail shows as HTML: its pages, cleaned; empty where it has none.

    Pictures, scripts, forms, frames and style sheets are left out, addresses are masked.
    """
    pages = [
        part
        for part in leaves(message)
        if part.kind == "text/html" and not is_file(part, part.kind)
    ]
    return "\n".join(filter(None, map(_cleaned, pages)))


def _cleaned(part: Part) -> str:
    page = flattened(decoded(part.octets(), part.charset or "utf-8")[:PAGE_LENGTH])
    safe = clean(
        page, tags=TAGS, clean_content_tags=GONE, attributes=ATTRIBUTES,
        filter_style_properties=STYLES, url_schemes={"http", "https"},
        link_rel="noopener noreferrer nofollow",
    )  # fmt: skip
    return ellipsed(masked(safe)).strip()
