"""The long form of the test of blows: killed two hundred times in the midst of work."""

from django.db import connections

from bench.mail.rows import SMALL, Bench
from intersession.lists.models import Message
from tests.faults.killing import under_fire
from tests.faults.postgres import Server
from tests.faults.sink import Sink

BLOWS = 200


def killed(bench: Bench, server: Server | None, blows: int = BLOWS) -> None:
    """
    Kill listener, worker, couriers and, on PostgreSQL, the database, and count what came of it.

    Raises RuntimeError where a post that was accepted is lost or stands in the archive twice.
    """
    talk = bench.lists(40)
    members = [f"r{n}@example.net" for n in range(40)]
    before = Message.objects.filter(mailing_list=talk).count()
    with Sink() as sink:
        house = bench.house(sink.port)
        house.sink = sink
        strike = server.kill if server else None
        try:
            outcome = under_fire(house, talk, members, blows=blows, seed=7, strike_database=strike)
        finally:
            house.end()
            connections.close_all()  # ours may have been killed with the database
    archived = Message.objects.filter(mailing_list=talk).count() - before
    name = f"killed {blows} times"
    bench.say(SMALL, f"{name}: posts accepted", "posts", "", len(outcome.accepted))
    bench.say(SMALL, f"{name}: copies lost", "copies", "0", len(outcome.lost))
    bench.say(SMALL, f"{name}: copies repeated", "copies", f"≤ {outcome.allowed}", outcome.repeated)
    if outcome.lost or archived != len(outcome.accepted) or outcome.repeated > outcome.allowed:
        raise RuntimeError(f"{archived} archived, {len(outcome.accepted)} accepted, {outcome}")
