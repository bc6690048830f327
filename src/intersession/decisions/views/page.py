"""The page of a call, and how a form on it is taken: nothing typed is ever lost."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from intersession.decisions import forms, permissions, queries, rules
from intersession.decisions.models import Call
from intersession.kit.pages import attempt, done
from intersession.people.http import PublicRequest, Request, visitor

type Asked = PublicRequest | Request
"""A request to a page that anybody may read."""


def the_call(request: Asked, slug: str) -> Call:
    """Find a call where this visitor may read it, and set the frame of its coalition."""
    call = get_object_or_404(queries.visible_to(visitor(request)), slug=slug)
    request.scope = call.coalition
    return call


def take(
    request: Asked,
    call: Call,
    name: str,
    form: Form,
    act: Callable[[], object],
    words: str,
    to: str = "",
) -> HttpResponse:
    """Act on a form of the call's page: go back to it, or show it again with what was typed."""
    status = attempt(form, act)
    if status == 302:
        return done(request, words, to or call.get_absolute_url())
    return show_page(
        request, the_call(request, call.slug), status=status, **{name.replace("-", "_"): form}
    )


def show_page(request: Asked, call: Call, *, status: int = 200, **bound: Form) -> HttpResponse:
    """Show the call; `bound` are forms that come back with what was typed, by their name."""
    person = visitor(request)
    leads = permissions.may_lead(person, call, at=request.at)
    sheet = queries.sheet(
        call,
        person,
        at=request.at,
        leads=bool(leads),
        before=request.GET.get("before", ""),
        part=_part(request, bound),
    )
    typed = not bound.keys().isdisjoint(LEADING)
    given = {
        "call": call,
        "sheet": sheet,
        "rule": call.rule(),
        "may": {
            "lead": leads,
            "speak": permissions.may_take_position(person, call, at=request.at),
            "dissent": permissions.may_file_statement(person, call),
        },
        "position_form": bound.get("position") or _position_form(sheet),
        "rows": [_objection_forms(row, bound) for row in sheet.objections.items],
        "shows_lead": (bool(leads) and sheet.is_running) or typed,
        **(_lead_forms(request, sheet, bound) if leads or typed else {}),
    }
    return render(request, "decisions/show.html", given, status=status)


LEADING = {
    "determination": (forms.DeterminationForm, "d-%s"),
    "deferral": (forms.ReasonForm, "df-%s"),
    "withdrawal": (forms.ReasonForm, "w-%s"),
    "correction": (forms.CorrectionForm, "c-%s"),
}
"""The forms of who leads a call, and how the ids of their fields are told apart."""


def _part(request: Asked, bound: dict[str, Form]) -> int:
    """Return the part of the objections to show: that of the form that comes back, or as asked."""
    for name in bound:
        if name.startswith("o"):
            return rules.part_of(int(name[1:].partition("_")[0]))
    asked = request.GET.get("objections", "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else 1


def _position_form(sheet: queries.Sheet) -> forms.PositionForm:
    own, parts = sheet.own, sheet.text.parts()
    said = {"stance": own.stance, "reason": own.reason, "capacity": own.capacity,
            "organization": own.organization} if own else {}  # fmt: skip
    objection = getattr(own, "objection", None)
    if objection is not None:
        places = forms.Places.typed(objection.passages, parts)
        said |= {"remedy": objection.remedy, "places": places}
    initial = {**said, "round": sheet.text.number}
    return forms.PositionForm(initial=initial, parts=parts, auto_id="p-%s")


def _objection_forms(row: queries.ObjectionRow, bound: dict[str, Form]) -> dict[str, Any]:
    """Pair an objection with the forms that this reader may use, unique by their ids."""
    number = row.objection.number
    offered: dict[str, tuple[bool, type[Form]]] = {
        "answer": (row.can_answer, forms.AnswerForm),
        "again": (row.can_dispose, forms.AnswerForm),
        "disposition": (row.can_dispose, forms.DispositionForm),
        "understanding": (row.can_say, forms.UnderstandingForm),
        "stands": (row.can_confirm, forms.StandsForm),
        "back": (row.can_withdraw, forms.BackForm),
    }
    found: dict[str, Any] = {"row": row}
    for name, (is_offered, kind) in offered.items():
        typed = bound.get(f"o{number}_{name}")
        found[name] = typed or (kind(auto_id=f"o{number}-{name}-%s") if is_offered else None)
    return found


def _lead_forms(request: Asked, sheet: queries.Sheet, bound: dict[str, Form]) -> dict[str, Any]:
    person, call = visitor(request), sheet.call
    tally = queries.tally(call)
    given: dict[str, Any] = {
        f"{name}_form": bound.get(name) or kind(auto_id=ids)
        for name, (kind, ids) in LEADING.items()
    }
    return {
        **given,
        "determine": permissions.may_determine(person, call, at=request.at),
        "levels": queries.levels(call, tally),
        "heard": queries.heard(call, tally),
    }
