"""The letters of outputs."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from intersession.kit import words
from intersession.membership.queries import roll_at
from intersession.outbox.actions import write
from intersession.outputs.models import Comment, CommentRound, Output, Publication, Version
from intersession.outputs.rules.reference import cited
from intersession.people.models import Person


def _belonging(output: Output, *, at: datetime) -> list[Person]:
    roll = roll_at(output.coalition, at=at).select_related("person").order_by("pk")
    return [membership.person for membership in roll]


def tell_round_opened(opened: CommentRound, *, at: datetime) -> None:
    """Ask everyone who belongs for comments, with the closing moment in their own zone."""
    output = opened.output
    for person in _belonging(output, at=at):
        with override(person.language):
            context = {
                "round": opened,
                "output": output,
                "person": person,
                "closes": words.deadline(opened.closes_at, person.zone),
            }
            reason = _("You get this because you belong to %(coalition)s.")
            reason %= {"coalition": output.coalition}
        write(
            "outputs.round_opened", person.email, context,
            at=at, reason=reason, person=person, language=person.language,
        )  # fmt: skip


def tell_answers(
    author: Person, comments: Sequence[Comment], version: Version, *, at: datetime
) -> None:
    """Tell a commenter, once per revision, what became of their comments."""
    output = version.output
    with override(author.language):
        context = {"comments": comments, "output": output, "version": version, "person": author}
        reason = _("You get this because you commented on “%(title)s”.") % {"title": output.title}
    write(
        "outputs.answers", author.email, context,
        at=at, reason=reason, person=author, language=author.language,
    )  # fmt: skip


def tell_published(published: Publication, *, at: datetime) -> None:
    """Tell who worked on it and who belongs that a version is published."""
    output = published.output
    named = [one.person for one in output.contributors.select_related("person")]
    for person in dict.fromkeys([*named, *_belonging(output, at=at)]):
        with override(person.language):
            context = {
                "publication": published,
                "output": output,
                "cite": cited(output.reference, published.number),
                "person": person,
            }
            reason = (
                _("You get this because you worked on it.")
                if person in named
                else _("You get this because you belong to %(coalition)s.")
                % {"coalition": output.coalition}
            )
        write(
            "outputs.published", person.email, context,
            at=at, reason=reason, person=person, language=person.language,
        )  # fmt: skip
