"""Under whose name the search finds calls and statements."""

from collections.abc import Iterable

from django.db.models import Prefetch

from intersession.decisions.models import Call, Signature, Statement
from intersession.decisions.states import StatementState
from intersession.people.models import Person


def names(signed: Iterable[Signature]) -> str:
    """Name who signed a statement, as the search shows it."""
    return ", ".join(str(one.person) for one in signed)[:200]


def names_by_document(person_id: int) -> dict[str, str]:
    """Return the search documents that name a person, each with the names it should bear now."""
    person = Person.objects.get(pk=person_id)
    calls = Call.objects.filter(caller=person).values_list("pk", flat=True)
    named = {f"decisions.call:{pk}": str(person) for pk in calls}
    confirmed = Signature.objects.exclude(confirmed_at=None)
    signed = Prefetch("signatures", confirmed.select_related("person"), to_attr="signed")
    filed = Statement.objects.filter(
        state=StatementState.FILED, pk__in=confirmed.filter(person=person).values("statement")
    ).prefetch_related(signed)
    return named | {f"decisions.statement:{each.pk}": names(each.signed) for each in filed}
