"""What people ask to be made while they do something else."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.tasks import Task
from django.urls import reverse
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from intersession.jobs.actions import Wish, advance, enqueue, forget_files, keep
from intersession.jobs.models import Run
from intersession.lists.events import MessageRedacted
from intersession.lists.models import MailingList, Thread
from intersession.lists.views.offline import Site
from intersession.people.models import Person

STEPS = 100
"""How often at most a task says how far it is."""


class Changed(Exception):
    """A message was removed while its list was written out: what was written is not kept."""


def ask_for_pages(
    person: Person, mailing_list: MailingList, task: Task[..., int], *, at: datetime
) -> Run:
    """
    Ask for the archive of a list as pages, in the language of who asks; `task` writes them.

    While one is being made for them, that one is returned.
    """
    language = get_language() or "en"
    title = _("The archive of %(list)s as pages") % {"list": mailing_list.title}
    return enqueue(
        task, mailing_list.pk, language, at=at,
        key=f"pages:{mailing_list.pk}:{language}:{person.pk}",
        wish=Wish(person, title, reverse("carrying", args=[mailing_list.name])),
    )  # fmt: skip


def pages(run_id: UUID | str, mailing_list: MailingList, language: str, *, at: datetime) -> int:
    """Write the archive of a list as pages into the file of a task, and say how far it is."""
    with override(language):
        site = Site(mailing_list, at)
        return keep(run_id, f"{mailing_list.name}-pages.zip", _told(run_id, site, mailing_list))


def _told(run_id: UUID | str, site: Site, mailing_list: MailingList) -> Iterator[bytes]:
    total = Thread.objects.filter(mailing_list=mailing_list).count()
    said, step = -1, max(1, total // STEPS)
    for piece in site:
        if site.threads >= said + step or said < 0:
            said = site.threads
            advance(run_id, done=said, total=total, words=_words(said, total))
        yield piece
    if MailingList.objects.get(pk=mailing_list.pk).redactions != mailing_list.redactions:
        raise Changed(_("A message was removed from the archive meanwhile."))
    advance(run_id, done=total, total=total, words=_words(total, total))


def _words(done: int, total: int) -> str:
    words = ngettext(
        "%(done)s of %(n)s thread is written.", "%(done)s of %(n)s threads are written.", total
    )
    return words % {"done": done, "n": total}


def forget_made_files(fact: MessageRedacted) -> None:
    """Throw away what was made of the archives before a message was removed from one."""
    forget_files()
