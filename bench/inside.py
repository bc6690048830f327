"""
What is done inside an instance, with Django: `python -m bench.inside <what> <arguments>`.

Each prints one line of JSON. It runs in a process of its own, in the environment of its instance.
"""

import json
import os
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

NAME = "bench"


def open_list(*words: str) -> dict[str, Any]:
    """Open the list that the archive goes into."""
    from intersession.coalitions.models import Coalition
    from intersession.kit import clock
    from intersession.lists.actions import open_list
    from intersession.people.testing import the_secretariat

    open_list(
        the_secretariat(), Coalition.objects.order_by("pk")[0], at=clock.now(),
        name=NAME, address=f"{NAME}@lists.example.org", title="Bench",
    )  # fmt: skip
    return {}


def addresses(*words: str) -> dict[str, Any]:
    """Choose the pages to ask for: some of each kind, spread over the archive."""
    from django.urls import reverse

    from intersession.lists.models import MailingList, Message, Month, Thread

    mailing_list = MailingList.objects.get(name=NAME)
    threads = Thread.objects.filter(mailing_list=mailing_list).select_related("mailing_list")
    messages = Message.objects.filter(mailing_list=mailing_list).select_related("mailing_list")
    short = list(threads.filter(count__gte=4, count__lte=10).values_list("pk", flat=True))
    pages = {
        "message": messages.filter(number__in=_spread(messages.count())),
        "thread of 4–10": threads.filter(pk__in=[short[n - 1] for n in _spread(len(short))]),
        "long thread, first part": threads.order_by("-count")[:5],
    }
    found = {name: [one.get_absolute_url() for one in rows] for name, rows in pages.items()}
    nearest = min(threads.order_by("-count")[:50], key=lambda one: abs(one.count - 400))
    months = Month.objects.filter(mailing_list=mailing_list).order_by("-messages")[:12]
    found |= {
        f"thread of {nearest.count} whole": [nearest.get_absolute_url() + "whole/"],
        "month": [
            reverse("lists:month", args=[NAME, one.first_day.year, one.first_day.month])
            for one in months
        ],
        "list": [mailing_list.get_absolute_url()],
        "coalition": [mailing_list.coalition.get_absolute_url()],
        "home": [reverse("home")],
        "directory": [reverse("coalitions:index")],
    }
    found["output"] = _outputs()
    return found


def _outputs() -> list[str]:
    from intersession.outputs.models import Publication

    return [one.get_absolute_url() for one in Publication.objects.all()[:10]]


def _spread(total: int, wanted: int = 20) -> list[int]:
    step = max(1, total // wanted)
    return list(range(1, total + 1, step))[:wanted]


def size(*words: str) -> dict[str, Any]:
    """Write everything into the database file, and tell its size and that of the mail in it."""
    from django.conf import settings
    from django.db import connection
    from django.db.models import Count, Sum

    from intersession.lists.models import Message

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    held = Message.objects.aggregate(count=Count("pk"), bytes=Sum("size"))
    file = Path(settings.DATABASES["default"]["NAME"])
    return {"messages": held["count"], "raw": held["bytes"], "file": file.stat().st_size}


def journal(count: str) -> dict[str, Any]:
    """Write entries into the record, each in an act of its own; milliseconds of each."""
    from django.db import transaction

    from intersession.coalitions.models import Coalition
    from intersession.journal.actions import record
    from intersession.kit import clock

    thing, times, acts = Coalition.objects.order_by("pk")[0], [], []
    for _ in range(int(count)):
        start = perf_counter()
        with transaction.atomic():
            begin = perf_counter()
            record(None, "bench.write", thing, at=clock.now(), scope=thing.slug, title="Bench")
            times.append((perf_counter() - begin) * 1000)
        acts.append((perf_counter() - start) * 1000)
    return {"p50": median(times), "p95": sorted(times)[int(len(times) * 0.95)], "act": median(acts)}


def chain(count: str, to: str) -> dict[str, Any]:
    """Write an export of so many entries to a file, made by the rules alone."""
    from tests.journal.chains import a_chain

    with Path(to).open("wb") as file:
        file.writelines(a_chain(int(count)).lines)
    return {}


def main() -> None:
    """Do one thing, and print what came of it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intersession.site.settings")
    import django

    django.setup()
    what = {one.__name__: one for one in (open_list, addresses, size, journal, chain)}
    sys.stdout.write(json.dumps(what[sys.argv[1]](*sys.argv[2:])) + "\n")


if __name__ == "__main__":
    main()
