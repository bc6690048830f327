"""Carrying minority statements to the next version. Verbs use it."""

from intersession.decisions.models import Call, Statement
from intersession.decisions.states import StatementState
from intersession.outputs.models import CarriedStatement, Publication
from intersession.outputs.models.publications import ON_A_DRAFT
from intersession.outputs.queries.dissent import authors, of_earlier_calls, sealed


def carry_on(before: Publication | None, published: Publication) -> list[dict[str, str]]:
    """
    Carry every statement along, unless one of its authors wrote anew on the new text.

    Return those from the version before, sealed: the declaration does not list them.
    """
    call = published.version.call
    earlier = [(one, ON_A_DRAFT) for one in of_earlier_calls(call)] if call else []
    inherited = _on_the_version(before, call) if before else []
    CarriedStatement.objects.bulk_create(
        CarriedStatement(publication=published, statement=statement, written_on=written_on)
        for statement, written_on in [*earlier, *inherited]
    )
    return [sealed(statement) for statement, _number in inherited]


def _on_the_version(before: Publication, new_call: Call | None) -> list[tuple[Statement, int]]:
    """List the statements that stand beside a version, but those whose authors wrote anew."""
    speak_anew = authors(statement__call=new_call, statement__state=StatementState.FILED)
    rows = before.carried.select_related("statement__call", "statement__round")
    shown = [
        *((one.statement, one.written_on) for one in rows),
        *(
            (one, before.number)
            for one in Statement.objects.filter(
                call=before.version.call, state=StatementState.FILED
            ).select_related("call", "round")
        ),
    ]
    return [
        (statement, written_on)
        for statement, written_on in shown
        if statement.state == StatementState.FILED and not authors(statement=statement) & speak_anew
    ]
