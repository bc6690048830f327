"""How to cite a published version: in words, BibTeX, RIS and CSL-JSON. Dissent is cited too."""

import unicodedata
from json import dumps

from django.utils.translation import gettext as _

from intersession.outputs.formats import words
from intersession.outputs.formats.published import Published


@words.in_its_language
def text(published: Published) -> str:
    """Cite in one sentence, the minority statements by their labels."""
    said = {
        "coalition": published.coalition,
        "title": published.title,
        "number": published.number,
        "year": published.published_at.year,
        "reference": published.cited,
        "address": published.url,
    }
    if not published.statements:
        return _(
            "%(coalition)s, %(title)s, version %(number)d, %(year)d, %(reference)s, %(address)s"
        ) % said  # fmt: skip
    labels = {"labels": ", ".join(statement.label for statement in published.statements)}
    return _(
        "%(coalition)s, %(title)s, version %(number)d, with the minority statements %(labels)s, "
        "%(year)d, %(reference)s, %(address)s"
    ) % {**said, **labels}  # fmt: skip


def _note(published: Published) -> str:
    return f"{words.difference(published)} {words.not_endorsed()}"


@words.in_its_language
def bibtex(published: Published) -> str:
    """Cite as BibTeX, with escapes that old programs need and letters as they are (UTF-8)."""
    fields = {
        "author": "{" + _tex(published.coalition) + "}",
        "title": "{" + _tex(published.title) + "}",
        "institution": "Internet Governance Forum, " + _tex(published.coalition),
        "type": _tex(published.kind),
        "number": _tex(published.cited),
        "year": str(published.published_at.year),
        "month": published.published_at.strftime("%b").lower(),
        "url": published.url,
        "language": published.language,
        "abstract": _tex(published.abstract),
        "note": _tex(_note(published)),
    }
    lines = "".join(
        f"  {name} = {value if name == 'month' else '{' + value + '}'},\n"
        for name, value in fields.items()
        if value
    )
    return f"@techreport{{{published.cited.replace(' ', '-')},\n{lines}}}\n"


def _tex(words_: str) -> str:
    signs = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    signs |= {sign: "\\" + sign for sign in "{}&%$#_"}
    return "".join(signs.get(sign, sign) for sign in _line(words_))


@words.in_its_language
def ris(published: Published) -> str:
    """Cite as RIS, lines ended by CR LF as the format asks."""
    moment = published.published_at
    fields = [
        ("TY", "RPRT"),
        ("AU", f"{published.coalition},"),
        ("TI", published.title),
        ("PY", str(moment.year)),
        ("DA", moment.strftime("%Y/%m/%d")),
        ("PB", "Internet Governance Forum, Dynamic Coalitions"),
        ("M1", published.cited),
        ("M3", published.kind),
        ("ET", str(published.number)),
        ("LA", published.language),
        ("UR", published.url),
        ("AB", published.abstract),
        *(("KW", keyword) for keyword in published.keywords),
        ("N1", _note(published)),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in fields)


@words.in_its_language
def csl(published: Published) -> str:
    """Cite as CSL-JSON: one item in a list."""
    moment = published.published_at
    item = {
        "id": published.cited.replace(" ", "-"),
        "type": "report",
        "title": published.title,
        "author": [{"literal": published.coalition}],
        "issued": {"date-parts": [[moment.year, moment.month, moment.day]]},
        "number": published.cited,
        "genre": published.kind,
        "version": str(published.number),
        "publisher": "Internet Governance Forum, Dynamic Coalitions",
        "language": published.language,
        "abstract": published.abstract,
        "keyword": ", ".join(published.keywords),
        "URL": published.url,
        "note": _note(published),
    }
    return dumps([item], ensure_ascii=False, indent=1) + "\n"


def _line(words_: str) -> str:
    """Put words on one line without control characters: these formats end fields by lines."""
    kept = (" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in words_)
    return " ".join("".join(kept).split())
