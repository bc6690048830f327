"""
A post carried whole in a mail of the list's own (RFC 2046, 5.2.1), where its list asks for that.

It stands in for a From that names the list: what the author's domain has signed lies inside, not a
byte of it changed, so that readers can verify it; programs that show no attached mail show little.
"""

from dataclasses import replace

from intersession.lists.rules.composing import additions, mitigating
from intersession.lists.rules.composing.heads import Head, name_of
from intersession.lists.rules.composing.relaying import cleared, told_by_list
from intersession.lists.rules.composing.templates import Template
from intersession.lists.rules.composing.ways import Ways

KEPT = frozenset(b"from to cc subject date message-id in-reply-to references reply-to".split())
"""What a reader's program sorts and threads by stands outside too."""
_LINES = (b"MIME-Version: 1.0", b"Content-Type: message/rfc822", b"Content-Disposition: inline")


def wrapped(raw: bytes, ways: Ways, *, archived_at: str, prefix: str = "") -> Template:
    """
    Make a post ready to be copied inside a mail from its list.

    Only what no copy may carry on is taken out of its head (`relaying.TAKEN_OUT`). Raises
    ValueError for ways that no field can hold.
    """
    inside = cleared(Head.of(raw), ways.authserv_id)
    outside = inside.keeping(one for one in inside.fields if name_of(one) in KEPT)
    if prefix:
        outside = additions.with_prefix(outside, prefix)
    outside = mitigating.mitigated(
        outside, ways.address, ways.title, munges_reply_to=ways.answers_to_list
    )
    whole = bytes(inside)
    way = b"Content-Transfer-Encoding: " + (b"7bit" if whole.isascii() else b"8bit")
    head = told_by_list(outside, ways, archived_at).with_first((*_LINES, way))
    return Template.of(replace(head, rest=head.end + whole))
