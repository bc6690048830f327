"""One published version as plain values, from which every format is written."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db.models import Prefetch
from django.utils import translation
from django.utils.translation import gettext as _

from intersession.decisions import queries as decisions
from intersession.decisions.models import Call, Signature
from intersession.decisions.queries import MinorityStatement
from intersession.decisions.queries.dissent import view
from intersession.decisions.states import StatementState
from intersession.kit.words import day
from intersession.outputs.formats import (
    Author,
    Passage,
    Published,
    Standing,
    Statement,
)
from intersession.outputs.formats.words import spoken
from intersession.outputs.models import Block, Output, Publication
from intersession.outputs.queries.comments import tally_of
from intersession.outputs.rules.ledger import sentence
from intersession.outputs.states import Edition


def edition_of(publication: Publication) -> Published:
    """Gather a published version, said in the language of its text as far as we speak it."""
    output = publication.output
    with translation.override(spoken(output.language)):
        return _edition(publication, output)


def _edition(publication: Publication, output: Output) -> Published:
    blocks = list(publication.version.blocks.order_by("position"))
    declaration = publication.declaration
    return Published(
        title=publication.title,
        kind=str(output.get_kind_display()),
        reference=output.reference,
        number=publication.number,
        state=_state(publication, output),
        coalition=output.coalition.full_name or output.coalition.name,
        published_at=publication.published_at,
        licence=output.licence,
        licence_name=str(output.get_licence_display()),
        language=output.language,
        url=settings.SITE_URL + publication.get_absolute_url(),
        abstract=publication.abstract,
        passages=tuple(
            Passage(block.number, block.kind, block.level, block.source, block.html)
            for block in blocks
        ),
        statements=tuple(_statements(publication, blocks)),
        standing=_standing(publication.version.call),
        declared_by=str(declaration.by),
        declared_at=declaration.at,
        ledger=sentence(tally_of(output)),
        contributors=tuple(
            Author(str(one.person), str(one.get_role_display()), one.affiliation)
            for one in output.contributors.filter(is_named=True).select_related("person")
        ),
        keywords=tuple(str(word) for word in output.keywords),
        is_agreed=publication.is_agreed,
        is_sample=output.is_sample,
    )


def _state(publication: Publication, output: Output) -> str:
    if publication.state == Edition.CURRENT:
        return _("Current version.")
    ended = day(publication.ended_at or publication.published_at)
    if publication.state == Edition.WITHDRAWN:
        said = {"day": ended, "reason": output.withdrawn_because}
        return _("Withdrawn on %(day)s: %(reason)s") % said
    address = settings.SITE_URL + output.get_absolute_url()
    return _("Superseded on %(day)s. The version that holds is at %(address)s") % {
        "day": ended,
        "address": address,
    }


def _standing(call: Call | None) -> Standing | None:
    if call is None:
        return None
    stood = decisions.standing(call)
    end = call.determination
    return Standing(
        level=str(end.get_level_display()),
        summary=end.summary,
        counts=stood.room.counts,
        voices=stood.voices,
        asked=stood.asked,
        silent=stood.silent,
        silence_counts=stood.silence_counts,
        columns=tuple(str(label) for label, _short in stood.room.columns),
        rows=stood.room.rows,
        observers=stood.room.observers,
        url=settings.SITE_URL + call.get_absolute_url(),
        determined_at=end.at,
    )


def _statements(publication: Publication, blocks: Sequence[Block]) -> list[Statement]:
    """List the statements on this version, then those carried from earlier ones."""
    numbers = {block.key: block.number for block in blocks}
    call = publication.version.call
    own = decisions.statements(call) if call else []
    signed = Prefetch(
        "statement__signatures", Signature.objects.select_related("person").order_by("pk")
    )
    carried = (
        publication.carried.filter(statement__state=StatementState.FILED)
        .select_related("statement__call__coalition", "statement__round")
        .prefetch_related(signed)
    )
    return [
        *(_statement(said, numbers, publication.number) for said in own),
        *(_statement(view(row.statement), numbers, row.written_on) for row in carried),
    ]


def _statement(said: MinorityStatement, numbers: Mapping[str, str], written_on: int) -> Statement:
    places = tuple(number for key, number in numbers.items() if key in said.passages and number)
    if not places:
        # The paragraph is gone: its old number must not point at another one.
        places = tuple(
            _("%(number)s of version %(version)d") % {"number": number, "version": written_on}
            for number in said.places
        )
    return Statement(
        label=said.label,
        source=said.text,
        html=said.html,
        language=said.language,
        places=places,
        authors=tuple(
            f"{signer.name}, {signer.organization or signer.capacity}" for signer in said.signers
        ),
        filed_at=said.filed_at,
        url=settings.SITE_URL + said.url,
        written_on=written_on,
        is_sample=said.is_sample,
    )
