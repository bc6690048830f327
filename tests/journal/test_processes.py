from collections import Counter
from pathlib import Path

import pytest

from intersession.journal import queries, verify
from intersession.journal.models import Entry, Head
from tests.processes import PATIENCE, shared_database, start

EACH = 25


@pytest.mark.django_db(transaction=True)
def test_four_processes_write_one_chain_without_a_fork(tmp_path: Path) -> None:
    with shared_database(tmp_path) as database:
        writers = [start(database, "-m", "tests.journal.writer", str(EACH)) for _n in range(4)]
        assert [writer.wait(PATIENCE) for writer in writers] == [0, 0, 0, 0]

        report = verify.verify((line.encode() for line in queries.export()), [])
        head = Head.objects.get()
        by = Counter(entry.facts["writer"] for entry in Entry.objects.all())

    assert (report.problem, report.entries, report.head) == ("", 4 * EACH, head.hash)
    assert by == Counter({writer.pid: EACH for writer in writers})
