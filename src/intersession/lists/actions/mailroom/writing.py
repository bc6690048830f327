"""A relay as its subscribers get it: edited, mitigated where it must be, and sealed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zlib import decompress

from django.conf import settings

from intersession.lists.actions.mailroom.digests import issue_template
from intersession.lists.formats.signing import Signer, body_hash, seal
from intersession.lists.models import Content, Issue, MailingList, Message, Relay
from intersession.lists.queries.knowledge import list_id
from intersession.lists.rules.addresses import beside
from intersession.lists.rules.composing.heads import Head
from intersession.lists.rules.composing.mitigating import (
    addresses_of,
    mitigated_when_needed,
    without_broken_signatures,
)
from intersession.lists.rules.composing.relaying import relayed
from intersession.lists.rules.composing.templates import Template
from intersession.lists.rules.composing.ways import Ways
from intersession.lists.rules.composing.wrapping import wrapped
from intersession.lists.rules.digesting.whole import is_sendable
from intersession.lists.states import Posting

_CHAIN = re.compile(r"\barc=(pass|fail)\b")
ADDRESSED_AT_MOST = 1_000

type Proves = Callable[[bytes, str], bool]
"""Whether a mail is signed by, or in alignment with, a domain."""
type Holds = Callable[[bytes, int], bool]
"""Whether the signature at a place from the top of a mail still holds."""


@dataclass(frozen=True, slots=True)
class Written:
    """What the copies of a relay share, and whom the mail itself was sent to."""

    template: Template
    hashed: bytes
    leave_address: str
    addressed: frozenset[str]
    author: str


def written(
    relay: Relay,
    *,
    at: datetime,
    signer: Signer | None,
    proves: Proves,
    holds: Holds = lambda _raw, _place: True,
) -> Written:
    """
    Make a relay ready for its copies; `proves` says whether a mail proves its author by DKIM.

    Signatures that an edit of the list's own wish broke, as `holds` tells, are not carried on.

    The seal comes after all edits, and each copy's signature outside it (RFC 8617, 5.1).
    """
    if relay.issue is not None:
        return _digest(relay.issue, signer)
    message = relay.message
    if message is None:
        raise ValueError("A relay is of a post or of a digest.")
    mailing_list = message.mailing_list
    raw = decompress(Content.objects.values_list("raw", flat=True).get(message=message))
    template = _edited(relay, message, raw, proves, holds)
    hashed = body_hash(template.body) if signer else b""
    if signer:
        chain = _CHAIN.search(relay.results)
        sealed = seal(
            Head.of(template.head), hashed, signer, results=relay.results,
            chain=chain[1] if chain else "none", at=int(at.timestamp()),
        )  # fmt: skip
        template = template.with_first(sealed)
    head = Head.of(raw)
    named = [
        one for field in (*head.values("To"), *head.values("Cc")) for one in addresses_of(field)
    ]
    return Written(
        template, hashed, beside(mailing_list.address, "leave"),
        frozenset(named[:ADDRESSED_AT_MOST]), message.author.address,
    )  # fmt: skip


def _digest(issue: Issue, signer: Signer | None) -> Written:
    """Write a digest: our own mail, which needs no seal but each copy's signature."""
    template = issue_template(issue, ways_of(issue.mailing_list))
    hashed = body_hash(template.body) if signer else b""
    leave = beside(issue.mailing_list.address, "leave")
    return Written(template, hashed, leave, frozenset(), "")


def _edited(relay: Relay, message: Message, raw: bytes, proves: Proves, holds: Holds) -> Template:
    mailing_list = message.mailing_list
    ways = ways_of(mailing_list)

    archived_at = f"{settings.SITE_URL}{message.get_absolute_url()}"

    def edited(*, mitigation: bool) -> Template:
        if mitigation and mailing_list.wraps and is_sendable(raw):
            return wrapped(raw, ways, archived_at=archived_at, prefix=mailing_list.prefix)
        copy = relayed(
            raw, ways, archived_at=archived_at,
            mitigation=mitigation, prefix=mailing_list.prefix, footer=mailing_list.footer,
        )  # fmt: skip
        is_changed = mailing_list.prefix or mailing_list.footer or mailing_list.answers_to_list
        return without_broken_signatures(copy, holds) if is_changed else copy

    if relay.policy == "none":
        return edited(mitigation=False)
    domain = message.author.address.rpartition("@")[2]
    return mitigated_when_needed(
        edited(mitigation=False), lambda: edited(mitigation=True),
        is_aligned=lambda copy: proves(copy, domain), policy=lambda: relay.policy or None,
    )  # fmt: skip


def ways_of(mailing_list: MailingList) -> Ways:
    """Return how a list is posted to, read, joined and left."""
    page = f"{settings.SITE_URL}{mailing_list.get_absolute_url()}"
    return Ways(
        list_id=list_id(mailing_list), title=mailing_list.title, address=mailing_list.address,
        authserv_id=settings.MAIL_ID, is_open=mailing_list.posting != Posting.OFFICERS,
        help=(f"{beside(mailing_list.address, 'request')}",), archive=(page,),
        owner=(beside(mailing_list.address, "owner"),),
        subscribe=(page, beside(mailing_list.address, "join")),
        answers_to_list=mailing_list.answers_to_list,
    )  # fmt: skip
