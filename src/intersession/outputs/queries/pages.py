"""What the pages show: one frozen dataclass each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from intersession.coalitions.queries import procedure_of
from intersession.decisions.models import Call
from intersession.kit.answers import Answer
from intersession.kit.composed import Composed
from intersession.lists.models import Message
from intersession.outputs.models import (
    Comment,
    CommentRound,
    Contributor,
    Output,
    Publication,
    Version,
)
from intersession.outputs.queries import works
from intersession.outputs.queries.comments import tally_of
from intersession.outputs.queries.texts import (
    Part,
    doubtful_in,
    first_waiting,
    part_of,
    versions_of,
)
from intersession.outputs.rules import gate
from intersession.outputs.rules.gate import Check
from intersession.outputs.rules.ledger import Tally, sentence
from intersession.outputs.states import WRITING, State

AROUND_DRAFT = 1400
"""Bytes that the draft's page writes around a paragraph: number, margin, form."""


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A text in work, in parts, with everything that hangs on it."""

    output: Output
    state: State
    part: Part | None
    versions: Sequence[Version]
    rounds: Sequence[CommentRound]
    running: CommentRound | None
    published: Publication | None
    tally: Tally
    ledger: str
    checks: Sequence[Check]
    doubtful: Sequence[object]
    contributors: Sequence[Contributor]
    first_waiting: Comment | None
    since: int

    @property
    def version(self) -> Version | None:
        """Return the text as it stands."""
        return self.part.version if self.part else None

    @property
    def call(self) -> Call | None:
        """Return the call that this text was put to."""
        return self.part.version.call if self.part else None

    @property
    def is_ready(self) -> bool:
        """Test whether every condition of a call is met."""
        return all(check.is_met for check in self.checks)

    @property
    def more(self) -> str:
        """Return what the links to other parts carry on."""
        return f"&since={self.since}" if self.since else ""

    @property
    def is_writing(self) -> bool:
        """Test whether versions are saved now."""
        return self.state in WRITING


ROUNDS = Composed(
    lambda output: (
        CommentRound.objects.filter(output=output)
        .select_related("version", "opened_by")
        .defer("version__text", "version__removed")
    )
)
ORIGIN = Composed(
    lambda message: Message.objects.filter(pk=message).select_related("thread__mailing_list")
)
CONTRIBUTORS = Composed(
    lambda output: Contributor.objects.filter(output=output).select_related("person")
)


def draft_page(output: Output, *, at: datetime, start: str = "", since: int = 0) -> DraftPage:
    """Gather the page of a draft; `start` names a paragraph, `since` an earlier version."""
    versions = versions_of(output)
    version = works.latest_version(output) if versions else None
    if since >= (version.number if version else 0):
        since = 0
    if output.origin_id:
        output.origin = ORIGIN(message=output.origin_id)[0]
    tally = tally_of(output)
    rounds = ROUNDS(output=output.pk)
    state = gate.state_at(State(output.state), rounds[-1].closes_at if rounds else None, at)
    doubtful = doubtful_in(version) if version else []
    running = next((one for one in rounds if one.is_open(at)), None)
    return DraftPage(
        output=output,
        state=state,
        part=part_of(
            version,
            start=start,
            since=since,
            comments=True,
            each=AROUND_DRAFT,
            unchanged=running is not None,
        )
        if version
        else None,
        versions=versions,
        rounds=rounds,
        running=running,
        published=works.current_publication(output),
        tally=tally,
        ledger=sentence(tally),
        checks=_checks(output, versions, rounds, running, tally.waiting, len(doubtful))
        if version and state in WRITING
        else (),
        doubtful=doubtful,
        contributors=CONTRIBUTORS(output=output.pk),
        first_waiting=first_waiting(output) if tally.waiting else None,
        since=since,
    )


def _checks(
    output: Output,
    versions: Sequence[Version],
    rounds: Sequence[CommentRound],
    running: CommentRound | None,
    waiting: int,
    doubtful: int,
) -> Sequence[Check]:
    """Say what is missing before consensus, from what the page has read already."""
    after = max((one.number for one in versions if hasattr(one, "publication")), default=0)
    held = sum(1 for one in rounds if one.version.number > after)
    return gate.before_consensus(
        ended=held - (running is not None),
        needed=procedure_of(output.coalition).comment_rounds,
        open_until=running.closes_at if running else None,
        waiting=waiting,
        doubtful=doubtful,
    )


@dataclass(frozen=True, slots=True)
class May:
    """What the reader may do here: buttons, or the reasons why not."""

    edit: Answer
    comment: Answer
    call: Answer
    publish: Answer
    withdraw: Answer
