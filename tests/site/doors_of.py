from tests.doors import Door

DOORS = {
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
