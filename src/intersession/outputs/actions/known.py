"""Listing outputs published elsewhere, and their use: a bulk path of the platform's own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from intersession.coalitions.models import Coalition
from intersession.coalitions.rules import Tally, outcome, to_change
from intersession.kit.answers import Refused
from intersession.outputs.models import ListedOutput, Uptake
from intersession.outputs.queries.known import documents
from intersession.outputs.rules.known import KnownOutput, KnownUse
from intersession.search import actions as search

type Listed = ListedOutput | Uptake


@transaction.atomic
def list_known(
    outputs: Sequence[KnownOutput], uses: Sequence[KnownUse], *, at: datetime
) -> dict[str, Tally]:
    """
    Create or renew what is known; what people edited since the last time is kept.

    Raises Refused where a coalition is named that the register does not know.
    """
    there = dict(Coalition.objects.values_list("slug", "pk"))
    named: list[KnownOutput | KnownUse] = [*outputs, *uses]
    for one in named:
        if strange := set(one.coalitions) - set(there):
            told = {"slugs": ", ".join(sorted(strange)), "key": one.key}
            raise Refused(_("The register has no coalition %(slugs)s, named by %(key)s.") % told)
    listed = Counter(_load(ListedOutput, asdict(one), there) for one in outputs)
    ids = dict(ListedOutput.objects.values_list("key", "pk"))
    used = Counter(_load(Uptake, _with_output(use, ids), there) for use in uses)
    search.put(documents(at=at))
    return {"outputs": Tally.of(listed), "uptake": Tally.of(used)}


def _with_output(use: KnownUse, ids: Mapping[str, int]) -> dict[str, Any]:
    values = asdict(use)
    values["output_id"] = ids.get(values.pop("output"))
    return values


def _load(model: type[Listed], values: dict[str, Any], there: Mapping[str, int]) -> str:
    key = values.pop("key")
    offered = {name: _plain(value) for name, value in values.items()}
    offered["coalitions"] = sorted(offered["coalitions"])
    row = model.objects.filter(key=key).first()
    if row is None:
        _write(model(key=key, seed=offered), offered, there)
        return "created"
    slugs = _links(row).order_by("coalition__slug").values_list("coalition__slug", flat=True)
    current = {
        name: list(slugs) if name == "coalitions" else getattr(row, name) for name in offered
    }
    changes = to_change(current, row.seed, offered)
    if changes or row.seed != offered:
        row.seed = offered
        _write(row, changes, there)
    return outcome(changes, current, offered)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple | list) else value


def _write(row: Listed, values: Mapping[str, Any], there: Mapping[str, int]) -> None:
    for name, value in values.items():
        if name != "coalitions":
            setattr(row, name, value)
    row.save()
    if "coalitions" in values:
        _links(row).all().delete()
        for slug in values["coalitions"]:
            _links(row).create(coalition_id=there[slug])


def _links(row: Listed) -> Any:
    """Return the rows that tie it to coalitions; creating one there ties it to this row."""
    return row.by if isinstance(row, ListedOutput) else row.of
