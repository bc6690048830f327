"""Letters that join apps which do not know each other."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from intersession.journal import formats
from intersession.journal.events import CheckpointTaken
from intersession.journal.models import Checkpoint
from intersession.outbox import actions as outbox
from intersession.people.models import Person


def tell_checkpoint(fact: CheckpointTaken) -> None:
    """Mail the checkpoint of the day to those who keep it against a rewriting of the record."""
    point = Checkpoint.objects.get(pk=fact.checkpoint_id)
    line = formats.checkpoint_line(point).replace(',"hash"', ',\n"hash"').strip()
    why = _("You get this because the operator of this platform named you to keep checkpoints.")
    for address in settings.CHECKPOINT_TO:
        outbox.write(
            "site.checkpoint", address, {"line": line, "point": point}, at=fact.at, reason=why,
            key=f"checkpoint:{point.pk}:{address}",
        )  # fmt: skip


def tell_nothing_came_back(*, at: datetime) -> None:
    """Tell the Secretariat, once a day, that the mail to ourselves did not come back."""
    why = _("You get this because you are Secretariat of this platform.")
    for person in Person.objects.filter(is_secretariat=True, is_active=True):
        outbox.write(
            "site.nothing_came_back", person.email, {}, at=at, reason=why, person=person,
            language=person.language, key=f"nothing_came_back:{person.pk}:{at:%F}",
        )  # fmt: skip
