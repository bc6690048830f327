"""
Positions by mail: what follows from an answer to a letter of a call.

A mail that bears the token and is proven to be of whom the letter went to takes a position at once.
One of the two proposes it. Everybody is written to at most once for one mail, and about a call that
is over once at all.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from intersession.decisions import letters, permissions, rules
from intersession.decisions.actions.noting import hold, note
from intersession.decisions.actions.positions import take_position
from intersession.decisions.models import Call, Proposal, Round
from intersession.decisions.queries import mailed
from intersession.decisions.rules.mailed import Said, completed, lacking, said_in
from intersession.decisions.states import Answers, CallState, Doubt, ProposalState, Stance
from intersession.lists.actions import answer_from_post
from intersession.lists.models import MailAnswer, Message
from intersession.lists.queries.answers import proven_author, text_of

A_DAY = 5
"""Positions proposed to one person in a call within a day; mails beyond are kept alone."""


@transaction.atomic
def hear_answer(mail: MailAnswer, *, at: datetime) -> None:
    """Do what follows from an answer to the letter about a text under call."""
    text = mailed.round_at(mail.row)
    if text is None or _is_over(text.call, mail, said_in(mail.text), at=at):
        return
    said = said_in(mail.text)
    if isinstance(said, Said):
        _hear(text, mail, said, at=at)
    elif not mail.unbound:
        letters.tell_unclear(text, mail, at=at)


@transaction.atomic
def hear_completion(mail: MailAnswer, *, at: datetime) -> None:
    """Fill in a proposed position from an answer to the letter that asked for its reason."""
    proposal = mailed.proposals().filter(pk=mail.row).first()
    if proposal is None:
        return
    said = completed(Said(Stance(proposal.stance), proposal.reason, proposal.change), mail.text)
    if _is_over(proposal.call, mail, said, at=at):
        return
    if proposal.state == ProposalState.PROPOSED:
        _hear(proposal.round, mail, said, at=at)


def hear_post(text: Round, post: Message, *, at: datetime) -> bool:
    """
    Propose a position that a post to the list takes, and say whether it does.

    Only one whose author was proven as it came in, and may speak; to others nothing is said.
    """
    said = said_in(text_of(post))
    person = proven_author(post) if isinstance(said, Said) else None
    if person is None or not isinstance(said, Said):
        return False
    if not permissions.may_take_position(person, text.call, at=at):
        return False
    mail = answer_from_post(post, Answers.CALL, text.pk, person, at=at)
    if mail is not None:
        hold(text.call_id)
        propose(text, mail, said, Doubt.NO_TOKEN, at=at)
    return mail is not None


def _is_over(call: Call, mail: MailAnswer, said: object, *, at: datetime) -> bool:
    """Test whether nothing can be said any more, or not by this person, and tell them once."""
    if call.state != CallState.OPEN or not rules.is_open(at, call.closes_at):
        if isinstance(said, Said):
            letters.tell_late(call, mail, at=at)
        return True
    with override(mail.person.language):
        may = permissions.may_take_position(mail.person, call, at=at)
    if not may and isinstance(said, Said):
        letters.tell_not_entitled(call, mail, may.reason, at=at)
    return not may


def _hear(text: Round, mail: MailAnswer, said: Said, *, at: datetime) -> None:
    """File a position where nothing is in doubt, else propose it."""
    hold(text.call_id)
    doubt = _doubt(text, mail, said)
    if doubt is not None:
        propose(text, mail, said, doubt, at=at)
        return
    _replace(text, mail)
    filed = take_position(
        mail.person, text.call, at=at, stance=said.stance, reason=said.reason,
        remedy=said.change, mail=mail,
    )  # fmt: skip
    letters.tell_recorded(filed, at=at)


def _doubt(text: Round, mail: MailAnswer, said: Said) -> Doubt | None:
    if mail.unbound:
        return Doubt(mail.unbound)
    if not mailed.is_of_this_clock(text):
        return Doubt.OLD_TEXT
    return lacking(said.stance, said.reason, said.change)


def propose(text: Round, mail: MailAnswer, said: Said, doubt: Doubt, *, at: datetime) -> None:
    """Propose a position to its person, who confirms it by a click; the former proposal goes."""
    if mailed.proposed_lately(text, mail.person, at=at) >= A_DAY:
        return
    _replace(text, mail)
    made = Proposal.objects.create(
        call=text.call, round=text, person=mail.person, mail=mail, stance=said.stance,
        reason=said.reason, change=said.change, doubt=doubt, at=at,
    )  # fmt: skip
    note(
        None, "propose_position", text.call, thing=made, at=at, private=True,
        facts={"round": text.number, "stance": made.stance, "doubt": made.doubt},
    )  # fmt: skip
    letters.ask_to_confirm(made, at=at)


def _replace(text: Round, mail: MailAnswer) -> None:
    if former := mailed.open_proposal(text, mail.person):
        former.follow("replace")
        former.save(update_fields=["state"])
