"""`python -m bench.mail sqlite|postgres`: measure mail on one database, one JSON line a figure."""

import argparse
import logging
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.mail import world
from tests.faults.postgres import Server


def main() -> None:
    """Measure; exit code 1 where a row failed, the others counting still."""
    words = argparse.ArgumentParser(prog="python -m bench.mail", description=__doc__)
    words.add_argument("kind", choices=["sqlite", "postgres"])
    words.add_argument("--quick", action="store_true", help="without the largest sizes")
    words.add_argument("--runs", type=int, default=3)
    words.add_argument("--rows", default="", help="only these, by their function's name")
    told = words.parse_args()
    logging.disable(logging.INFO)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="mail-")))
        is_sqlite = told.kind == "sqlite"
        server = None if is_sqlite else Server(folder / "pg")
        database = f"sqlite:///{folder}/mail.sqlite3" if server is None else server.url
        world.prepare(folder, database)
        failures = measured(told, folder, database, server, stack)
        if server is not None:
            server.end()
        sys.exit(1 if failures else 0)


def measured(
    told: argparse.Namespace, folder: Path, database: str, server: Server | None, stack: ExitStack
) -> list[str]:
    """Take every row; return what failed."""
    from bench.mail import blows, rows
    from tests.lists.author import records
    from tests.lists.keys import signer
    from tests.lists.zones import zones

    host, port = stack.enter_context(zones(records(), ttl=3600))
    (folder / "dkim.pem").write_text(signer(selector="intersession").key)
    name = {"sqlite": "SQLite", "postgres": "PostgreSQL"}[told.kind]
    bench = rows.Bench(name, folder, database, f"{host}:{port}", told.runs)
    sizes = [10_000] if told.quick else [10_000, 100_000]
    steps = {
        "accepting": lambda: rows.accepting(bench),
        "quick": lambda: rows.quick(bench),
        "burst": lambda: rows.burst(bench),
        "large": lambda: rows.large(bench, sizes),
        "subscribing": lambda: rows.subscribing(bench),
        "through_postfix": lambda: rows.through_postfix(bench),
    }
    if not told.quick:
        steps["queued"] = lambda: rows.queued(bench)
        steps["killed"] = lambda: blows.killed(bench, server)
    wanted = told.rows.split(",") if told.rows else list(steps)
    failures = []
    for step in wanted:
        sys.stderr.write(f"mail, {name}: {step}\n")
        try:
            steps[step]()
        except Exception as problem:
            failures.append(step)
            sys.stderr.write(f"{step}: {problem!r}\n")
    return failures


if __name__ == "__main__":
    main()
