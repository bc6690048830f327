"""Minority statements: written, filed, signed with others, withdrawn; invitations declined."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from intersession.decisions import letters, permissions, queries, rules
from intersession.decisions.actions.noting import a_salt, lock, note, required, spoken_for
from intersession.decisions.events import StatementFiled, StatementWithdrawn
from intersession.decisions.models import Call, Invitation, Signature, Statement
from intersession.decisions.queries.frozen import item_of_statement
from intersession.decisions.states import CallState, Capacity, Reply, Role, StatementState
from intersession.kit import words
from intersession.kit.answers import Refused, ensure
from intersession.kit.facts import publish
from intersession.people.models import Person
from intersession.search.actions import put, remove
from intersession.search.rules import Document


def _check_window(call: Call, *, at: datetime) -> None:
    """Statements are written from the opening of a call to the end of the invitations."""
    if call.state not in (CallState.OPEN, CallState.DETERMINED):
        raise Refused(
            _("This call ended without a determination; there is nothing to dissent from.")
        )
    if call.state == CallState.DETERMINED and at >= (due := call.determination.statements_due_at):
        raise Refused(
            _("Minority statements could be filed until %(moment)s.")
            % {"moment": words.moment(due)}
        )


def _check_length(text: str, most: int) -> None:
    if (count := rules.count_words(text)) > most:
        raise Refused(
            _("The statement has %(count)s words; the coalition’s rule allows %(most)s.")
            % {"count": count, "most": most}
        )


def _write(
    actor: Person,
    call: Call,
    *,
    at: datetime,
    text: str,
    language: str,
    passages: Sequence[str],
    capacity: Capacity,
    organization: str,
) -> Statement:
    """Write the person's draft of this call anew, or begin it."""
    text = required(text, _("Write the statement."))
    current = queries.current_round(call)
    known = {part.key for part in current.parts()}
    if not known.issuperset(passages):
        raise Refused(_("A statement can point only at paragraphs of the text under call."))
    named = spoken_for(capacity, organization)
    draft = queries.own_draft(actor, call) or Statement(call=call, drafted_at=at)
    if draft.pk is not None:
        draft.follow("rewrite")
    draft.round, draft.salt = current, a_salt()
    draft.text, draft.language, draft.passages = text, language, list(passages)
    draft.save()
    Signature.objects.update_or_create(
        statement=draft,
        person=actor,
        defaults={"role": Role.AUTHOR, "capacity": capacity, "organization": named},
        create_defaults={
            "role": Role.AUTHOR, "capacity": capacity, "organization": named,
            "asked_at": at, "confirmed_at": at,
        },
    )  # fmt: skip
    return draft


@transaction.atomic
def draft_statement(
    actor: Person,
    call: Call,
    *,
    at: datetime,
    text: str,
    language: str = "en",
    passages: Sequence[str] = (),
    capacity: Capacity = Capacity.PERSONAL,
    organization: str = "",
) -> Statement:
    """
    Keep a draft of a minority statement, which only its author sees.

    Raises Denied unless the person took part, Refused past the window or empty.
    """
    ensure(permissions.may_file_statement(actor, call))
    lock(call)
    _check_window(call, at=at)
    draft = _write(
        actor, call, at=at, text=text, language=language, passages=passages,
        capacity=capacity, organization=organization,
    )  # fmt: skip
    note(
        actor,
        "draft_statement",
        call,
        thing=draft,
        at=at,
        items=(item_of_statement(draft),),
        private=True,
    )
    return draft


@transaction.atomic
def file_statement(
    actor: Person,
    call: Call,
    *,
    at: datetime,
    text: str,
    language: str = "en",
    passages: Sequence[str] = (),
    capacity: Capacity = Capacity.PERSONAL,
    organization: str = "",
) -> Statement:
    """
    File a minority statement on the text as it is, or the draft kept before.

    Raises Denied unless the person took part; Refused past the window, empty or over the
    coalition's limit of words.
    """
    ensure(permissions.may_file_statement(actor, call))
    lock(call)
    _check_window(call, at=at)
    _check_length(text, call.statement_words)
    statement = _write(
        actor, call, at=at, text=text, language=language, passages=passages,
        capacity=capacity, organization=organization,
    )  # fmt: skip
    statement.follow("file")
    last = Statement.objects.filter(call=call).aggregate(last=Max("number"))["last"]
    statement.number, statement.filed_at = (last or 0) + 1, at
    statement.save(update_fields=["state", "number", "filed_at"])
    _answer(actor, call, Reply.FILED, at=at)
    note(
        actor, "file_statement", call, thing=statement, at=at, url=statement.get_absolute_url(),
        items=(item_of_statement(statement),),
        facts={"statement": statement.number, "round": statement.round.number},
    )  # fmt: skip
    _index(statement)
    publish(StatementFiled(statement.pk, at))
    return statement


