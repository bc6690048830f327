from tests.doors import Door, the_coalition

DOORS = {
    "membership:membership": Door("get", 302, 302, 302, 302, the_coalition),
    "membership:departure": Door("post", 302, 302, 403, 403, the_coalition),
}
