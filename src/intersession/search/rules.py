"""What a document is, and how text becomes words that can be found."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Document:
    """Something to be found: `key` is `<app>.<thing>:<id>`, `scope` the slug of its coalition."""

    key: str
    kind: str
    title: str
    body: str
    at: datetime
    url: str
    scope: str = ""
    person: str = ""
    language: str = ""