def _answer(person: Person, call: Call, reply: Reply, *, at: datetime) -> None:
    Invitation.objects.filter(call=call, person=person, reply="").update(reply=reply, replied_at=at)


def _index(statement: Statement) -> None:
    signed = statement.signatures.exclude(confirmed_at=None).select_related("person")
    call = statement.call
    title = _("Minority statement %(label)s on %(title)s") % {"label": statement, "title": call}
    put(
        [
            Document(
                key=f"decisions.statement:{statement.pk}",
                kind="statement",
                title=title[:300],
                body=statement.text,
                at=statement.filed_at or statement.drafted_at,
                url=statement.get_absolute_url(),
                scope=call.coalition.slug,
                person=queries.names(signed),
                language=statement.language,
            )
        ]
    )


def _lock(statement: Statement) -> None:
    """Take a statement as it is now; its call keeps others off it."""
    lock(statement.call)
    statement.refresh_from_db(fields=["state"])


@transaction.atomic
def cosign(
    actor: Person, statement: Statement, person: Person, *, at: datetime, role: Role = Role.COSIGNER
) -> Signature:
    """
    Ask somebody who took part to sign, as an author or a co-signer; it counts once confirmed.

    Raises Denied unless an author asks; Refused for a person who took no part or was asked.
    """
    ensure(permissions.may_sign_for(actor, statement))
    _lock(statement)
    if statement.state != StatementState.FILED:
        raise Refused(_("Others can sign while the statement is filed and not withdrawn."))
    if not queries.has_taken_part(person, statement.call):
        raise Refused(_("Only people who took a position in the call can sign."))
    if Signature.objects.filter(statement=statement, person=person).exists():
        raise Refused(_("%(name)s has been asked already.") % {"name": person})
    asked = Signature.objects.create(statement=statement, person=person, role=role, asked_at=at)
    note(
        actor, "cosign", statement.call, thing=asked, at=at, url=statement.get_absolute_url(),
        facts={"statement": statement.number, "role": role.value}, private=True,
    )  # fmt: skip
    letters.ask_to_sign(asked, by=actor, at=at)
    return asked


@transaction.atomic
def confirm_cosign(
    actor: Person,
    signature: Signature,
    *,
    at: datetime,
    capacity: Capacity = Capacity.PERSONAL,
    organization: str = "",
) -> None:
    """Confirm one's own signature. Raises Denied for anybody else, Refused once confirmed."""
    ensure(permissions.may_confirm(actor, signature))
    statement = signature.statement
    _lock(statement)
    signature.refresh_from_db(fields=["confirmed_at"])
    if statement.state != StatementState.FILED or signature.confirmed_at is not None:
        raise Refused(_("There is nothing to confirm: it was confirmed, or withdrawn."))
    named = spoken_for(capacity, organization)
    signature.capacity, signature.organization, signature.confirmed_at = capacity, named, at
    signature.save(update_fields=["capacity", "organization", "confirmed_at"])
    _answer(actor, statement.call, Reply.FILED, at=at)
    note(
        actor, "confirm_cosign", statement.call, thing=signature, at=at,
        url=statement.get_absolute_url(),
        facts={"statement": statement.number, "role": signature.role},
    )  # fmt: skip
    _index(statement)


@transaction.atomic
def withdraw_statement(actor: Person, statement: Statement, *, at: datetime) -> None:
    """Withdraw a statement; its address stays and says so. Raises Denied unless an author asks."""
    ensure(permissions.may_sign_for(actor, statement))
    _lock(statement)
    statement.follow("withdraw")
    statement.withdrawn_at = at
    statement.save(update_fields=["state", "withdrawn_at"])
    note(
        actor, "withdraw_statement", statement.call, thing=statement, at=at,
        url=statement.get_absolute_url() if statement.number else "",
        facts={"statement": statement.number}, private=statement.number is None,
    )  # fmt: skip
    remove([f"decisions.statement:{statement.pk}"])
    publish(StatementWithdrawn(statement.pk, at))


@transaction.atomic
def decline_invitation(actor: Person, invitation: Invitation, *, at: datetime) -> None:
    """Answer an invitation with no. Raises Denied for anybody else, Refused once answered."""
    ensure(permissions.may_decline(actor, invitation))
    lock(invitation.call)
    invitation.refresh_from_db()
    if invitation.reply:
        raise Refused(_("This invitation has been answered already."))
    _answer(actor, invitation.call, Reply.DECLINED, at=at)
    invitation.refresh_from_db()
    note(actor, "decline_invitation", invitation.call, thing=invitation, at=at)
