"""The whole output as one HTML file that stands on its own: no script, nothing loaded."""

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from intersession.outputs.formats import citation, words
from intersession.outputs.formats.published import Passage, Published, Statement


@words.in_its_language
def page(published: Published) -> str:
    """Write the output as a page to keep; dissent has the same rank as the text."""
    return render_to_string(
        "outputs/export.html",
        {
            "one": published,
            "heading": words.heading(published),
            "sample": words.sample() if published.is_sample else "",
            "endorsed": words.not_endorsed(),
            "agreement": words.agreement(published),
            "difference": words.difference(published),
            "considered": words.considered(published),
            "caption": words.caption(published),
            "record": words.record(published),
            "passages": [_passage(passage, published) for passage in published.passages],
            "whole": [_statement(one, published) for one in published.statements_on_the_whole()],
            "people": words.contributors(published),
            "citation": citation.text(published),
            "licence": words.licence(published),
        },
    )


def _passage(passage: Passage, published: Published) -> dict[str, object]:
    return {
        "number": passage.number,
        "html": mark_safe(passage.html),  # noqa: S308 (cleaned by kit.markdown)
        "statements": [
            _statement(one, published) for one in published.statements_on(passage.number)
        ],
    }


def _statement(statement: Statement, published: Published) -> dict[str, object]:
    return {
        "title": words.statement_title(statement),
        "html": mark_safe(statement.html),  # noqa: S308 (cleaned by kit.markdown)
        "foot": words.statement_foot(statement, published),
        "language": statement.language,
        "url": statement.url,
    }
