"""A process of its own that writes into the record: `python -m tests.journal.writer HOW_MANY`."""

import os
import sys

import django


def main(how_many: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intersession.site.settings")
    django.setup()
    from intersession.journal.actions import record
    from intersession.journal.models import Head
    from intersession.kit import clock

    for number in range(how_many):
        facts = {"writer": os.getpid(), "n": number}
        record(None, "tests.act", Head(pk=1), at=clock.now(), facts=facts)


if __name__ == "__main__":
    main(int(sys.argv[1]))
