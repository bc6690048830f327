"""Taking a registry over: a bulk path, written down as one act by `close_loading`."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from intersession.coalitions import queries, rules
from intersession.coalitions.models import Coalition, FormerName, Loading, Theme
from intersession.coalitions.rules import KnownCoalition, KnownTheme, Registry, Tally
from intersession.coalitions.states import Body
from intersession.journal.actions import record
from intersession.search import actions as search

RELATED = ("themes", "former_names")


@transaction.atomic
def load_registry(registry: Registry, *, at: datetime) -> dict[str, Tally]:
    """
    Create or renew themes and coalitions; what people edited or confirmed is kept.

    The platform's own bulk path, without an actor: `close_loading` puts the run on the record.
    """
    themes = Counter(_load_theme(theme) for theme in registry.themes)
    coalitions = Counter(_load_coalition(known) for known in registry.coalitions)
    if registry.coordination:
        _load_coalition(registry.coordination, Body.COORDINATION)
    search.put(queries.documents(at=at))
    return {
        "themes": Tally.of(themes),
        "coalitions": Tally.of(coalitions),
    }


@transaction.atomic
def close_loading(counts: Mapping[str, Tally], *, digest: str, at: datetime) -> Loading:
    """Put one run of reading the registry on the record, with its counts and its digest."""
    told = {name: asdict(tally) for name, tally in counts.items()}
    loading = Loading.objects.create(at=at, digest=digest, counts=told)
    record(
        None, "coalitions.load", loading, at=at,
        title="registry", facts={"digest": digest, "counts": told},
    )  # fmt: skip
    return loading


def _load_theme(known: KnownTheme) -> str:
    theme, is_new = Theme.objects.get_or_create(code=known.code, defaults={"name": known.name})
    if is_new:
        return "created"
    if theme.name == known.name:
        return "unchanged"
    theme.name = known.name
    theme.save(update_fields=["name"])
    return "updated"


def _load_coalition(known: KnownCoalition, body: Body = Body.COALITION) -> str:
    offered = _as_values(known)
    coalition = Coalition.objects.filter(slug=known.slug).first()
    if coalition is None:
        coalition = Coalition(
            slug=known.slug, handle=known.slug.upper(), seed=offered, body=body
        )  # fmt: skip
        _write(coalition, offered)
        return "created"
    current = _current(coalition)
    is_confirmed = coalition.confirmed_at is not None
    changes = rules.to_change(current, coalition.seed, offered, is_confirmed=is_confirmed)
    if changes or coalition.seed != offered:
        coalition.seed = offered
        _write(coalition, changes)
    return rules.outcome(changes, current, offered)


def _as_values(known: KnownCoalition) -> dict[str, Any]:
    """Give the facts as JSON would: what is stored as `seed` compares equal when read back."""
    values = asdict(known)
    del values["slug"]
    values["themes"] = sorted(values["themes"])
    values["sources"], values["links"] = list(values["sources"]), list(values["links"])
    values["former_names"] = [list(name.values()) for name in values["former_names"]]
    return values


def _current(coalition: Coalition) -> dict[str, Any]:
    plain = {
        name: getattr(coalition, name)
        for name in KnownCoalition.__dataclass_fields__
        if name not in RELATED and name != "slug"
    }
    names = coalition.former_names.order_by("id").values_list("name", "acronym", "note")
    themes = coalition.themes.order_by("code").values_list("code", flat=True)
    return {**plain, "themes": list(themes), "former_names": [list(name) for name in names]}


def _write(coalition: Coalition, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name not in RELATED:
            setattr(coalition, name, value)
    coalition.save()
    if "themes" in values:
        coalition.themes.set(Theme.objects.filter(code__in=values["themes"]))
    if "former_names" in values:
        coalition.former_names.all().delete()
        FormerName.objects.bulk_create(
            FormerName(
                coalition=coalition, slug=slugify(name), name=name, acronym=acronym, note=note
            )
            for name, acronym, note in values["former_names"]
        )
