"""The verbs of a coalition's page: its coordinators edit it and say that it is right."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.coalitions import permissions, queries
from intersession.coalitions.events import PageConfirmed, PageEdited
from intersession.coalitions.models import Coalition
from intersession.coalitions.rules import Page
from intersession.journal.actions import record
from intersession.kit.answers import Refused, ensure
from intersession.kit.facts import publish
from intersession.people.models import Person
from intersession.search import actions as search


class Stale(Refused):
    """Somebody edited the page in the meantime."""

    def __init__(self) -> None:
        super().__init__(_("Somebody edited this page in the meantime. Look at it again."))


@transaction.atomic
def edit_page(actor: Person, coalition: Coalition, page: Page, *, base: int, at: datetime) -> None:
    """
    Change what the page says; a coordinator who does so confirms it too.

    `base` is the number of edits that the writer saw. Raises Denied unless a coordinator or the
    Secretariat asks, Stale where the page was edited since, Refused where nothing is different.
    """
    ensure(permissions.may_edit_page(actor, coalition, at=at))
    _lock(coalition, base)
    before, after = asdict(queries.page_of(coalition)), asdict(page)
    after["links"] = list(after["links"])
    if not (changed := sorted(name for name in after if after[name] != before[name])):
        raise Refused(_("Nothing is different from what was there."))
    for name in changed:
        setattr(coalition, name, after[name])
    coalition.edits += 1
    is_theirs = bool(permissions.may_confirm_page(actor, coalition, at=at))
    coalition.confirmed_at, coalition.confirmed_by = (at, actor) if is_theirs else (None, None)
    coalition.save(update_fields=[*changed, "edits", "confirmed_at", "confirmed_by"])
    record(
        actor, "coalitions.edit_page", coalition, at=at, scope=coalition.slug,
        title=str(coalition), url=coalition.get_absolute_url(),
        facts={"fields": changed, "confirmed": is_theirs},
    )  # fmt: skip
    search.put(queries.documents(at=at, only=coalition))
    publish(PageEdited(coalition.pk, at))


@transaction.atomic
def confirm_page(actor: Person, coalition: Coalition, *, base: int, at: datetime) -> None:
    """
    Say for the coalition that its page is right, as it was after `base` edits.

    Raises Denied unless a coordinator asks, and Stale where the page was edited since.
    """
    ensure(permissions.may_confirm_page(actor, coalition, at=at))
    _lock(coalition, base)
    coalition.confirmed_at, coalition.confirmed_by = at, actor
    coalition.save(update_fields=["confirmed_at", "confirmed_by"])
    record(
        actor, "coalitions.confirm_page", coalition, at=at, scope=coalition.slug,
        title=str(coalition), url=coalition.get_absolute_url(),
    )  # fmt: skip
    publish(PageConfirmed(coalition.pk, at))


def _lock(coalition: Coalition, base: int) -> None:
    coalition.refresh_from_db(from_queryset=Coalition.objects.select_for_update())
    if coalition.edits != base:
        raise Stale
