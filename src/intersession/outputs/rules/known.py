"""What is known of outputs published elsewhere and of their use. Blank is not known."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownOutput:
    """An output of coalitions, or of a `body` made of them, published elsewhere."""

    key: str
    title: str
    kind: str
    stage: str
    sources: Sequence[str]
    title_is_description: bool = False
    form: str = ""
    year: int | None = None
    body: str = ""
    coalitions: Sequence[str] = ()
    languages: Sequence[str] = ()
    partners: Sequence[str] = ()
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class KnownUse:
    """Somebody used an output (`output` is its key), or the work of coalitions as such."""

    key: str
    coalitions: Sequence[str]
    by_whom: str
    kind: str
    summary: str
    sources: Sequence[str]
    output: str = ""
    year: int | None = None
    year_note: str = ""
