"""A digest as mail."""

from zlib import decompress

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from intersession.kit import words
from intersession.lists.models import Content, Issue, Message
from intersession.lists.queries import digests, tokens
from intersession.lists.rules.addresses import beside
from intersession.lists.rules.bodies import body_of
from intersession.lists.rules.composing.heads import Head
from intersession.lists.rules.composing.templates import Template
from intersession.lists.rules.composing.ways import Ways, list_fields
from intersession.lists.rules.digesting import (
    Edition,
    Enclosed,
    Entry,
    Style,
    Words,
    digest,
    message_id,
)
from intersession.lists.rules.mime import part_of


def issue_template(issue: Issue, ways: Ways) -> Template:
    """Write a digest, all but what differs from copy to copy."""
    posts = {post.number: post for post in digests.posts_of(issue)}
    entries = [
        Entry(post.number, post.subject, post.name, post.at, _url(post)) for post in posts.values()
    ]
    with override(issue.language):
        told = _words(issue)
    pieces = digest(
        _edition(issue, ways), entries, lambda entry: _enclosed(posts[entry.number]),
        style=Style(issue.style), words=told,
    )  # fmt: skip
    return Template.of(Head.of(b"".join(pieces)))


def _url(post: Message) -> str:
    return f"{settings.SITE_URL}{post.get_absolute_url()}"


def _enclosed(post: Message) -> Enclosed:
    raw = decompress(Content.objects.values_list("raw", flat=True).get(message=post))
    return Enclosed(raw, body_of(part_of(raw)).text)


def volume(issue: Issue) -> int:
    """Return the year of the list in which a digest came out, from 1 on (RFC 1153)."""
    return max(1, issue.until.year - issue.mailing_list.opened_at.year + 1)


def _edition(issue: Issue, ways: Ways) -> Edition:
    mailing_list = issue.mailing_list
    host = mailing_list.address.rpartition("@")[2]
    return Edition(
        name=mailing_list.name, title=mailing_list.title,
        sender=beside(mailing_list.address, "owner"), to=mailing_list.address,
        message_id=message_id(issue.number, tokens.digest_secret(issue), host),
        at=issue.until, volume=volume(issue), issue=issue.number, language=issue.language,
        fields=tuple(list_fields(ways, "")),
    )  # fmt: skip


def _words(issue: Issue) -> Words:
    mailing_list = issue.mailing_list
    told = {
        "list": mailing_list.title,
        "since": words.own_moment(issue.since, issue.zone),
        "until": words.own_moment(issue.until, issue.zone),
        "page": f"{settings.SITE_URL}{mailing_list.get_absolute_url()}",
        "volume": volume(issue),
        "issue": issue.number,
    }
    return Words(
        subject=_("%(list)s Digest, Vol %(volume)d, Issue %(issue)d") % told,
        preface=_(
            "What was written to the list %(list)s from %(since)s until %(until)s.\n\n"
            "To answer a message, answer that one and not the digest: open it in the archive, or in"
            " your mail program where the messages are attached. An answer to the whole digest is"
            " held, because nobody could tell what it is about.\n\n"
            "Each message as it comes, a digest each day or each week, or none: %(page)s"
        ) % told,
        contents=_("In this digest:"),
        shortened=_("This message is too large for a digest, or cannot be enclosed. All of it:"),
    )  # fmt: skip
