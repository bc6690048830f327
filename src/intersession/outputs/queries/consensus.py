"""What stands between a draft and a call, and between a call and publication."""

from datetime import datetime

from intersession.coalitions.queries import procedure_of
from intersession.decisions.models import Call
from intersession.decisions.queries import statements
from intersession.outputs.models import Block, Comment, CommentRound, Output, Version
from intersession.outputs.queries.works import latest_version, open_round
from intersession.outputs.rules import gate


def rounds_since(output: Output) -> int:
    """Count the comment periods held on the version that is being written."""
    published = output.publications.order_by("-number").values_list("version__number").first()
    after = published[0] if published else 0
    return CommentRound.objects.filter(output=output, version__number__gt=after).count()


def checks_of(output: Output, *, at: datetime) -> list[gate.Check]:
    """List what must be true before this work can go to a call, as it stands now."""
    running = open_round(output, at=at)
    version = latest_version(output)
    return gate.before_consensus(
        ended=rounds_since(output) - (running is not None),
        needed=procedure_of(output.coalition).comment_rounds,
        open_until=running.closes_at if running else None,
        waiting=Comment.objects.filter(output=output, answer="").count(),
        doubtful=Block.objects.filter(version=version, is_doubtful=True).count(),
    )


def statements_received(version: Version) -> int:
    """Count the minority statements that stand on a version's call."""
    call: Call | None = version.call
    return len(statements(call)) if call else 0
