"""The house has one order. Foreign keys and templates keep it; `pyproject.toml` holds imports."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import PROTECT, ForeignKey, Model

from tests.house.reading import APPS, HOUSE

RANK = {name: rank for rank, name in enumerate(settings.ORDER)}
OURS = [model for model in apps.get_models() if model.__module__.startswith("intersession.")]
TEMPLATES = sorted(path for path in HOUSE.glob("*/templates/**/*") if path.is_file())
NAMED = re.compile(r"""{%-?\s*(?:url|include|extends)\s+["'](\w+)[:/]""")


def label(model: type[Model]) -> str:
    return model._meta.label


def test_the_order_names_every_app() -> None:
    assert sorted(settings.ORDER) == APPS


@pytest.mark.parametrize("model", OURS, ids=label)
def test_foreign_keys_point_down_and_leave_no_trace_below(model: type[Model]) -> None:
    for field in model._meta.local_fields:
        if not isinstance(field, ForeignKey):
            continue
        here, there = model._meta.app_label, field.related_model._meta.app_label
        if here == there:
            continue
        if field.related_model._meta.label != settings.AUTH_USER_MODEL and there in RANK:
            assert RANK[there] < RANK[here], f"{field} points up"
        assert field.remote_field.related_name == "+", f"{field} reaches back down"
        assert field.remote_field.on_delete is PROTECT, f"{field} may vanish"


@pytest.mark.parametrize("model", OURS, ids=label)
def test_no_table_is_shared_by_many_to_many_across_apps(model: type[Model]) -> None:
    for field in model._meta.local_many_to_many:
        there = field.related_model._meta.app_label
        if there in RANK and there != model._meta.app_label:
            assert field.remote_field.related_name == "+", f"{field} reaches back down"


@pytest.mark.parametrize("model", OURS, ids=label)
def test_every_constraint_has_a_name_of_its_own(model: type[Model]) -> None:
    for constraint in model._meta.constraints:
        assert constraint.name
        assert not constraint.name.startswith(("unique_", "check_")), constraint.name


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_templates_name_only_what_lies_below(path: Path) -> None:
    here = path.relative_to(HOUSE).parts[0]
    for there in NAMED.findall(path.read_text()):
        if there in RANK:
            assert RANK[there] <= RANK[here], f"{path.name} names {there}"
