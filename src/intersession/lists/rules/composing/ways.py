"""How a list is reached, as the fields of its copies tell (RFC 2369, 2919, 5064, 8058)."""

from collections.abc import Iterator
from dataclasses import dataclass

from intersession.lists.rules.composing.words import field, phrase, way


@dataclass(frozen=True, slots=True)
class Ways:
    """Where one list is posted to, read, joined and left. Each way is an address or a URL."""

    list_id: str
    """The name of the list below a domain, stable when the list moves: `dc.lists.example.org`."""
    title: str
    address: str
    """Where to post; the address that stands in From when it has to."""
    authserv_id: str
    """Our name in results of authentication (RFC 8601)."""
    is_open: bool = True
    """Whether subscribers post. On a list of announcements they do not: `List-Post: NO`."""
    help: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    archive: tuple[str, ...] = ()
    subscribe: tuple[str, ...] = ()
    answers_to_list: bool = False
    """Whether the list asks for answers to itself, by a Reply-To of its own."""


def list_fields(ways: Ways, archived_at: str) -> Iterator[bytes]:
    """
    Write the fields that are the same in each copy; List-Unsubscribe is not, and comes with it.

    Raises ValueError for a way that is neither an address nor a URL.
    """
    title = phrase(ways.title) + b" " if ways.title else b""
    yield field("List-Id", title + b"<" + ways.list_id.encode("ascii") + b">")
    yield field("List-Post", way(ways.address) if ways.is_open else b"NO")
    for name, where in (
        ("List-Help", ways.help),
        ("List-Subscribe", ways.subscribe),
        ("List-Owner", ways.owner),
        ("List-Archive", ways.archive),
    ):
        if where:
            yield field(name, b", ".join(way(one) for one in where))
    if archived_at:
        yield field("Archived-At", way(archived_at))
    yield b"Precedence: list"


def leaving(one_click_url: str, leave_address: str) -> tuple[bytes, ...]:
    """
    Write how one subscriber leaves: on a page, and by mail (RFC 2369, 3.2).

    Mail programs are told to leave by one click only where the page is on https (RFC 8058, 3.1);
    on http, as on a machine of one's own, it is a link to open. Raises ValueError for another URL.
    """
    if one_click_url and not one_click_url.startswith(("https://", "http://")):
        raise ValueError("The page to leave a list is on https, or on http.")
    where = [way(one) for one in (one_click_url, leave_address) if one]
    if not where:
        return ()
    told = (b"List-Unsubscribe: " + b",\r\n ".join(where),)
    is_one_click = one_click_url.startswith("https://")
    return (*told, b"List-Unsubscribe-Post: List-Unsubscribe=One-Click") if is_one_click else told
