"""The database as PostgreSQL has it: every table by COPY, as all of them stand at one moment."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from intersession.site.backing.archive import About, Broken, Reading, Writing

FOLDER = "database/tables/"
TABLES = """SELECT table_name FROM information_schema.tables
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name"""
COLUMNS = """SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND is_generated = 'NEVER'
    ORDER BY table_name, ordinal_position"""
SEQUENCES = "SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()"

type Saved = tuple[dict[str, list[str]], dict[str, list[Any]], dict[str, int]]


def save(backup: Writing) -> Saved:
    """Take every table in; return their columns, the counters of keys, and the rows of each."""
    with connection.cursor() as cursor:
        columns = _columns(cursor)
        counts: dict[str, int] = {}
        for table, names in columns.items():
            with backup.part(f"{FOLDER}{table}") as part:
                out = f"COPY {quoted(table)} ({_listed(names)}) TO STDOUT"
                with cursor.copy(out) as copy:
                    for piece in copy:
                        part.write(piece)
            counts[table] = cursor.rowcount
        return columns, _sequences(cursor), counts


def _columns(cursor: Any) -> dict[str, list[str]]:
    cursor.execute(TABLES)
    columns: dict[str, list[str]] = {name: [] for (name,) in cursor.fetchall()}
    cursor.execute(COLUMNS)
    for table, name in cursor.fetchall():
        if table in columns:
            columns[table].append(name)
    return columns


def _sequences(cursor: Any) -> dict[str, list[Any]]:
    cursor.execute(SEQUENCES)
    told: dict[str, list[Any]] = {}
    for (name,) in cursor.fetchall():
        cursor.execute(f"SELECT last_value, is_called FROM {quoted(name)}")  # noqa: S608 (a name, quoted)
        told[name] = list(cursor.fetchone())
    return told


def quoted(name: str) -> str:
    """Write a name so that it is one."""
    return connection.ops.quote_name(name.replace('"', ""))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(quoted, names))


def restore(backup: Reading) -> None:
    """
    Make the tables as they were, and fill them, in one transaction.

    Raises Broken where the backup is not whole; then the database is as it was.
    """
    with transaction.atomic():
        _clear()
        _build(backup.about)
        _fill(backup)


def _clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        if names := [name for (name,) in cursor.fetchall()]:
            cursor.execute(f"DROP TABLE {_listed(names)} CASCADE")


def _build(about: About) -> None:
    """Run the migrations that had run when the backup was made, and no others."""
    executor = MigrationExecutor(connection)
    applied = {(app, name) for app, name in about.migrations}
    nodes = [key for key in executor.loader.graph.nodes if key in applied]
    children = executor.loader.graph.node_map
    leaves = [key for key in nodes if not any(c.key in applied for c in children[key].children)]
    executor.migrate(leaves)


def _fill(backup: Reading) -> None:
    """Copy the rows in; keys between tables are looked at when all are there."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        # The head of the record was made by a migration and may only step forward: it is the one
        # row whose guard is lifted, while the record behind it is still empty.
        cursor.execute("ALTER TABLE journal_head DISABLE TRIGGER USER")
        for table in backup.about.columns:
            if table != "journal_entry":
                cursor.execute(f"DELETE FROM {quoted(table)}")  # noqa: S608 (a name, quoted)
        for table, names in backup.about.columns.items():
            _copy(cursor, backup, table, names)
        for name, (last, is_called) in backup.about.sequences.items():
            cursor.execute("SELECT setval(%s, %s, %s)", [quoted(name), last, is_called])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE journal_head ENABLE TRIGGER USER")


def _copy(cursor: Any, backup: Reading, table: str, names: Iterable[str]) -> None:
    with cursor.copy(f"COPY {quoted(table)} ({_listed(names)}) FROM STDIN") as copy:
        for piece in backup.pieces(f"{FOLDER}{table}"):
            copy.write(piece)
    if cursor.rowcount != backup.about.counts[table]:
        raise Broken(f"The table {table} holds other rows than were counted.")


def unknown(migrations: Iterable[Iterable[str]]) -> Mapping[str, str]:
    """Return the migrations of our apps that this version does not know."""
    known = MigrationExecutor(connection).loader.disk_migrations or {}
    ours = {config.label for config in apps.get_app_configs()}
    return {app: name for app, name in migrations if app in ours and (app, name) not in known}
