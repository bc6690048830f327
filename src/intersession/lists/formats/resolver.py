"""Questions to DNS, with a limit of time for each, remembered for as long as the answers hold."""

from collections import OrderedDict
from collections.abc import Sequence
from ipaddress import ip_address
from threading import Lock
from time import monotonic
from typing import NamedTuple, Protocol, Self

from dns.exception import DNSException, Timeout
from dns.nameserver import Do53Nameserver
from dns.resolver import NXDOMAIN, Answer, NoNameservers, NoResolverConfiguration
from dns.resolver import Resolver as Asker

LIMIT = 3.0
"""Seconds for one question, with one repetition."""
LONGEST = 3600.0
"""Seconds an answer is remembered at most, whatever it says."""
NOTHING = 300.0
"""Seconds it is remembered at most that there is nothing."""
SILENCE = 5.0
"""Seconds a silence is remembered: not to wait for it with every mail of a burst."""
_PAYLOAD = 1232


class Silent(Exception):
    """DNS did not answer in time, or said that it cannot."""


class Resolver(Protocol):
    """Whoever answers questions to DNS."""

    def txt(self, name: str, *, within: float = LIMIT) -> list[bytes]:
        """
        Return the texts at a name, each in one piece, in their order; none where there are none.

        Waits `within` seconds at most. Raises Silent where that cannot be known.
        """
        ...


class _Kept(NamedTuple):
    until: float
    texts: list[bytes] | None


class DnsResolver:
    """Asks name servers, those of the machine where none are given. Safe to share by threads."""

    def __init__(
        self,
        nameservers: Sequence[str] = (),
        port: int = 53,
        *,
        limit: float = LIMIT,
        size: int = 5_000,
    ) -> None:
        self._nameservers = [Do53Nameserver(address, port) for address in nameservers]
        self._limit = limit
        self._size = size
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = Lock()
        self._asker: Asker | None = None

    @classmethod
    def at(cls, addresses: Sequence[str], *, limit: float = LIMIT) -> Self:
        """
        Ask the name servers at these addresses: `192.0.2.1`, `192.0.2.1:5353`, `[2001:db8::1]:53`.

        Raises ValueError for what is no address of one.
        """
        resolver = cls(limit=limit)
        resolver._nameservers = [nameserver(address.strip()) for address in addresses]
        return resolver

    def txt(self, name: str, *, within: float = LIMIT) -> list[bytes]:
        """See Resolver."""
        key = name.rstrip(".").lower()
        kept = self._remembered(key)
        if kept is None:
            kept = self._asked(key, min(within, self._limit))
            self._remember(key, kept)
        if kept.texts is None:
            raise Silent(name)
        return list(kept.texts)

    def _remembered(self, key: str) -> _Kept | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept.until <= monotonic():
                return None
            self._kept.move_to_end(key)
            return kept

    def _remember(self, key: str, kept: _Kept) -> None:
        with self._lock:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)

    def _asked(self, name: str, within: float) -> _Kept:
        if within <= 0:
            return _Kept(0, None)
        try:
            answer = self._asks().resolve(
                name + ".", "TXT", lifetime=within, raise_on_no_answer=False, search=False
            )
        except NXDOMAIN:
            return _Kept(monotonic() + NOTHING, [])
        except (Timeout, NoNameservers, NoResolverConfiguration, OSError):
            # Who asked in a hurry has not learnt that the server is silent.
            return _Kept(monotonic() + SILENCE if within >= self._limit else 0, None)
        except (DNSException, ValueError):
            return _Kept(monotonic() + NOTHING, [])  # what is no name has no texts
        return _kept(answer)

    def _asks(self) -> Asker:
        if self._asker is None:
            asker = Asker(configure=not self._nameservers)
            if self._nameservers:
                asker.nameservers = list(self._nameservers)
            asker.timeout = self._limit / 2
            asker.use_edns(0, 0, _PAYLOAD)
            self._asker = asker
        return self._asker


def nameserver(address: str) -> Do53Nameserver:
    """Read the address of a name server. Raises ValueError for what is none."""
    bare, colon, port = address.rpartition(":")
    if not colon or (":" in bare and not bare.endswith("]")):
        bare, port = address, "53"
    return Do53Nameserver(str(ip_address(bare.strip("[]"))), int(port))


def _kept(answer: Answer) -> _Kept:
    texts = [b"".join(one.strings) for one in answer.rrset or ()]
    holds = min(answer.chaining_result.minimum_ttl, LONGEST if texts else NOTHING)
    return _Kept(monotonic() + holds, texts)


class Budget:
    """A resolver that has so many seconds for all questions together, and is silent after them."""

    def __init__(self, resolver: Resolver, seconds: float) -> None:
        self._resolver = resolver
        self._until = monotonic() + seconds

    def txt(self, name: str, *, within: float = LIMIT) -> list[bytes]:
        """See Resolver."""
        left = self._until - monotonic()
        if left <= 0:
            raise Silent(name)
        return self._resolver.txt(name, within=min(within, left))
