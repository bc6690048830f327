"""One connection that carries copies, each in its own transaction, the next one offered early."""

import re
from typing import Protocol

from intersession.lists.formats.courier.letters import Ready
from intersession.lists.formats.courier.messages import Deferred, Event, Key, Refused, Sent
from intersession.lists.formats.courier.talking import Reply, Talk

_CLOSING = 421
_TOO_MANY = 552
"""As an answer to RCPT: too many of them, for now (RFC 5321, 4.5.3.1.10)."""
_ESCAPED = re.compile(rb"[^!-~]|[+=]")


class Crew(Protocol):
    """Who gives a connection its copies, and hears what became of them."""

    def take(self) -> Ready | None:
        """Give the next copy, signed."""

    def rest(self, connection: "Connection") -> None:
        """Have a connection wait until a copy is ready."""

    def give_back(self, ready: Ready, words: str) -> None:
        """Take back a copy that was not sent, for another connection."""

    def tell(self, event: Event) -> None:
        """Tell the parent."""

    def sent(self, connection: "Connection", event: Sent) -> None:
        """Tell the parent, which will let the connection go on."""

    def lost(self, connection: "Connection") -> None:
        """Hear that a connection has ended."""


class Connection(Talk):
    """
    A kept connection.

    The next copy's MAIL and RCPT go out behind the content of the last. Its DATA waits until the
    mark of the last is committed, so that a crash repeats one copy a connection at most.
    """

    def __init__(self, crew: Crew) -> None:
        super().__init__()
        self._crew = crew
        self._offered: Ready | None = None
        self._is_accepted = False
        self._sending: Ready | None = None
        self.is_giving = False
        """Whether it is about to hear what becomes of a copy's content."""
        self._refusal: Reply | None = None
        self._is_closing = False
        self.unmarked: Key | None = None
        self.has_helped = False
        """Whether the server gave a copy a fate over this connection."""

    def connection_lost(self, exc: Exception | None) -> None:
        """Hand back what was not sent; what was sent without an answer is in doubt."""
        self._is_closing = True
        self.give_up()
        words = "The connection to the mail server broke."
        if self._sending is not None:
            key = self._sending.copy.key
            self._crew.tell(Deferred(*key, 0, "The connection broke before the answer.", "DATA"))
        if self._offered is not None:
            self._crew.give_back(self._offered, words)
        self._sending = self._offered = None
        self._crew.lost(self)

    def offer(self) -> None:
        """Begin a transaction with the next copy, or rest."""
        if self._offered is not None or self._is_closing:
            return
        while (ready := self._crew.take()) is not None:
            if ready.is_international and "SMTPUTF8" not in self.features:
                words = "The mail server knows no addresses beyond ASCII."
                self._crew.tell(Refused(*ready.copy.key, 553, f"5.6.7 {words}", "MAIL"))
                continue
            self._offered, self._is_accepted, self._refusal = ready, False, None
            self.say(self._mail(ready), self._mail_answered)
            self.say(self._rcpt(ready), self._rcpt_answered)
            return
        self._crew.rest(self)

    def marked(self) -> None:
        """Go on: the mark of the last copy is committed."""
        self.unmarked = None
        self._go_on()
        self.speak()

    def _mail(self, ready: Ready) -> bytes:
        line = b"MAIL FROM:<" + ready.sender + b">"
        if "SIZE" in self.features:
            line += b" SIZE=%d" % (len(ready.own) + len(ready.shared))
        if ready.is_eight_bit and "8BITMIME" in self.features:
            line += b" BODY=8BITMIME"
        if ready.is_international:
            line += b" SMTPUTF8"
        if "DSN" in self.features:
            line += b" RET=HDRS"
            token = _xtext(ready.sender.partition(b"@")[0])
            line += b" ENVID=" + token if token else b""
        return line + b"\r\n"

    def _rcpt(self, ready: Ready) -> bytes:
        notify = b" NOTIFY=FAILURE" if "DSN" in self.features else b""
        return b"RCPT TO:<" + ready.recipient + b">" + notify + b"\r\n"

    def _mail_answered(self, reply: Reply) -> None:
        if reply.code // 100 != 2:
            self._refusal = reply

    def _rcpt_answered(self, reply: Reply) -> None:
        if self._refusal is not None:
            self._settle(self._refusal, "MAIL")
        elif reply.code // 100 == 2:
            self._is_accepted = True
            self._go_on()
        else:
            self._reset()
            self._settle(reply, "RCPT")

    def _go_on(self) -> None:
        """Ask to give the content, where the copy is accepted and the last one marked."""
        is_free = self.unmarked is None and self._sending is None and not self._is_closing
        if self._is_accepted and is_free:
            self._is_accepted, self.is_giving = False, True
            self.say(b"DATA\r\n", self._data_answered)

    def _data_answered(self, reply: Reply) -> None:
        ready = self._offered
        if ready is None:
            return
        if reply.code != 354:
            self.is_giving = False
            self._reset()
            self._settle(reply, "DATA")
            return
        self._offered, self._sending = None, ready
        self.give(ready.own, ready.shared)
        self.hear_next(self._content_answered)
        self.offer()

    def _content_answered(self, reply: Reply) -> None:
        ready, self._sending, self.is_giving = self._sending, None, False
        if ready is None:
            return
        if reply.code // 100 == 2:
            self.has_helped = True
            self.unmarked = ready.copy.key
            self._crew.sent(self, Sent(*ready.copy.key, reply.words))
        else:
            self._tell(ready, reply, "DATA")
            self._go_on()

    def _settle(self, reply: Reply, stage: str) -> None:
        """Be done with the offered copy, which is not sent, and go on with the next."""
        ready, self._offered = self._offered, None
        if ready is not None:
            self._tell(ready, reply, stage)
        self.offer()

    def _tell(self, ready: Ready, reply: Reply, stage: str) -> None:
        if reply.code == _CLOSING:
            self._is_closing = True
            self._crew.give_back(ready, f"{reply.code} {reply.words}")
            self.leave()
            return
        self.has_helped = True
        is_lasting = reply.code // 100 == 5 and not (stage == "RCPT" and reply.code == _TOO_MANY)
        kind = Refused if is_lasting else Deferred
        self._crew.tell(kind(*ready.copy.key, reply.code, reply.words, stage))

    def _reset(self) -> None:
        self.say(b"RSET\r\n", lambda reply: None)


def _xtext(octets: bytes) -> bytes:
    """Write a token for ENVID (RFC 3461, 4.4); empty where it would be too long or beyond ASCII."""
    if not octets.isascii() or len(octets) > 90:
        return b""
    return _ESCAPED.sub(lambda found: b"+%02X" % found[0][0], octets)
