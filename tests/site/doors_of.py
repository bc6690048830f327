from uuid import UUID

from intersession.lists.testing import a_list
from tests.doors import Door, World

NO_RUN = UUID(int=0)


def the_list(world: World) -> list[str]:
    if "list" not in world.more:
        world.more["list"] = a_list(world.coalition)
    return [world.more["list"].name]


DOORS = {
    "carrying": Door("get", 200, 200, 200, 200, the_list),
    "carried": Door("post", 302, 302, 302, 302, the_list),
    "jobs:run": Door("get", 302, 404, 404, 404, lambda world: [NO_RUN]),
    "jobs:file": Door("get", 302, 404, 404, 404, lambda world: [NO_RUN]),
    "home": Door("get", 200, 200, 200, 200),
    "desk": Door("get", 302, 200, 200, 200),
    "about": Door("get", 200, 200, 200, 200),
    "accessibility": Door("get", 200, 200, 200, 200),
    "livez": Door("get", 200, 200, 200, 200),
    "readyz": Door("get", 200, 200, 200, 200),
    "robots": Door("get", 200, 200, 200, 200),
    "sitemap": Door("get", 200, 200, 200, 200),
    "sitemap-pages": Door("get", 200, 200, 200, 200),
    "sitemap-part": Door("get", 200, 200, 200, 200, lambda world: ["coalitions", 1]),
    "search": Door("get", 200, 200, 200, 200),
    "letters": Door("get", 404, 404, 404, 404),
    "copy": Door("get", 404, 404, 404, 404, lambda world: [1]),
    "letter": Door("get", 404, 404, 404, 404, lambda world: [1]),
    "demo-clock": Door("post", 404, 404, 404, 404),
    "demo-person": Door("post", 404, 404, 404, 404),
}
