"""A digest in the form its reader chose."""

from collections.abc import Callable, Iterator, Sequence

from intersession.lists.rules.digesting.editions import Edition, Enclosed, Entry, Style, Words
from intersession.lists.rules.digesting.flat import flat
from intersession.lists.rules.digesting.whole import whole


def digest(
    edition: Edition,
    entries: Sequence[Entry],
    fetch: Callable[[Entry], Enclosed],
    *,
    style: Style,
    words: Words,
) -> Iterator[bytes]:
    """
    Write a digest piece by piece, lines ending as in mail (RFC 5322).

    `fetch` is asked for each post when its turn comes, so that memory holds one at a time.
    Raises ValueError without entries: a digest of nothing is not sent.
    """
    if not entries:
        raise ValueError("A digest holds at least one post.")
    write = whole if style is Style.MIME else flat
    return write(edition, entries, fetch, words)
