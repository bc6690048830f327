from tests.doors import Door, the_coalition

DOORS = {
    "coalitions:index": Door("get", 200, 200, 200, 200),
    "coalitions:show": Door("get", 200, 200, 200, 200, the_coalition),
    "coalitions:people": Door("get", 200, 200, 200, 200, the_coalition),
}
