"""A draft as plain text for the mail: numbered paragraphs, lines of 72 columns."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from textwrap import indent, wrap

from intersession.outputs.rules.replying.shapes import Draft, Paragraph

WIDTH = 72
RIGHT_TO_LEFT = "\N{RIGHT-TO-LEFT MARK}"


def printed(draft: Draft) -> str:
    """
    Write a draft as it is mailed: the number in brackets before each paragraph, headings without.

    A footnote follows its paragraph. In text written from the right each line begins with a
    right-to-left mark (UAX 9), since a line of plain text has no direction of its own. Lines that
    a mail program could take for a quotation begin with a blank (RFC 3676, 4.4).
    """
    blocks = [draft.before.strip("\n"), *map(block, ordered(draft)), draft.after.strip("\n")]
    return "\n\n".join(text for text in blocks if text.strip()) + "\n"


def ordered(draft: Draft) -> Iterator[Paragraph]:
    """Give the paragraphs in the order of the mail: footnotes after what they belong to."""
    held = {paragraph.key for paragraph in draft.paragraphs}
    notes: dict[str, list[Paragraph]] = defaultdict(list)
    for paragraph in draft.paragraphs:
        if paragraph.of in held and paragraph.of != paragraph.key:
            notes[paragraph.of].append(paragraph)
    shown = {note.key for several in notes.values() for note in several}
    given: set[str] = set()
    for paragraph in draft.paragraphs:
        if paragraph.key not in shown:
            given.add(paragraph.key)
            yield paragraph
            for note in notes.get(paragraph.key, ()):
                given.add(note.key)
                yield note
    yield from (one for one in draft.paragraphs if one.key not in given)


def owners(pages: Iterable[tuple[str, str]]) -> dict[str, str]:
    """
    Tell which paragraph each footnote belongs to, by key: the first that refers to it.

    `pages` are the keys and the HTML of all blocks of a version, as `kit.markdown` makes it.
    """
    notes: dict[str, str] = {}
    first: dict[str, str] = {}
    for key, html in pages:
        for name in _NOTE.findall(html):
            notes.setdefault(name, key)
        for name in _REFERENCE.findall(html):
            first.setdefault(name, key)
    return {key: first[name] for name, key in notes.items() if first.get(name, key) != key}


_NOTE = re.compile(r'<li id="(fn[^"]{1,80})"')
_REFERENCE = re.compile(r'<sup[^>]{0,80}><a [^>]{0,80}?href="#(fn[^"]{1,80})"')


def block(paragraph: Paragraph) -> str:
    """Write one paragraph."""
    if paragraph.kind == "rule":
        return "* * *"
    if paragraph.kind == "code":
        return f"{paragraph.mark}\n{indent(paragraph.text, '    ')}".strip("\n")
    lines = filled(f"{paragraph.mark} {paragraph.text}".strip())
    begin = RIGHT_TO_LEFT if _runs_left(paragraph.text) else ""
    return "\n".join(f"{begin}{line}" if line else "" for line in lines)


def filled(text: str) -> list[str]:
    """Break a text into lines at blanks; a Chinese sign is two columns wide and breaks anywhere."""
    lines: list[str] = []
    for part in text.split("\n"):
        if any(unicodedata.east_asian_width(sign) == "W" for sign in part):
            lines += wrap(part, WIDTH // 2)
        else:
            lines += wrap(part, WIDTH, break_long_words=False, break_on_hyphens=False)
    return [f" {line}" if _TAKEN.match(line) else line for line in lines]


_TAKEN = re.compile(r"[>|｜]|From ")


def _runs_left(text: str) -> bool:
    """Test whether the first letter of a text belongs to a script written from the right."""
    for sign in text[:400]:
        if (kind := unicodedata.bidirectional(sign)) in ("L", "R", "AL"):
            return kind != "L"
    return False
