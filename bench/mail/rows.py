"""The rows: what is measured, one function each."""

import json
import smtplib
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, sleep, time

from bench.mail.world import Counter, memory, seconds_of, smtp_sink, wait_until
from intersession.kit import clock
from intersession.lists.models import MailingList, Parcel, Subscription
from tests.faults.house import House, a_post, until
from tests.faults.sink import Sink
from tests.lists.author import ADDRESS
from tests.outbox.mailserver import free_port

SMALL = "10,000"
"""The column for what has no size of its own."""
TEXT = "\n".join(["Good day to you all, this is a line as long as people write them."] * 40)


def tell(size: str, name: str, unit: str, goal: str, *values: float) -> None:
    """Print what was measured, for who gathers it."""
    told = {"size": size, "name": name, "unit": unit, "goal": goal, "values": values}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


@dataclass
class Bench:
    """Where rows are measured; `kind` names the database in each."""

    kind: str
    folder: Path
    database: str
    dns: str
    runs: int

    def lists(self, members: int) -> MailingList:
        """Return the list with so many members, who are made if they are not there."""
        from intersession.coalitions.models import Coalition

        name = f"members-{members}"
        if found := MailingList.objects.filter(name=name).first():
            return found
        coalition, _ = Coalition.objects.get_or_create(slug="bench", handle="bench", name="Bench")
        at = clock.now()
        made = MailingList.objects.create(
            name=name, address=f"{name}@lists.example.org", title=name, coalition=coalition,
            opened_at=at, posting="anyone",
        )  # fmt: skip
        Subscription.objects.bulk_create(
            (
                Subscription(mailing_list=made, address=f"r{n}@example.net", since=at)
                for n in range(members)
            ),
            batch_size=5_000,
        )
        return made

    def house(self, port: int) -> House:
        """Return listener and worker, yet to be started, whose copies go to a port."""
        return House(self.database, self.folder, _At(port), self.dns)

    def say(self, size: str, name: str, unit: str, goal: str, *values: float) -> None:
        """Tell a figure of this database."""
        tell(size, f"mail, {self.kind}: {name}", unit, goal, *values)


class _At(Sink):
    """A mail server elsewhere, of which only the port is known."""

    def __init__(self, port: int) -> None:
        self.port = port


@contextmanager
def running(house: House, *, listens: bool = True, works: bool = True) -> Iterator[None]:
    """Run listener and worker while the block lasts, warm."""
    if listens:
        house.listener()
    if works:
        house.run("worker")
        sleep(3)
    try:
        yield
    finally:
        for process in reversed(house.running):
            process.terminate()
        for process in house.running:
            process.wait(60)
        house.running.clear()


_numbers = iter(range(10**9))


def written(to: MailingList) -> bytes:
    """Write a post, signed by its author."""
    return a_post(to, f"{to.name}-{next(_numbers)}-{time()}", TEXT)


def post(house: House, to: MailingList, raw: bytes) -> float:
    """Hand in a post; return the moment of its 250."""
    if house.posted(raw, to.address) != [250]:
        raise RuntimeError("The post was not taken.")
    return time()


def quick(bench: Bench) -> None:
    """Measure when the first and the last of 200 have a post, one post after the other."""
    talk = bench.lists(200)
    with Sink() as sink:
        house = bench.house(sink.port)
        with running(house):
            for n in range(5 + 10 * bench.runs):
                begun = len(sink.taken)
                at = post(house, talk, written(talk))
                until(lambda begun=begun: len(sink.taken) - begun >= 200, "copies are missing")
                copies = sink.taken[begun:]
                if n >= 5:  # the first posts open connections
                    first, last = (1000 * (copies[place].at - at) for place in (0, 199))
                    bench.say(SMALL, "post to 200, first recipient after 250", "ms", "≤ 60", first)
                    bench.say(SMALL, "post to 200, last recipient after 250", "ms", "≤ 200", last)
                sleep(0.2)


def sending(
    bench: Bench, counter: Counter, house: House, members: int, posts: int
) -> tuple[float, float, float, float]:
    """Hand in posts; return when the first and the last copy came, the rate, and CPU a copy."""
    talk, copies = bench.lists(members), members * posts
    mails = [written(talk) for _ in range(posts)]
    spent = seconds_of(*house.running)
    counter.begin()
    begun = time()
    moments = [post(house, talk, mail) for mail in mails]
    wait_until(counter, copies, 60 + copies / 200)
    cpu = 1000 * (seconds_of(*house.running) - spent) / copies
    since = moments[0] if posts == 1 else begun
    return counter.first - since, counter.last - since, copies / (counter.last - since), cpu


def large(bench: Bench, sizes: Sequence[int]) -> None:
    """Measure one post to many, the memory it takes, and the CPU time of each copy."""
    for members in sizes:
        size = f"{members:,}"
        with smtp_sink(free_port()) as counter:
            house = bench.house(counter.port)
            bench.lists(members)
            with running(house):
                for _ in range(bench.runs if members <= 10_000 else 1):
                    first, last, rate, cpu = sending(bench, counter, house, members, 1)
                    bench.say(size, "post to all, first recipient", "s", "≤ 0.2", first)
                    bench.say(size, "post to all, last recipient", "s", "≤ 5 at 10,000", last)
                    bench.say(size, "post to all, into smtp-sink", "recipients/s", "≥ 2,000", rate)
                    bench.say(size, "CPU of listener, worker and couriers a copy", "ms", "", cpu)
                listener, worker = house.running
                bench.say(size, "memory of listener", "MB", "≤ 150", memory(listener)[1])
                alone, whole = memory(worker)
                bench.say(size, "memory of worker alone", "MB", "≤ 150", alone)
                bench.say(size, "memory of worker with its two couriers", "MB", "", whole)


