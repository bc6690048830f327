from datetime import timedelta
from typing import Any

from intersession.decisions import actions
from intersession.decisions.models import Call, Position, Proposal
from intersession.decisions.queries.mailed import proposal_token, receipt_token
from intersession.decisions.states import Answers, Stance
from intersession.decisions.testing import MINUTE, an_open_call
from intersession.lists.actions.entrance import take
from intersession.lists.models import MailAnswer
from intersession.lists.queries.addressed import destination
from intersession.lists.queries.answers import answer_address
from intersession.lists.rules.judging import Authentic
from intersession.lists.testing import a_list
from intersession.people.testing import NOON
from tests.doors import Door, World

HOUR = timedelta(hours=1)


def call_of(world: World) -> Call:
    """Open a call of the world's coordinator, in which its member has objected."""
    if "call" not in world.more:
        call = an_open_call(world.coalition)
        actions.take_position(
            world.member, call, at=NOON + HOUR, stance=Stance.OBJECT, reason="No.", remedy="Yes."
        )
        world.more["call"] = call
    found: Call = world.more["call"]
    return found


def the_call(world: World) -> list[Any]:
    return [call_of(world).slug]


def the_objection(world: World) -> list[Any]:
    return [call_of(world).slug, 1]


def a_statement(world: World) -> list[Any]:
    call = call_of(world)
    filed = actions.file_statement(world.member, call, at=NOON + HOUR + MINUTE, text="Not so.")
    return [call.slug, filed.number]


def by_mail(world: World, body: str) -> MailAnswer:
    """Have the member answer the letter of the call by mail."""
    call, talk = call_of(world), a_list(world.coalition)
    to = answer_address(talk, Answers.CALL, call.rounds.get().pk, world.member.pk)
    where = destination(to)
    assert where is not None
    raw = f"From: {world.member.email}\r\nTo: {to}\r\n\r\n{body}\r\n".encode()
    known = Authentic(is_authenticated=True, domain=world.member.email.partition("@")[2])
    take(where, raw, at=NOON + HOUR + MINUTE, envelope=world.member.email, authentic=known)
    return MailAnswer.objects.get()


def a_receipt(world: World) -> list[Any]:
    return [receipt_token(Position.objects.get(mail=by_mail(world, "+1")))]


def a_proposal(world: World) -> list[Any]:
    return [proposal_token(Proposal.objects.get(mail=by_mail(world, "-1")))]


def an_evidence(world: World) -> list[Any]:
    said = Position.objects.get(mail=by_mail(world, "+1"))
    return [said.call.slug, said.pk]


def empty(args: Any) -> Door:
    """Who is signed in and sends nothing is told what is missing."""
    return Door("post", 302, 422, 422, 422, args)


DOORS = {
    "decisions:index": Door("get", 200, 200, 200, 200),
    "decisions:show": Door("get", 200, 200, 200, 200, the_call),
    "decisions:calendar": Door("get", 200, 200, 200, 200, the_call),
    "decisions:record": Door("get", 404, 404, 404, 404, the_call),
    "decisions:receipt": Door("get", 200, 200, 200, 200, a_receipt),
    "decisions:undoing": Door("post", 409, 409, 409, 409, a_receipt),
    "decisions:proposal": Door("get", 200, 200, 200, 200, a_proposal),
    "decisions:proposal_confirmation": Door("post", 422, 422, 422, 422, a_proposal),
    "decisions:evidence": Door("get", 200, 200, 200, 200, an_evidence),
    "decisions:position": Door("post", 302, 422, 422, 422, the_call),
    "decisions:determination": empty(the_call),
    "decisions:deferral": empty(the_call),
    "decisions:withdrawal": empty(the_call),
    "decisions:correction": empty(the_call),
    "decisions:refusal": Door("post", 302, 404, 404, 404, the_call),
    "decisions:answer": empty(the_objection),
    "decisions:understanding": empty(the_objection),
    "decisions:disposition": empty(the_objection),
    "decisions:standing": Door("post", 302, 409, 403, 403, the_objection),
    "decisions:objection_withdrawal": empty(the_objection),
    "decisions:statements": Door("get", 302, 200, 200, 200, the_call),
    "decisions:statement": Door("get", 200, 200, 200, 200, a_statement),
    "decisions:signatures": empty(a_statement),
    "decisions:confirmation": Door("post", 302, 422, 404, 404, a_statement),
    "decisions:statement_withdrawal": Door("post", 302, 302, 403, 403, a_statement),
}
