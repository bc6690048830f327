from typing import Any

from intersession.outputs.models import ListedOutput, Output
from intersession.outputs.testing import a_draft, a_publication, an_open_round, the_blocks
from tests.doors import Door, World, the_coalition


def the_draft(world: World) -> Output:
    """Return the one draft of the world."""
    if "draft" not in world.more:
        world.more["draft"] = a_draft(world.coalition)
    draft: Output = world.more["draft"]
    return draft


def a_known_output(world: World) -> list[Any]:
    return [ListedOutput.objects.create(key="known", title="Known", kind="report").key]


def draft(world: World) -> list[Any]:
    return [the_draft(world).reference]


def version(world: World) -> list[Any]:
    return [the_draft(world).reference, 1]


def two_versions(world: World) -> list[Any]:
    return [the_draft(world).reference, 1, 1]


def paragraph(world: World) -> list[Any]:
    return [the_draft(world).reference, the_blocks(the_draft(world))[0].key]


def a_round(world: World) -> list[Any]:
    return [an_open_round(the_draft(world)).output.reference, 1]


def no_comment(world: World) -> list[Any]:
    return [the_draft(world).reference, 9]


def published(world: World) -> list[Any]:
    return [a_publication(the_draft(world)).output.reference]


def published_version(world: World) -> list[Any]:
    return [*published(world), 1]


def a_file(world: World) -> list[Any]:
    return [*published_version(world), "txt"]


def no_statement(world: World) -> list[Any]:
    return [the_draft(world).reference, 1, 1]


READ = (200, 200, 200, 200)
EDIT = (302, 403, 200, 403)
DO = (302, 403, 302, 403)
EMPTY = 422
"""A form that needs a reason, sent without one."""

DOORS = {
    "outputs:index": Door("get", *READ),
    "outputs:show": Door("get", *READ, published),
    "outputs:edition": Door("get", *READ, published_version),
    "outputs:file": Door("get", *READ, a_file),
    "outputs:confirmation": Door("post", 302, 404, 404, 404, no_statement),
    "outputs:work": Door("get", *READ, the_coalition),
    "outputs:start": Door("get", 302, 200, 200, 403, the_coalition),
    "outputs:draft": Door("get", *READ, draft),
    "outputs:writing": Door("get", *EDIT, draft),
    "outputs:description": Door("get", *EDIT, draft),
    "outputs:credit": Door("get", 302, 404, 200, 404, draft),
    "outputs:version": Door("get", *READ, version),
    "outputs:whole": Door("get", *READ, version),
    "outputs:changes": Door("get", *READ, two_versions),
    "outputs:paragraph": Door("get", *READ, paragraph),
    "outputs:match": Door("post", *DO, paragraph),
    "outputs:rounds": Door("get", *EDIT, draft),
    "outputs:close": Door("post", 302, 403, EMPTY, 403, a_round),
    "outputs:comments": Door("get", 302, 200, 200, 200, draft),
    "outputs:answer": Door("get", 302, 403, 404, 403, no_comment),
    "outputs:suggestion": Door("post", 302, 404, 404, 404, no_comment),
    "outputs:ledger": Door("get", *READ, draft),
    "outputs:ledger_csv": Door("get", *READ, draft),
    "outputs:call": Door("get", *EDIT, draft),
    "outputs:publication": Door("get", *EDIT, draft),
    "outputs:declaration": Door("post", *EDIT, draft),
    "outputs:return": Door("post", 302, 403, EMPTY, 403, draft),
    "outputs:revision": Door("post", *DO, draft),
    "outputs:withdrawal": Door("post", 302, 403, EMPTY, EMPTY, draft),
    "outputs:known_index": Door("get", 200, 200, 200, 200),
    "outputs:known": Door("get", 200, 200, 200, 200, a_known_output),
}
