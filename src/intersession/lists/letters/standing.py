"""Letters about the right to post: each says what stays, until when, and whom to write to."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from intersession.kit import words
from intersession.lists.letters.posting import send
from intersession.lists.models import Author, Message, PostingRight
from intersession.lists.queries import knowledge
from intersession.lists.rules.addresses import beside
from intersession.lists.states import Standing
from intersession.people.queries import person_at


def tell_standing(right: PostingRight, *, at: datetime) -> None:
    """Tell somebody that their posts are looked at first, or that they may not post for a time."""
    if right.standing != Standing.TRUSTED:
        _tell(str(right.standing), right, at=at)


def tell_lifted(right: PostingRight, *, at: datetime) -> None:
    """Tell somebody that the list's usual rule holds for their posts again."""
    if right.standing != Standing.TRUSTED:
        _tell("lifted", right, at=at)


def _tell(name: str, right: PostingRight, *, at: datetime) -> None:
    """Write, where the house knows the address: by a subscription, a membership or a post."""
    mailing_list = right.mailing_list
    author = Author.objects.filter(address=right.address)
    is_known = (
        knowledge.known_of(mailing_list, right.address, at=at).is_anybody
        or Message.objects.filter(mailing_list=mailing_list, author__in=author).exists()
    )
    if not is_known:
        return
    person = person_at(right.address)
    with override(person.language if person else "en"):
        why = _("You get this because it is about your posts to the list %(list)s.") % {
            "list": mailing_list
        }
        until = words.moment(right.until) if right.until and right.has_end else ""
    send(
        name, right.address, at=at, key="", why=why, mailing_list=mailing_list, right=right,
        until=until, owner=beside(mailing_list.address, "owner"),
    )  # fmt: skip
