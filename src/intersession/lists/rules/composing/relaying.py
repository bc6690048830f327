"""A post made ready to be copied: what other servers told taken out, what the list tells put in."""

from dataclasses import replace

from intersession.lists.rules.composing import additions, mitigating
from intersession.lists.rules.composing.heads import Head, name_of, value_of
from intersession.lists.rules.composing.results import is_from, without_our_chain
from intersession.lists.rules.composing.templates import Template
from intersession.lists.rules.composing.ways import Ways, list_fields
from intersession.lists.rules.composing.words import field, is_address

TAKEN_OUT = (
    "List-*", "Archived-At", "X-Archived-At", "Precedence", "Errors-To", "X-Errors-To",
    "Return-Receipt-To", "Return-Path", "Disposition-Notification-To",
    "Disposition-Notification-Options", "Generate-Delivery-Report", "X-Confirm-*", "Approved",
    "Approve", "X-Approved", "X-Approve", "Delivered-To", "X-Original-To", "Bcc", "Resent-Bcc",
)  # fmt: skip
"""What tells another list's ways, asks for receipts, bears a password, or ends as a loop."""


def relayed(
    raw: bytes,
    ways: Ways,
    *,
    archived_at: str,
    mitigation: bool = False,
    prefix: str = "",
    footer: str = "",
) -> Template:
    """
    Make a post ready to be copied: only its head is edited, and its body stays byte for byte.

    With `mitigation` From names the list. A prefix and a footer are a list's own wish: both break
    what authors signed. A footer is added as a part, and never to signed or encrypted mail.
    Raises ValueError for ways that no field can hold.
    """
    head = cleared(Head.of(raw), ways.authserv_id)
    if footer:
        head = additions.with_footer(head, footer)
    if prefix:
        head = additions.with_prefix(head, prefix)
    if mitigation:
        head = mitigating.mitigated(
            head, ways.address, ways.title, munges_reply_to=ways.answers_to_list
        )
    return Template.of(told_by_list(head, ways, archived_at))


def told_by_list(head: Head, ways: Ways, archived_at: str) -> Head:
    """Put in what the list tells: its ways, the post's address, and where answers go."""
    own = [*list_fields(ways, archived_at)]
    if ways.answers_to_list and is_address(ways.address):
        head = head.without(["Reply-To"])
        own.append(field("Reply-To", ways.address.encode()))
    return head.with_first(own)


def cleared(head: Head, authserv_id: str) -> Head:
    """Take out what a copy must not carry on: see TAKEN_OUT, and results that claim to be ours."""
    head = replace(head.without(TAKEN_OUT), envelope=b"")
    head = head.keeping(
        one
        for one in head.fields
        if name_of(one) != b"authentication-results" or not is_from(value_of(one), authserv_id)
    )
    return without_our_chain(head, authserv_id)