def burst(bench: Bench, posts: int = 200) -> None:
    """Measure a burst of posts to 200 members."""
    with smtp_sink(free_port()) as counter:
        house = bench.house(counter.port)
        bench.lists(200)
        with running(house):
            sending(bench, counter, house, 200, 3)
            _, _, rate, cpu = sending(bench, counter, house, 200, posts)
            name = f"burst of {posts} posts to 200"
            bench.say(SMALL, f"{name}, into smtp-sink", "recipients/s", "≥ 2,500", rate)
            bench.say(SMALL, f"{name}, CPU a copy", "ms", "", cpu)


def accepting(bench: Bench, posts: int = 100) -> None:
    """Measure how fast posts are kept, over one connection and over eight, with nobody sending."""
    talk = bench.lists(200)
    house = bench.house(free_port())
    mails = [a_post(talk, f"accept-{n}-{time()}", TEXT) for n in range(posts * 5 + 10)]
    with running(house, works=False):
        with house.post() as one:
            for mail in mails[:10]:
                one.sendmail(ADDRESS, [talk.address], mail)
            spent = seconds_of(*house.running)
            times = [_legs(one, talk, mail) for mail in mails[10 : 10 + posts]]
        accept, whole = (1000 * median(legs) for legs in zip(*times, strict=True))
        bench.say(SMALL, "a post accepted, one connection, p50", "ms", "≤ 10", accept)
        bench.say(SMALL, "the same with its dialogue, p50", "ms", "", whole)
        cpu = 1000 * (seconds_of(*house.running) - spent) / posts
        bench.say(SMALL, "a post accepted, CPU of the listener", "ms", "", cpu)
        rest = mails[10 + posts :]
        begun = perf_counter()
        with ThreadPoolExecutor(8) as pool:
            for _ in pool.map(lambda n: _all_of(house, talk, rest[n::8]), range(8)):
                pass
        rate = len(rest) / (perf_counter() - begun)
        bench.say(SMALL, "posts accepted, eight connections", "posts/s", "≥ 150", rate)
    Parcel.objects.filter(relay__message__mailing_list=talk).delete()


def _legs(post: smtplib.SMTP, talk: MailingList, mail: bytes) -> tuple[float, float]:
    """Hand in a post; give the seconds from its last octet to 250, and from MAIL to 250."""
    begun = perf_counter()
    assert post.mail(ADDRESS)[0] == post.rcpt(talk.address)[0] == 250
    assert post.docmd("DATA")[0] == 354
    post.send(mail + b".\r\n")
    ended = perf_counter()
    assert post.getreply()[0] == 250
    return perf_counter() - ended, perf_counter() - begun


def _all_of(house: House, talk: MailingList, mails: Sequence[bytes]) -> None:
    with house.post() as one:
        for mail in mails:
            one.sendmail(ADDRESS, [talk.address], mail)


def subscribing(bench: Bench, people: int = 10_000) -> None:
    """Measure how fast people of a roster are subscribed, each with an entry in the journal."""
    from intersession.lists.actions import subscribe_all
    from intersession.lists.rules.wishes import RosterRow

    talk = bench.lists(0)
    Subscription.objects.filter(mailing_list=talk).delete()
    rows = [RosterRow(n, f"s{n}-{time()}@example.net") for n in range(people)]
    begun = perf_counter()
    subscribe_all(None, talk, rows, at=clock.now(), is_quiet=True)
    rate = people / (perf_counter() - begun)
    bench.say(SMALL, "subscribing 10,000, with their entries", "people/s", "≥ 1,200", rate)


def queued(bench: Bench, posts: int = 100) -> None:
    """Measure a million copies that wait: how mail stands is told soon, and the rate holds."""
    port = free_port()
    house = bench.house(port)
    talk = bench.lists(10_000)
    with running(house, works=False):
        for _ in range(posts):
            post(house, talk, written(talk))
    begun = perf_counter()
    _status()
    bench.say(
        SMALL,
        "mail status with 1,000,000 copies queued",
        "ms",
        "≤ 200",
        1000 * (perf_counter() - begun),
    )
    with smtp_sink(port) as counter, running(house, listens=False):
        wait_until(counter, 2_000, 120)
        counter.begin()
        begun = time()
        sleep(10)
        rate = counter.since / (time() - begun)
        bench.say(SMALL, "rate with 1,000,000 copies queued", "recipients/s", "≥ 2,000", rate)
    Parcel.objects.filter(relay__message__mailing_list=talk).delete()


def _status() -> None:
    from intersession.site.post.status import status

    status(at=clock.now())


def through_postfix(bench: Bench, posts: int = 50) -> None:
    """Measure a burst through a real Postfix, which keeps every copy on its disk, to the sink."""
    from tests.journeys.postfix import postfix, why_not

    if reason := why_not():
        sys.stderr.write(f"{reason} The row through Postfix is left out.\n")
        return
    with smtp_sink(free_port()) as counter, postfix(lists=free_port(), world=counter.port) as port:
        house = bench.house(port)
        bench.lists(200)
        with running(house):
            sending(bench, counter, house, 200, 1)
            rate = sending(bench, counter, house, 200, posts)[2]
            bench.say(
                SMALL, f"burst of {posts} posts to 200, through Postfix", "recipients/s", "", rate
            )
