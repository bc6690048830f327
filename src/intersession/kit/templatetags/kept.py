"""Pieces of pages that depend on nothing but the reader's language: `{% load kept %}`."""

from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


class Kept(template.Node):
    """What stands between the tags, rendered once for each language by each process."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self._kept: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """Give what is kept; the piece is rendered without the page's values."""
        language = get_language()
        if language not in self._kept:
            bare = context.new()
            bare.template = context.template
            self._kept[language] = self.nodelist.render(bare)
        return self._kept[language]


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """Keep a piece of a page: `{% kept %}`, words and addresses alone, `{% endkept %}`."""
    nodelist: Any = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(nodelist)
