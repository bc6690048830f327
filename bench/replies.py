"""
How replies to a mailed draft are taken apart: how much of a corpus is read right, and how fast.

`python -m bench.replies` prints these rows alone. The corpus and what a person reads in it are in
`tests/outputs/replies/`.
"""

import sys
from collections.abc import Iterator
from itertools import repeat
from random import Random
from time import perf_counter

from bench.figures import Book, machine, table
from intersession.outputs.rules.replying import Draft, Paragraph, printed, read
from intersession.outputs.rules.replying.aligning import index_of
from tests.outputs.replies.corpus import score

SIZE = 40_000
"""Bytes of a reply whose time is measured."""
HEAD = "From: Drafts <drafts@example.org>\nSent: Monday, 1 June 2026\nTo: Ana\nSubject: A draft\n\n"


def measure(book: Book, column: str, runs: int) -> None:
    """Add all rows to a book."""
    reading(book, column)
    for name, text, draft in replies():
        for _ in range(3 * runs):
            index_of.cache_clear()
            book.add(column, f"a reply of 40 kB, {name}", "ms", "≤ 20", _time(text, draft))
    again = next(replies())
    for _ in repeat(None, 3 * runs):
        book.add(column, "the same, its draft read before", "ms", "", _time(*again[1:]))


def reading(book: Book, column: str) -> None:
    """Count what is read as a person reads it: in the corpus, and in what was held out of it."""
    for name, parts in (("replies", ()), ("replies held out", ("held_out",))):
        told = score(*parts)
        book.add(column, f"{name}: on the right paragraph, of {told.inline}", "comments",
                 f"≥ {-(-told.inline * 95 // 100)}", told.placed)  # fmt: skip
        book.add(column, f"{name}: found word for word (recall), of {told.expected}",
                 "comments", "", told.right)  # fmt: skip
        book.add(column, f"{name}: right of those made (precision), of {told.made}",
                 "comments", "", told.right)  # fmt: skip
        book.add(column, f"{name}: lost", "comments", "0", told.lost)


def replies() -> Iterator[tuple[str, str, Draft]]:
    """Give replies of that size in the three ways people write, with the draft they answer."""
    chance = Random(4)
    syllables = [a + b for a in "bcdfghklmnprst" for b in "aeiou"]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(3000)]

    def text(count: int) -> str:
        return " ".join(chance.choices(words, k=count)) + "."

    draft = _draft([text(60) for _ in range(80)])
    quoted = ["> " + line for line in printed(draft).splitlines()]
    lines: list[str] = []
    for place, line in enumerate(quoted):
        lines += [line, "", text(12), ""] if line == "> " and place % 3 == 0 else [line]
    yield "answered inside", _cut("\n".join(lines)), draft
    yield "answered in a copy without marks", _cut(HEAD + "\n".join(
        line.removeprefix("> ") for line in lines
    )), draft  # fmt: skip
    top = "\n".join(text(8) for _ in range(300))
    yield "300 lines on top", _cut("\n".join([top, "", *quoted])), draft


def _draft(texts: list[str]) -> Draft:
    several = [Paragraph(f"k{number}", str(number), text) for number, text in enumerate(texts, 1)]
    return Draft(1, tuple(several), "Dear Ana,", "You get this because you belong.")


def _cut(text: str) -> str:
    return text[:SIZE]


def _time(text: str, draft: Draft) -> float:
    begin = perf_counter()
    read(text, [draft])
    return (perf_counter() - begin) * 1000


def main() -> None:
    """Print the rows as a table."""
    book = Book()
    measure(book, "", 3)
    sys.stdout.write(f"{table(book, [''])}\n\n{machine()}\n")


if __name__ == "__main__":
    main()
