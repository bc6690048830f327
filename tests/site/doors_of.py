from tests.doors import Door

DOORS = {
    "home": Door("get", 200, 200, 200, 200),
}
