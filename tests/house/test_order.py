"""The house has one order. Imports, foreign keys and templates all keep it."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import PROTECT, ForeignKey

import intersession

HOUSE = Path(intersession.__file__).parent
RANK = {name: rank for rank, name in enumerate(settings.ORDER)}
OURS = [m for m in apps.get_models() if m.__module__.startswith("intersession.")]
TEMPLATES = sorted(HOUSE.glob("*/templates/**/*.html"))
NAMED = re.compile(r"""{%\s*(?:url|include|extends)\s+["'](\w+)[:/]""")


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_foreign_keys_point_down_and_leave_no_trace_below(model):
    for field in model._meta.local_fields:
        if not isinstance(field, ForeignKey):
            continue
        here, there = model._meta.app_label, field.related_model._meta.app_label
        if here == there:
            continue
        if field.related_model._meta.label != settings.AUTH_USER_MODEL:
            assert RANK[there] < RANK[here], f"{field} points up"
        assert field.remote_field.related_name == "+", f"{field} reaches back down"
        assert field.remote_field.on_delete is PROTECT, f"{field} may vanish"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_templates_name_only_what_lies_below(path):
    here = path.relative_to(HOUSE).parts[0]
    for there in NAMED.findall(path.read_text()):
        assert RANK[there] <= RANK[here], f"{path.name} names {there}"


def test_no_module_is_too_long_to_read():
    long = {
        str(path.relative_to(HOUSE)): lines
        for path in HOUSE.rglob("*.py")
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > 350
    }
    assert long == {}
