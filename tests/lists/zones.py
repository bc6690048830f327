"""A name server on loopback for tests: real questions, real answers, and real silence."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from socketserver import BaseRequestHandler, ThreadingUDPServer
from threading import Thread
from types import TracebackType

from dns.exception import DNSException
from dns.flags import AA, RA
from dns.message import from_wire, make_response
from dns.rcode import NXDOMAIN, SERVFAIL
from dns.rdata import Rdata
from dns.rdata import from_text as rdata_from_text
from dns.rdataclass import IN
from dns.rdatatype import from_text, to_text
from dns.rdtypes.ANY import TXT
from dns.rrset import from_rdata

SILENCE = "(no answer)"
"""The server says nothing at all about this name."""
TROUBLE = "(server failure)"
"""The server says that it cannot answer."""


class zones:  # noqa: N801 (read as a verb: `with zones({...}) as (host, port)`)
    """
    Answer questions while the block runs: `with zones({"example.org": ["v=spf1 -all"]}) as (…)`.

    A key is a name (of type TXT) or a name and a type (`"example.org MX": ["10 mx.example.org."]`).
    The value is what stands there, or SILENCE or TROUBLE. `asked` gathers the questions.
    """

    def __init__(self, records: Mapping[str, Sequence[str] | str], *, ttl: int = 60) -> None:
        self.records = {_key(name): value for name, value in records.items()}
        self.ttl = ttl
        self.asked: list[str] = []
        self._server = ThreadingUDPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True

    def __enter__(self) -> tuple[str, int]:
        Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        host, port = self._server.server_address[:2]
        return str(host), port

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answered(self, wire: bytes) -> bytes | None:
        """Answer one question, None for silence."""
        question = from_wire(wire)
        asked = question.question[0]
        name, kind = asked.name.to_text(omit_final_dot=True).lower(), to_text(asked.rdtype)
        self.asked.append(f"{name} {kind}")
        found = self.records.get(f"{name} {kind}")
        if found == SILENCE:
            return None
        response = make_response(question)
        response.flags |= AA | RA
        if found == TROUBLE:
            response.set_rcode(SERVFAIL)
        elif found is None and not any(key.startswith(f"{name} ") for key in self.records):
            response.set_rcode(NXDOMAIN)
        elif found:
            texts = [_rdata(kind, text) for text in found]
            response.answer.append(from_rdata(asked.name, self.ttl, *texts))
        return response.to_wire()


def _key(name: str) -> str:
    host, _blank, kind = name.partition(" ")
    return f"{host.lower().rstrip('.')} {kind.upper() or 'TXT'}"


def _rdata(kind: str, text: str) -> Rdata:
    if kind != "TXT":
        return rdata_from_text(IN, from_text(kind), text)
    octets = text.encode("utf-8", "surrogateescape")
    pieces = [octets[start : start + 255] for start in range(0, len(octets), 255)] or [b""]
    return TXT.TXT(IN, from_text(kind), pieces)


def _handler(server: zones) -> type[BaseRequestHandler]:
    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            wire, socket = self.request
            with suppress(DNSException, IndexError):
                if (answer := server.answered(wire)) is not None:
                    socket.sendto(answer, self.client_address)

    return Handler
