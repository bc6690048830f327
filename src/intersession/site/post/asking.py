"""Questions to DNS about names of ours: all at once, each with an end, and all with one."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Protocol

from dns.exception import DNSException
from dns.resolver import NXDOMAIN, LifetimeTimeout, NoNameservers, Resolver

from intersession.lists.formats.resolver import nameserver

LIMIT = 3.0
"""Seconds for one question."""
ALL = 6.0
"""Seconds for all of them; what has no answer by then could not be asked."""
AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Question:
    """A name and a type of record."""

    name: str
    kind: str


type Answers = dict[Question, list[str] | None]
"""What stands at each name: nothing there is an empty list; None, that it could not be asked."""


class Asks(Protocol):
    """Who answers questions about names."""

    def __call__(self, questions: Sequence[Question]) -> Answers: ...


class Asker:
    """Asks the name servers of the settings, or the machine's own where none are given."""

    def __init__(self, servers: Sequence[str], *, limit: float = LIMIT, most: float = ALL) -> None:
        self._servers, self._limit, self._most = servers, limit, most

    def __call__(self, questions: Sequence[Question]) -> Answers:
        """Ask everything at once, and answer in `most` seconds whatever happens."""
        pool = ThreadPoolExecutor(AT_ONCE, "names")
        under_way = {one: pool.submit(self._ask, one) for one in dict.fromkeys(questions)}
        wait(under_way.values(), self._most)
        pool.shutdown(wait=False, cancel_futures=True)
        return {
            one: told.result() if told.done() and not told.cancelled() else None
            for one, told in under_way.items()
        }

    def _ask(self, question: Question) -> list[str] | None:
        try:
            answer = self._resolver().resolve(
                f"{question.name.rstrip('.')}.", question.kind, lifetime=self._limit,
                raise_on_no_answer=False, search=False,
            )  # fmt: skip
        except NXDOMAIN:
            return []
        except (LifetimeTimeout, NoNameservers, OSError):
            return None
        except (DNSException, ValueError):
            return None
        if question.kind == "TXT":
            return [b"".join(one.strings).decode("ascii", "replace") for one in answer.rrset or ()]
        return [one.to_text() for one in answer.rrset or ()]

    def _resolver(self) -> Resolver:
        resolver = Resolver(configure=not self._servers)
        if self._servers:
            resolver.nameservers = [nameserver(address) for address in self._servers]
        return resolver
