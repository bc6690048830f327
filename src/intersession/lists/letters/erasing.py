"""The letters about taking something out of an archive: to who looks after it, and to who asked."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from intersession.lists.letters.subscribing import reports_to
from intersession.lists.models import ErasureRequest
from intersession.lists.queries import knowledge
from intersession.outbox.actions import write
from intersession.people.models import Person


def tell_asked(asked: ErasureRequest, *, at: datetime) -> None:
    """Tell those who look after the list that somebody asks."""
    for person in knowledge.moderators_of(asked.message.mailing_list, at=at):
        _to("erasure_asked", person, asked, at=at)


def tell_done(asked: ErasureRequest, *, at: datetime) -> None:
    """Tell who asked that it is removed."""
    _to("erasure_done", asked.by, asked, at=at)


def tell_declined(asked: ErasureRequest, *, at: datetime) -> None:
    """Tell who asked why it stays."""
    _to("erasure_declined", asked.by, asked, at=at)


def _to(name: str, person: Person, asked: ErasureRequest, *, at: datetime) -> None:
    own = f"{settings.SITE_URL}{asked.message.get_absolute_url()}"
    with override(person.language):
        asks = person.pk == asked.by_id
        reason = (
            _("You get this because you asked for the removal of a message.")
            if asks
            else _("You get this because you look after the list %(list)s.")
            % {"list": asked.message.mailing_list}
        )
        context = {
            "list": asked.message.mailing_list,
            "subject": asked.message.subject or _("Without a subject"),
            "what": asked.get_what_display(),
            "answer": asked.answer,
            "url": own,
        }
        write(
            f"lists.{name}", person.email, context, at=at, reason=reason, person=person,
            language=person.language, key=f"lists.{name}:{asked.pk}:{person.pk}",
            return_path=reports_to(asked.message.mailing_list),
        )  # fmt: skip
