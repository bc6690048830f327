"""Which minority statements are attached to a text, and travel with it."""

from typing import Any

from intersession.decisions.models import Call, Signature, Statement
from intersession.decisions.queries import item_of_statement
from intersession.decisions.states import CallState, Role, StatementState


def attached(call: Call) -> list[dict[str, str]]:
    """List what is attached to a text: the statements on its call, and on calls before it."""
    own = Statement.objects.filter(call=call, state=StatementState.FILED)
    found = [*own.select_related("round", "call").order_by("number"), *of_earlier_calls(call)]
    return [sealed(one) for one in found]


def sealed(statement: Statement) -> dict[str, str]:
    """Name a statement by key, label and address, with the digest in the record of its filing."""
    return {
        "key": f"{statement._meta.label_lower}:{statement.pk}",
        "label": str(statement),
        "url": statement.get_absolute_url(),
        "digest": item_of_statement(statement).digest,
    }


def of_earlier_calls(call: Call) -> list[Statement]:
    """List statements on calls for the same version, whose text went back to draft since."""
    others = Call.objects.filter(
        coalition=call.coalition_id, reference=call.reference, state=CallState.DETERMINED
    ).exclude(pk=call.pk)
    found = (
        Statement.objects.filter(call__in=others, state=StatementState.FILED)
        .select_related("round", "call")
        .order_by("pk")
    )
    speak_anew = authors(statement__call=call, statement__state=StatementState.FILED)
    return [one for one in found if not authors(statement=one) & speak_anew]


def authors(**of: Any) -> set[int]:
    """Return who signed as author and confirmed it; who was only asked, or co-signs, is none."""
    rows = Signature.objects.filter(role=Role.AUTHOR, **of).exclude(confirmed_at=None)
    return set(rows.values_list("person", flat=True))
