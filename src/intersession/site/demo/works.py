"""The sample work: one text that was published with dissent, one that is open to comments."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from intersession.coalitions.models import Coalition
from intersession.decisions import actions as decisions
from intersession.decisions.models import Call, Objection
from intersession.decisions.states import Disposition, Level, Stance
from intersession.lists.models import Message
from intersession.outputs import actions as outputs
from intersession.outputs import queries
from intersession.outputs.models import Block, Comment, CommentRound, Output
from intersession.outputs.states import Answer, Kind
from intersession.people.models import Person
from intersession.site.demo.diary import Diary
from intersession.site.demo.people import COORDINATOR

TEXTS = Path(__file__).parent / "texts"
PERIOD = timedelta(days=14)


def voices() -> dict[str, Any]:
    """Read what the sample people said."""
    return tomllib.loads((TEXTS / "voices.toml").read_text())


@dataclass
class Work:
    """One piece of work, its people and what they say, told act by act."""

    coalition: Coalition
    people: Mapping[str, Person]
    said: dict[str, Any]
    title: str
    kind: Kind
    text: str
    abstract: str
    asks: str = ""
    readers: str = ""
    output: Output = field(init=False)
    call: Call = field(init=False)

    @property
    def lead(self) -> Person:
        """Return who coordinates, writes and calls."""
        return self.people[COORDINATOR]

    def start(self, at: datetime, *, origin: Message | None = None) -> None:
        """Start the draft and describe it."""
        self.output = outputs.start_draft(
            self.lead, self.coalition, at=at, title=self.title, kind=self.kind,
            text=self.text, origin=origin,
        )  # fmt: skip
        outputs.describe(
            self.lead, self.output, at=at, title=self.title, kind=self.kind,
            abstract=self.abstract, readers=self.readers, asks=self.asks,
            themes=list(self.coalition.themes.all()[:2]),
        )  # fmt: skip

    def ask_for_comments(self, at: datetime) -> None:
        """Open a period of comments."""
        outputs.open_round(self.lead, self.output, at=at, closes_at=at + PERIOD)

    def comment(self, line: Mapping[str, str], at: datetime) -> None:
        """Let somebody comment on the paragraph that holds the words named."""
        period = CommentRound.objects.select_related("output", "version").get(output=self.output)
        block = Block.objects.get(version=period.version, source__contains=line["paragraph"])
        outputs.comment(
            self.people[line["from"]], period, at=at, text=line["text"], key=block.key,
            wording=line.get("wording", ""),
        )  # fmt: skip

    def answer(self, number: int, line: Mapping[str, str], at: datetime) -> None:
        """Answer a comment; an accepted wording is applied, its author credited."""
        said = Comment.objects.select_related("output", "version", "author").get(
            output=self.output, number=number
        )
        if line["answer"] == Answer.ACCEPTED and said.wording:
            outputs.apply_suggestion(self.lead, said, at=at)
        else:
            outputs.answer_comment(
                self.lead, said, at=at, answer=Answer(line["answer"]), reply=line["reply"]
            )

    def ask_for_consensus(self, at: datetime) -> None:
        """Put the text to the coalition."""
        self.output = Output.objects.select_related("coalition").get(pk=self.output.pk)
        self.call = outputs.propose_call(
            self.lead, self.output, at=at, question="May this text be published as agreed?"
        )

    def position(self, line: Mapping[str, Any], at: datetime) -> None:
        """Let somebody take a position."""
        keys = []
        if words := line.get("paragraph"):
            version = queries.latest_version(self.output)
            keys = [Block.objects.get(version=version, source__contains=words).key]
        decisions.take_position(
            self.people[line["from"]], self.call, at=at, stance=Stance(line["stance"]),
            reason=line.get("reason", ""), remedy=line.get("remedy", ""), passages=keys,
        )  # fmt: skip

    def meet_objection(self, at: datetime) -> None:
        """Answer the one objection and dispose of it, with the reason."""
        words = self.said["objection"]
        for verb in ("answer", "dispose"):
            objection = Objection.objects.select_related("call__coalition", "person").get(
                call=self.call
            )
            if verb == "answer":
                decisions.answer_objection(self.lead, objection, at=at, words=words["answer"])
            else:
                decisions.dispose(
                    self.lead, objection, at=at + timedelta(hours=3), reason=words["reason"],
                    disposition=Disposition(words["disposition"]),
                )  # fmt: skip

    def determine(self, at: datetime) -> None:
        """Declare the level."""
        self.call.refresh_from_db()
        words = self.said["determination"]
        decisions.determine(self.lead, self.call, at=at, level=Level.CONSENSUS, **words)

    def dissent(self, at: datetime) -> None:
        """File the minority statement on the paragraph that was objected to."""
        objection = Objection.objects.get(call=self.call)
        self.call.refresh_from_db()
        decisions.file_statement(
            Person.objects.get(pk=objection.person_id), self.call, at=at,
            text=self.said["statement"]["text"].strip(), passages=objection.passages,
        )  # fmt: skip

    def publish(self, at: datetime) -> None:
        """Declare that dissent was considered, and publish."""
        output = Output.objects.select_related("coalition").get(pk=self.output.pk)
        outputs.declare_dissent_considered(self.lead, output, at=at, none_received=False)
        output.refresh_from_db()
        outputs.publish(self.lead, output, at=at + timedelta(minutes=10))


def plan_published(diary: Diary, work: Work) -> None:
    """Plan the whole way of the text that stands published."""
    diary.days_ago(72, work.start)
    diary.days_ago(70, work.ask_for_comments)
    for number, line in enumerate(work.said["comment"], 1):
        diary.days_ago(68 - number, partial(work.comment, line))
        diary.days_ago(60 - number, partial(work.answer, number, line))
    diary.days_ago(55, work.ask_for_consensus)
    for line in work.said["position"]:
        diary.days_ago(line["days"], partial(work.position, line))
    diary.days_ago(45, work.meet_objection)
    diary.days_ago(40, work.determine)
    diary.days_ago(37, work.dissent)
    diary.days_ago(33, work.publish)


def plan_open(diary: Diary, work: Work, origin: Callable[[], Message]) -> None:
    """Plan the text that stands open to comments, with three comments, one of them answered."""
    diary.days_ago(28, lambda at: work.start(at, origin=origin()))
    diary.days_ago(12, work.ask_for_comments)
    for number, line in enumerate(work.said["comment"], 1):
        diary.days_ago(11 - 2 * number, partial(work.comment, line))
        if "answer" in line:
            diary.days_ago(4, partial(work.answer, number, line))
