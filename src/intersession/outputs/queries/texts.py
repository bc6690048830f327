"""A text in parts, each paragraph with its history and its comments."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Sum
from django.db.models.functions import Length

from intersession.kit import difference
from intersession.kit.composed import Composed
from intersession.outputs.models import Block, Comment, Output, Version
from intersession.outputs.queries.comments import ledger_of
from intersession.outputs.rules import history
from intersession.outputs.rules.parts import Piece, Span, part_with, parts

BYTES = {"ar": 2, "ru": 2, "zh-hans": 3}
"""Bytes of a character in UTF-8, by language, where it is not about one."""


@dataclass(frozen=True, slots=True)
class Said:
    """A comment in the margin, with the wording it suggests shown as a change."""

    comment: Comment
    change: Sequence[difference.Change] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a text: what became of it, what was said on it, what changed in it."""

    block: Block
    history: Sequence[str] = ()
    said: Sequence[Said] = ()
    change: Sequence[difference.Change] = ()
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One numbered part of a text, and where its neighbours begin."""

    version: Version
    paragraphs: Sequence[Paragraph]
    spans: Sequence[Span]
    number: int = 1
    whole: Sequence[Said] = field(default=())

    @property
    def before(self) -> Span | None:
        """Return the part before this one."""
        return self.spans[self.number - 2] if self.number > 1 else None

    @property
    def after(self) -> Span | None:
        """Return the part after this one."""
        return self.spans[self.number] if self.number < len(self.spans) else None


MARGINS: Composed[tuple[str, int]] = Composed(
    lambda output: (
        Comment.objects.filter(output=output)
        .values("key")
        .annotate(size=Sum(Length("text") + Length("wording") * 3 + Length("reply") + 1200))
        .values_list("key", "size")
    )
)
"""About how many bytes of the page the comments on each paragraph take."""
SIZES: Composed[tuple[str, str, int]] = Composed(
    lambda version: (
        Block.objects.filter(version=version)
        .order_by("position")
        .values_list("key", "number", Length("html"))
    )
)


def spans_of(version: Version, *, each: int, comments: bool) -> list[Span]:
    """Cut a version into parts; `each` is what the page writes around a paragraph, in bytes."""
    said: Mapping[str, int] = {}
    wide = BYTES.get(version.output.language, 1)
    if comments:
        said = dict(MARGINS(output=version.output_id))
    return parts(
        Piece(key, number, size * wide + each + said.get(key, 0))
        for key, number, size in SIZES(version=version.pk)
    )


def part_of(
    version: Version,
    *,
    start: str,
    since: int = 0,
    comments: bool,
    each: int,
    unchanged: bool = False,
) -> Part:
    """
    Return the part that holds a paragraph (the first, where the key names none).

    `unchanged` also says of paragraphs that they stayed as they were.
    """
    spans = spans_of(version, each=each, comments=comments)
    number = part_with(spans, start)
    span = spans[number - 1] if spans else None
    blocks = list(version.blocks.order_by("position")[span.first : span.end]) if span else []
    keys = [block.key for block in blocks]
    told = histories(version, keys, unchanged=unchanged) if comments or version.number > 1 else {}
    said = _comments(version.output, keys, is_last=number >= len(spans)) if comments else {}
    earlier = _texts_in(version.output, since, keys) if since else {}
    sources = _sources_of(said)
    shown = {key: [_shown(one, sources) for one in rows] for key, rows in said.items()}
    paragraphs = [
        Paragraph(
            block,
            told.get(block.key, []),
            shown.get(block.key, []),
            difference.words(earlier.get(block.key, ""), block.text) if since else (),
            sum(1 for one in said.get(block.key, ()) if not one.answer),
        )
        for block in blocks
    ]
    return Part(version, paragraphs, spans, number, shown.get("", []))


def _sources_of(said: Mapping[str, Sequence[Comment]]) -> dict[tuple[int, str], str]:
    """Return the wordings that suggestions were written against, by version and key."""
    wanted = [one for rows in said.values() for one in rows if one.wording]
    if not wanted:
        return {}
    rows = Block.objects.filter(
        version__in={one.version_id for one in wanted}, key__in={one.key for one in wanted}
    )
    return {
        (version, key): source
        for version, key, source in rows.values_list("version", "key", "source")
    }


def _shown(said: Comment, sources: Mapping[tuple[int, str], str]) -> Said:
    if not said.wording:
        return Said(said)
    source = sources.get((said.version_id, said.key), "")
    return Said(said, difference.words(source, said.wording))


def _comments(output: Output, keys: Sequence[str], *, is_last: bool) -> dict[str, list[Comment]]:
    """Group comments by paragraph; those on the whole stand at the end of the text."""
    wanted = [*keys, ""] if is_last else keys
    found: dict[str, list[Comment]] = defaultdict(list)
    for said in ledger_of(output).filter(key__in=wanted):
        found[said.key].append(said)
    return found


def _texts_in(output: Output, number: int, keys: Sequence[str]) -> dict[str, str]:
    rows = Block.objects.filter(version__output=output, version__number=number, key__in=keys)
    return dict(rows.values_list("key", "text"))


def histories(
    version: Version, keys: Iterable[str], *, unchanged: bool = True
) -> dict[str, list[str]]:
    """Tell how paragraphs came to be as they are in a version, by key."""
    steps: dict[str, list[history.Step]] = defaultdict(list)
    rows = (
        Block.objects.filter(
            version__output=version.output_id, version__number__lte=version.number, key__in=keys
        )
        .order_by("version__number")
        .values_list(
            "key", "version__number", "relation", "number", "previous_number", "is_edited",
            "parents",
        )
    )  # fmt: skip
    for key, number, relation, place, was, is_edited, parents in rows:
        steps[key].append(history.Step(number, relation, place, was, is_edited, tuple(parents)))
    return {key: history.sentences(rows, unchanged=unchanged) for key, rows in steps.items()}


@dataclass(frozen=True, slots=True)
class Form:
    """A paragraph as it stood in one version, and what changed since the one before."""

    block: Block
    change: Sequence[difference.Change]
    is_first: bool


def forms_of(output: Output, key: str) -> list[Form]:
    """Return every form a paragraph had, newest first; versions that left it alone are left out."""
    rows = list(
        Block.objects.filter(version__output=output, key=key)
        .select_related("version__by")
        .order_by("version__number")
    )
    found: list[Form] = []
    for row in rows:
        before = found[-1].block if found else None
        if before is None:
            found.append(Form(row, (), is_first=True))
        elif row.source != before.source or row.relation not in ("unchanged", "edited"):
            found.append(Form(row, difference.words(before.text, row.text), is_first=False))
    return found[::-1]


@dataclass(frozen=True, slots=True)
class Changed:
    """A paragraph between two versions: kept, changed, new or gone."""

    kind: str
    number: str
    was: str
    change: Sequence[difference.Change]


def changes_between(old: Version, new: Version) -> list[Changed]:
    """Compare two versions by paragraph, in the order of the new one; what is gone stands last."""
    before = {block.key: block for block in old.blocks.order_by("position")}
    found: list[Changed] = []
    for block in new.blocks.order_by("position"):
        was = before.pop(block.key, None)
        if was is None:
            found.append(Changed("new", block.number, "", [("insert", block.text)]))
        elif was.text != block.text:
            runs = difference.words(was.text, block.text)
            found.append(Changed("changed", block.number, was.number, runs))
        elif was.number != block.number and block.relation == "moved":
            found.append(Changed("moved", block.number, was.number, [("equal", block.text)]))
    gone = (Changed("gone", "", was.number, [("delete", was.text)]) for was in before.values())
    return [*found, *gone]


def first_waiting(output: Output) -> Comment | None:
    """Return the first comment without an answer."""
    return Comment.objects.filter(output=output, answer="").order_by("number").first()


VERSIONS = Composed(
    lambda output: (
        Version.objects.filter(output=output)
        .defer("text", "removed")
        .select_related("by", "publication")
        .order_by("-number")
    )
)


def versions_of(output: Output) -> list[Version]:
    """Return all versions without their texts, newest first."""
    return VERSIONS(output=output.pk)


DOUBTFUL = Composed(
    lambda version: Block.objects.filter(version=version, is_doubtful=True).order_by("position")
)


def doubtful_in(version: Version) -> list[tuple[Block, Sequence[difference.Change]]]:
    """Return the paragraphs whose match is in doubt, with what would have changed."""
    blocks = DOUBTFUL(version=version.pk)
    if not blocks:
        return []
    before = _texts_in(version.output, version.number - 1, [block.key for block in blocks])
    return [(b, difference.words(before.get(b.key, ""), b.text)) for b in blocks]
