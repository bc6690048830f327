"""Putting letters in the outbox."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.template import Context, TemplateDoesNotExist, engines
from django.template.loader import render_to_string
from django.utils import translation

from intersession.outbox import rules
from intersession.outbox.models import Letter


def write(
    kind: str,
    to: str,
    context: Mapping[str, Any],
    *,
    at: datetime,
    reason: str,
    person: AbstractBaseUser | None = None,
    language: str = "en",
    key: str = "",
    unsubscribe: str = "",
) -> Letter:
    """
    Write a letter from `<app>/letters/<name>/{subject,body}.txt`; the worker sends it.

    `kind` is `<app>.<name>`; `reason` is the sentence that says why the reader gets it, set at the
    end. A `body.html` beside the texts is taken where there is one, else the text is set as HTML.
    Under one `key` one letter is written, however often it is asked for; `unsubscribe` is the
    address of the page where the reader stops letters of this kind (RFC 2369, 3.2).
    """
    if key and (known := Letter.objects.filter(key=key).first()):
        return known
    app, name = kind.split(".", 1)
    folder = f"{app}/letters/{name}"
    words = {**context, "site_url": settings.SITE_URL, "reason": reason}
    with translation.override(language):
        subject = " ".join(_text(f"{folder}/subject.txt", words).split())
        body = rules.with_reason(_text(f"{folder}/body.txt", words), reason)
        html = _html(folder, words) or rules.simple_html(
            body, language, rtl=translation.get_language_bidi()
        )
    fields = {
        "to": to, "person_id": person.pk if person else None, "kind": kind,
        "subject": subject[:300], "body": body, "html": html, "reason": reason,
        "language": language, "unsubscribe": unsubscribe, "written_at": at, "due_at": at,
    }  # fmt: skip
    if key:
        return Letter.objects.get_or_create(key=key, defaults=fields)[0]
    return Letter.objects.create(**fields)


def _text(name: str, words: Mapping[str, Any]) -> str:
    """Render plain text, in which an ampersand is an ampersand."""
    template = engines["django"].engine.get_template(name)  # type: ignore[attr-defined]
    return str(template.render(Context(dict(words), autoescape=False)))


def _html(folder: str, words: Mapping[str, Any]) -> str:
    try:
        return render_to_string(f"{folder}/body.html", dict(words))
    except TemplateDoesNotExist:
        return ""
