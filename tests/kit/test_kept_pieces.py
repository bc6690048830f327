"""Pieces of pages that are kept for each language."""

from django.template import Context, Template
from django.utils import translation

PIECE = Template(
    "{% load i18n kept %}{% kept %}{% get_current_language as code %}{{ code }}{{ name }}"
    "{% endkept %}"
)


def test_a_piece_is_kept_for_each_language_by_itself() -> None:
    said = []
    for language in ("en", "fr", "en"):
        with translation.override(language):
            said.append(PIECE.render(Context()))

    assert said == ["en", "fr", "en"]


def test_a_kept_piece_sees_nothing_of_the_page() -> None:
    with translation.override("en"):
        assert PIECE.render(Context({"name": "Ada"})) == "en"
