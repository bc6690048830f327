"""The record of a call as it is frozen: its items, their leaves, the export anybody can check."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from intersession.decisions import rules
from intersession.decisions.models import (
    Call,
    Determination,
    Objection,
    Position,
    Round,
    Statement,
    Turn,
    Undoing,
)
from intersession.decisions.states import StatementState


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the record with its content and the salt that is kept beside it."""

    kind: str
    key: str
    salt: str
    content: dict[str, Any]

    @property
    def digest(self) -> str:
        """Return the salted digest that stands for it in the journal and in the tree."""
        return rules.digest(self.content, self.salt)

    def leaf(self) -> rules.Leaf:
        """Return the leaf, which no longer holds the content."""
        return rules.Leaf(self.kind, self.key, self.digest)


def _at(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def items_so_far(call: Call) -> list[Item]:
    """List what was asked and said so far: question and rule, texts, positions, objections."""
    positions = call.positions.select_related("round", "mail").defer("mail__raw", "mail__text")
    undone = Undoing.objects.filter(position__call=call).order_by("pk")
    objections = list(
        call.objections.select_related("round").prefetch_related("turns").order_by("number")
    )
    return [
        item_of_call(call),
        *(item_of_round(one) for one in call.rounds.order_by("number")),
        *(item_of_position(one) for one in positions.order_by("pk")),
        *(item_of_undoing(one) for one in undone),
        *(item_of_objection(one) for one in objections),
        *(item_of_turn(turn, one) for one in objections for turn in one.turns.all()),
    ]


def items(call: Call, end: Determination) -> list[Item]:
    """List what is frozen: everything said, then the determination itself."""
    return [*items_so_far(call), item_of_determination(end)]


def item_of_call(call: Call) -> Item:
    """Write down the question and the rule as they stood at opening."""
    content = {
        "title": call.title,
        "question": call.question,
        "reference": call.reference,
        "opened_at": _at(call.opened_at),
        "caller": call.caller_id,
        "asked": call.asked,
        "rule": {**asdict(call.rule()), "publishable": list(call.publishable)},
    }
    return Item("call", call.slug, call.salt, content)


def item_of_round(text: Round) -> Item:
    """Write down a frozen text by its hash, with the clock it started or kept."""
    content = {
        "round": text.number,
        "reference": text.reference,
        "hash": text.hash,
        "substantive": text.is_substantive,
        "reason": text.reason,
        "by": text.by_id,
        "opened_at": _at(text.opened_at),
        "closes_at": _at(text.closes_at),
    }
    return Item("text", str(text.number), text.salt, content)


def item_of_position(said: Position) -> Item:
    """
    Write down a position. Which of a person's is current follows from their order and undoings.

    Of one by mail, the digest of the mail is a part: it is the evidence.
    """
    content = {
        "person": said.person_id,
        "stance": said.stance,
        "reason": said.reason,
        "capacity": said.capacity,
        "organization": said.organization,
        "observer": said.is_observer,
        "group": said.group,
        "region": said.region,
        "round": said.round.number,
        "at": _at(said.at),
        **({"mail": said.mail.digest} if said.mail else {}),
    }
    return Item("position", str(said.pk), said.salt, content)


def item_of_undoing(one: Undoing) -> Item:
    """Write down that a position was undone."""
    content = {"position": one.position_id, "at": _at(one.at)}
    return Item("undoing", str(one.position_id), one.salt, content)


def item_of_objection(one: Objection) -> Item:
    """Write down an objection. What became of it follows from its turns."""
    content = {
        "person": one.person_id,
        "position": one.position_id,
        "round": one.round.number,
        "passages": list(one.passages),
        "remedy": one.remedy,
        "filed_at": _at(one.filed_at),
    }
    return Item("objection", str(one.number), one.salt, content)


def item_of_turn(turn: Turn, objection: Objection) -> Item:
    """Write down an answer, a disposition or a word of the objector."""
    content = {
        "objection": objection.number,
        "kind": turn.kind,
        "words": turn.words,
        "by": turn.by_id,
        "at": _at(turn.at),
    }
    return Item("turn", str(turn.pk), turn.salt, content)


def item_of_determination(end: Determination) -> Item:
    """Write down what was declared and why."""
    content = {
        "level": end.level,
        "summary": end.summary,
        "options": end.options,
        "reopens": end.reopens,
        "by": end.by_id,
        "at": _at(end.at),
        "silent": end.silent,
        "statements_due_at": _at(end.statements_due_at),
        "appeal_until": _at(end.appeal_until),
    }
    return Item("determination", "1", end.salt, content)


def item_of_statement(statement: Statement) -> Item:
    """Write down a minority statement as it is filed; who signs it may still grow."""
    content = {
        "text": statement.text,
        "language": statement.language,
        "passages": list(statement.passages),
        "round": statement.round.number,
    }
    return Item("statement", str(statement.pk), statement.salt, content)


def export(call: Call) -> dict[str, Any]:
    """
    Return the frozen record with its leaves and root, so that anybody can check it.

    `rules.verify` does so. Digests are those stored at the determination; an item whose salt is
    gone was erased and comes without content.
    """
    end = call.determination
    now = {(item.kind, item.key): item for item in items(call, end)}
    leaves = []
    for leaf in end.leaves:
        item = now.get((leaf["kind"], leaf["key"]))
        kept = item is not None and bool(item.salt)
        leaves.append(
            {
                **leaf,
                "salt": item.salt if item and kept else None,
                "content": item.content if item and kept else None,
            }
        )
    return {
        "format": "intersession-call-1",
        "call": settings.SITE_URL + call.get_absolute_url(),
        "reference": call.reference,
        "level": end.level,
        "determined_at": _at(end.at),
        "root": end.root,
        "people": _names(call),
        "leaves": leaves,
        "statements": _statements(call),
        "texts": {
            str(text.number): {"text": text.text, "passages": text.passages}
            for text in call.rounds.order_by("number")
        },
    }


def _statements(call: Call) -> list[dict[str, Any]]:
    """
    Write down the minority statements that stand, each with its salt.

    They may be filed after the root was made, so they are no leaves: their digests stand in the
    journal, where they were filed and where a text was published with them.
    """
    filed = call.statements.filter(state=StatementState.FILED).select_related("round", "call")
    return [
        {**asdict(item := item_of_statement(one)), "digest": item.digest,
         "url": settings.SITE_URL + one.get_absolute_url()}
        for one in filed
    ]  # fmt: skip


def _names(call: Call) -> dict[str, str]:
    """Name the people whom the record knows by number; names may change, so none is frozen."""
    said = call.positions.filter(is_current=True).select_related("person")
    turns = Turn.objects.filter(objection__call=call).select_related("by")
    rounds = call.rounds.select_related("by")
    everyone = [call.caller, call.determination.by, *(one.person for one in said)]
    everyone += [*(turn.by for turn in turns), *(text.by for text in rounds)]
    return {str(person.pk): str(person) for person in everyone}
