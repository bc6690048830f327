from tests.doors import Door

DOORS = {
    "home": Door("get", 200, 200, 200, 200),
    "demo-clock": Door("post", 404, 404, 404, 404),
    "demo-person": Door("post", 404, 404, 404, 404),
}
