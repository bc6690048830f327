"""Putting letters in the outbox."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.template.loader import render_to_string
from django.utils import translation

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
) -> Letter:
    """
    Write a letter from `<app>/letters/<name>/{subject,body}.txt`; the worker sends it.

    `kind` is `<app>.<name>`; `reason` is the line that says why the reader gets it.
    """
    app, name = kind.split(".", 1)
    folder = f"{app}/letters/{name}"
    words = {**context, "site_url": settings.SITE_URL, "reason": reason}
    with translation.override(language):
        subject = " ".join(render_to_string(f"{folder}/subject.txt", words).split())
        body = render_to_string(f"{folder}/body.txt", words).strip() + "\n"
    return Letter.objects.create(
        to=to, person_id=person.pk if person else None, kind=kind, subject=subject[:300],
        body=body, reason=reason, written_at=at, due_at=at,
    )  # fmt: skip
