"""The sentences that all formats share. They are said in the language of the text."""

from collections.abc import Callable
from functools import wraps

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from intersession.decisions.rules import Count
from intersession.kit.words import day
from intersession.outputs.formats.published import AGREE, DIFFER, Published, Statement


def spoken(language: str) -> str:
    """
    Return the language in which the platform speaks beside a text.

    That of the text where our sentences are translated, else English: never a mixture.
    """
    chosen = "zh-hans" if language.partition("-")[0] == "zh" else language
    asked = gettext_noop("Where members stood apart")
    with translation.override(chosen):
        return chosen if translation.gettext(asked) != asked else "en"


def in_its_language[T](written: Callable[[Published], T]) -> Callable[[Published], T]:
    """Let a format be written in the language of its text, as far as we speak it."""

    @wraps(written)
    def inside(published: Published) -> T:
        with translation.override(spoken(published.language)):
            return written(published)

    return inside


def heading(published: Published) -> str:
    """Say what this is: kind, coalition, version, date."""
    return _("%(kind)s of the %(coalition)s, version %(number)d, %(day)s") % {
        "kind": published.kind,
        "coalition": published.coalition,
        "number": published.number,
        "day": day(published.published_at),
    }


def not_endorsed() -> str:
    """Say whose the text is not."""
    return _(
        "An output of the coalition. Not endorsed by the Internet Governance Forum or the United "
        "Nations."
    )


def sample() -> str:
    """Say that this was made up for a demonstration."""
    return _("Sample: people, positions, dates and figures are invented.")


def agreement(published: Published) -> str:
    """Say what the coalition declared, with its numbers."""
    standing = published.standing
    if standing is None:
        return _("Positions were not recorded here.")
    said = _counted(standing.side(AGREE), standing.voices)
    said_so = _("Agreed: %(level)s.")
    if not published.is_agreed:
        said_so = _("Discussion paper, not agreed: %(level)s.")
    return f"{said_so % {'level': standing.level}} {said}"


def difference(published: Published) -> str:
    """Say who differed and what was written about it, or that nobody did."""
    standing = published.standing
    told = []
    if standing is not None:
        told.append(_counted(standing.side(DIFFER), standing.voices, _("Nobody differed.")))
    number = len(published.statements)
    if number:
        labels = ", ".join(statement.label for statement in published.statements)
        told.append(
            ngettext(
                "%(number)d minority statement stands: %(labels)s.",
                "%(number)d minority statements stand: %(labels)s.",
                number,
            )
            % {"number": number, "labels": labels}
        )
    else:
        told.append(_("No minority statement was received."))
    return " ".join(told)


def _counted(counts: tuple[Count, ...], voices: int, nobody: str = "") -> str:
    number = sum(count.n for count in counts)
    if not number:
        return nobody or _("Nobody of %(voices)d.") % {"voices": voices}
    parts = ", ".join(f"{count.label}: {count.n}" for count in counts)
    return _("%(number)d of %(voices)d (%(parts)s).") % {
        "number": number,
        "voices": voices,
        "parts": parts,
    }


def considered(published: Published) -> str:
    """Say who declared that dissent was considered, and when."""
    said = {"name": published.declared_by, "day": day(published.declared_at)}
    if not all(is_late(one, published) for one in published.statements):
        return _("Dissent considered, statements attached: declared by %(name)s, %(day)s.") % said
    return _("Dissent considered, none received: declared by %(name)s, %(day)s.") % said


def caption(published: Published) -> str:
    """Say how many were asked and what silence meant."""
    standing = published.standing
    if standing is None:
        return ""
    told = _(
        "%(voices)d positions by stakeholder group and UN region. %(asked)d members were asked; "
        "%(silent)d of them said nothing."
    ) % {"voices": standing.voices, "asked": standing.asked, "silent": standing.silent}
    silence = _("Silence was not counted.")
    if standing.silence_counts:
        silence = _("By the rule, silence counted as tacit agreement, not as support.")
    said = [told, silence]
    heard = [count for count in standing.observers if count.n]
    if heard:
        parts = ", ".join(f"{count.label}: {count.n}" for count in heard)
        said.append(_("Observers, counted apart: %(parts)s.") % {"parts": parts})
    return " ".join(said)


def record(published: Published) -> str:
    """Say where the record of the call stands."""
    standing = published.standing
    if standing is None:
        return ""
    return _("The call for consensus was determined on %(day)s; its record: %(address)s") % {
        "day": day(standing.determined_at),
        "address": standing.url,
    }


def statement_title(statement: Statement) -> str:
    """Name a statement and the paragraphs it speaks of."""
    if not statement.places:
        return _("Minority statement %(label)s, on the whole text") % {"label": statement.label}
    return ngettext(
        "Minority statement %(label)s, on paragraph %(places)s",
        "Minority statement %(label)s, on paragraphs %(places)s",
        len(statement.places),
    ) % {"label": statement.label, "places": ", ".join(statement.places)}


def is_late(statement: Statement, published: Published) -> bool:
    """Test whether a statement on this version was filed after the version was published."""
    is_own = statement.written_on == published.number
    filed = statement.filed_at
    return is_own and filed is not None and filed > published.published_at


def statement_foot(statement: Statement, published: Published) -> str:
    """Say who signed a statement, when, and on which version."""
    told = "; ".join(statement.authors) + "."
    if statement.filed_at is not None:
        filed = _("Filed on %(day)s.")
        if is_late(statement, published):
            filed = _("Filed after publication, on %(day)s.")
        told += " " + filed % {"day": day(statement.filed_at)}
    if not statement.written_on:
        told += " " + _("Written on an earlier draft, before the call was held again.")
    elif statement.written_on != published.number:
        told += " " + _("Written on version %(number)d.") % {"number": statement.written_on}
    return told


def licence(published: Published) -> str:
    """Name the licence."""
    return _("Licence: %(name)s (%(code)s).") % {
        "name": published.licence_name,
        "code": published.licence,
    }


def contributors(published: Published) -> list[str]:
    """List who worked on the text, each with role and affiliation."""
    return [
        f"{one.name}, {one.role}, {one.affiliation}"
        if one.affiliation
        else f"{one.name}, {one.role}"
        for one in published.contributors
    ]
