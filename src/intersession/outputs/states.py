"""The kinds of outputs, the life of a piece of work, and the choices around it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from intersession.kit.states import Life


class Kind(models.TextChoices):
    """What outputs are called (seed 004, II.2.2)."""

    REPORT = "report", _("Report")
    PAPER = "paper", _("Paper")
    RECOMMENDATIONS = "policy-recommendations", _("Policy recommendations")
    PRINCIPLES = "principles", _("Principles")
    GUIDE = "guide", _("Guide or toolkit")
    PRACTICES = "good-practices", _("Good-practice compilation")
    DECLARATION = "declaration", _("Declaration or statement")
    FRAMEWORK = "model-framework", _("Model framework")
    CHARTER = "charter", _("Charter")
    COMPENDIUM = "compendium", _("Compendium")
    BRIEF = "policy-brief", _("Policy brief")


class State(models.TextChoices):
    """Where a piece of work stands. What is published stays so while a new version is written."""

    IDEA = "idea", _("Idea")
    DRAFT = "draft", _("Draft")
    COMMENT = "comment", _("Open to comments")
    REVISION = "revision", _("In revision")
    CALL = "call", _("Call for consensus")
    AGREED = "agreed", _("Agreed, not published yet")
    NOT_AGREED = "not-agreed", _("Not agreed")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


WRITING = (State.IDEA, State.DRAFT, State.COMMENT, State.REVISION)
"""The states in which versions are saved."""

LIFE = Life[State](
    {
        "write": (frozenset({State.IDEA, State.DRAFT}), State.DRAFT),
        "open_round": (frozenset({State.DRAFT, State.REVISION}), State.COMMENT),
        "close_round": (frozenset({State.COMMENT}), State.REVISION),
        "propose_call": (frozenset({State.DRAFT, State.REVISION}), State.CALL),
        "agree": (frozenset({State.CALL}), State.AGREED),
        "disagree": (frozenset({State.CALL}), State.NOT_AGREED),
        "end_call": (frozenset({State.CALL}), State.REVISION),
        "return_to_draft": (frozenset({State.AGREED, State.NOT_AGREED}), State.REVISION),
        "publish": (frozenset({State.AGREED}), State.PUBLISHED),
        "publish_for_discussion": (frozenset({State.NOT_AGREED}), State.PUBLISHED),
        "revise": (frozenset({State.PUBLISHED}), State.REVISION),
        "withdraw": (frozenset(set(State) - {State.CALL, State.WITHDRAWN}), State.WITHDRAWN),
    }
)


class Edition(models.TextChoices):
    """Where one published version stands."""

    CURRENT = "current", _("Current version")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Withdrawn")


EDITION = Life[Edition](
    {
        "supersede": (frozenset({Edition.CURRENT}), Edition.SUPERSEDED),
        "withdraw": (frozenset({Edition.CURRENT}), Edition.WITHDRAWN),
    }
)


class Audience(models.TextChoices):
    """Who may comment in a round."""

    MEMBERS = "members", _("Members and observers of the coalition")
    EVERYONE = "everyone", _("Everyone who is signed in")


class Answer(models.TextChoices):
    """What the editors answer to a comment."""

    ACCEPTED = "accepted", _("Accepted")
    IN_PART = "in-part", _("Accepted in part")
    DECLINED = "declined", _("Declined, with reason")
    OUT_OF_SCOPE = "out-of-scope", _("Out of scope")
    MERGED = "merged", _("Merged with another comment")


ANSWER_MARK = {
    "": "todo",
    Answer.ACCEPTED: "done",
    Answer.IN_PART: "half",
    Answer.DECLINED: "no",
    Answer.OUT_OF_SCOPE: "no",
    Answer.MERGED: "half",
}
"""The class of each answer's mark in the stylesheet."""


class Role(models.TextChoices):
    EDITOR = "editor", _("Editor")
    CONTRIBUTOR = "contributor", _("Contributor")
    REVIEWER = "reviewer", _("Reviewer")


class Licence(models.TextChoices):
    BY = "CC-BY-4.0", _("Creative Commons Attribution 4.0")
    BY_SA = "CC-BY-SA-4.0", _("Creative Commons Attribution-ShareAlike 4.0")
    ZERO = "CC0-1.0", _("Creative Commons Zero 1.0")


class KnownKind(models.TextChoices):
    """What outputs published elsewhere are; wider than what is written here."""

    BEST_PRACTICE = "best-practice", _("Good practice")
    CHARTER = "charter", _("Charter")
    DECLARATION = "declaration", _("Declaration")
    GLOSSARY = "glossary", _("Glossary")
    MAP = "map", _("Map")
    FRAMEWORK = "model-framework", _("Model framework")
    OTHER = "other", _("Other")
    PAPER = "paper", _("Paper")
    PRINCIPLES = "principles", _("Principles")
    RECOMMENDATIONS = "recommendations", _("Recommendations")
    REPORT = "report", _("Report")
    REPORT_CARDS = "report-cards", _("Report cards")
    STATEMENT = "statement", _("Statement")
    TOOLKIT = "toolkit", _("Toolkit")


class Stage(models.TextChoices):
    """How far an output published elsewhere had come where it was seen."""

    PUBLISHED = "published", _("Published")
    DRAFT = "draft", _("Draft")


class Use(models.TextChoices):
    """How an output was used: seen by others, never a judgement on it."""

    ADOPTED = "adopted", _("Adopted")
    CITED = "cited", _("Cited")
    CONSULTED = "consulted", _("Asked for its view")
    OBSERVER = "observer-status", _("Observer")
    PRESENTED = "presented", _("Presented")
    PROCESS = "process-change", _("Changed a way of working")
    REPLICATED = "replicated", _("Repeated elsewhere")
    TAUGHT = "taught", _("Used in teaching")
    BASIS = "used-as-basis", _("Used as a basis")
