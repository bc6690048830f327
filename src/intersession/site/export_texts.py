"""The texts of an export that people read without a program: outputs, drafts, dissent."""

from collections.abc import Iterator

from intersession.decisions.models import Statement
from intersession.decisions.queries import names
from intersession.decisions.states import StatementState
from intersession.outputs.formats import FORMATS
from intersession.outputs.models import Output
from intersession.outputs.queries.editions import edition_of

READABLE = ("md", "html", "txt")


def texts() -> Iterator[tuple[str, bytes]]:
    """Give each text with its name in the export, one at a time."""
    for output in Output.objects.select_related("coalition").order_by("pk").iterator():
        yield from _of(output)
    filed = Statement.objects.filter(state=StatementState.FILED).select_related("call")
    for statement in filed.order_by("call", "number").iterator():
        yield f"calls/{statement.call.slug}/{statement}.md", _statement(statement).encode()


def _of(output: Output) -> Iterator[tuple[str, bytes]]:
    """Give the published versions with their dissent, and every draft."""
    folder = f"outputs/{output.reference}"
    rows = output.publications.select_related("version__call__determination", "declaration__by")
    for publication in rows:
        publication.output = output
        published = edition_of(publication)
        for ending in READABLE:
            written = FORMATS[ending].write(published)
            whole = written.encode() if isinstance(written, str) else written
            yield f"{folder}/v{publication.number}.{ending}", whole
    for number, text in output.versions.order_by("number").values_list("number", "text"):
        yield f"{folder}/drafts/{number}.md", text.encode()


def _statement(statement: Statement) -> str:
    signed = statement.signatures.exclude(confirmed_at=None).select_related("person")
    return f"# {statement} on {statement.call}\n\n{names(signed)}\n\n{statement.text}\n"
