from tests.doors import Door, the_coalition

DOORS = {
    "coalitions:index": Door("get", 200, 200, 200, 200),
    "coalitions:show": Door("get", 200, 200, 200, 200, the_coalition),
    "coalitions:people": Door("get", 200, 200, 200, 200, the_coalition),
    "register:page": Door("get", 302, 403, 200, 200, the_coalition),
    "register:confirmation": Door("post", 302, 403, 302, 403, the_coalition),
    "coalitions:list": Door("get", 302, 302, 302, 302, the_coalition),
}
