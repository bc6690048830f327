"""Putting letters in the outbox."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zlib import compress

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.template import Context, Engine, TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import translation

from intersession.outbox import rules
from intersession.outbox.models import Enclosure, Letter

OWN = "--own--"
"""Stands in a letter to many where each reader's own words go."""


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
    return_path: str = "",
    reply_to: str = "",
) -> Letter:
    """
    Write a letter from `<app>/letters/<name>/{subject,body}.txt`; the worker sends it.

    `kind` is `<app>.<name>`; `reason` is the sentence that says why the reader gets it, set at the
    end. A `body.html` beside the texts is taken where there is one, else the text is set as HTML.
    Under one `key` one letter is written, however often it is asked for; `unsubscribe` is the
    address of the page where the reader stops letters of this kind (RFC 2369, 3.2). Reports of its
    delivery go to `return_path` where one is given, answers to `reply_to` (RFC 5322, 3.6.2).
    """
    if key and (known := Letter.objects.filter(key=key).first()):
        return known
    fields = {
        "to": to, "person_id": person.pk if person else None, "written_at": at, "due_at": at,
        "return_path": return_path,
        "reply_to": reply_to,
        **_written(kind, context, reason=reason, language=language, unsubscribe=unsubscribe),
    }  # fmt: skip
    if key:
        return Letter.objects.get_or_create(key=key, defaults=fields)[0]
    return Letter.objects.create(**fields)


def write_many(
    kind: str,
    to: Mapping[str, int | None],
    context: Mapping[str, Any],
    *,
    at: datetime,
    reason: str,
    language: str = "en",
    unsubscribe: str = "",
    return_path: str = "",
    own: Mapping[str, str] | None = None,
) -> None:
    """
    Write one letter to many, as `write` does, rendered once and stored in sets.

    `to` are addresses, each with the key of its person where it has one; `own` what stands for
    each address in the place of `OWN`, of letters, digits and hyphens, such as the end of a link.
    """
    words = _written(kind, context, reason=reason, language=language, unsubscribe=unsubscribe)
    each = own or {}
    Letter.objects.bulk_create(
        [
            Letter(
                to=address,
                person_id=person,
                written_at=at,
                due_at=at,
                return_path=return_path,
                **{name: text.replace(OWN, each.get(address, "")) for name, text in words.items()},
            )
            for address, person in to.items()
        ],
        batch_size=500,
    )


def _written(
    kind: str, context: Mapping[str, Any], *, reason: str, language: str, unsubscribe: str
) -> dict[str, str]:
    """Render a letter: all of its fields that do not depend on whom it goes to."""
    app, name = kind.split(".", 1)
    folder = f"{app}/letters/{name}"
    words = {**context, "site_url": settings.SITE_URL, "reason": reason}
    with translation.override(language):
        subject = " ".join(_text(f"{folder}/subject.txt", words).split())
        body = rules.with_reason(_text(f"{folder}/body.txt", words), reason)
        html = _html(folder, words) or rules.simple_html(
            body, language, rtl=translation.get_language_bidi()
        )
    return {
        "kind": kind, "subject": subject[:300], "body": body, "html": html, "reason": reason,
        "language": language, "unsubscribe": unsubscribe,
    }  # fmt: skip


def _text(name: str, words: Mapping[str, Any]) -> str:
    """Render plain text, in which an ampersand is an ampersand."""
    template = Engine.get_default().get_template(name)
    return str(template.render(Context(dict(words), autoescape=False)))


def _html(folder: str, words: Mapping[str, Any]) -> str:
    try:
        return render_to_string(f"{folder}/body.html", dict(words))
    except TemplateDoesNotExist:
        return ""


def write_exact(
    kind: str,
    to: Mapping[str, int | None],
    raw: bytes,
    *,
    at: datetime,
    subject: str,
    reason: str,
    return_path: str,
) -> None:
    """
    Send a mail that is ready as it stands to a few, kept once.

    `to` are addresses, each with the key of its person where it has one.
    """
    if not to:
        return
    enclosed = Enclosure.objects.create(raw=compress(raw))
    for address, person in to.items():
        Letter.objects.create(
            to=address, person_id=person, kind=kind, subject=subject[:300], reason=reason,
            written_at=at, due_at=at, return_path=return_path, enclosed=enclosed,
        )  # fmt: skip
