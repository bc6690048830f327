"""Whether the database can be worked on: there, answering, and of this version."""

from pathlib import Path

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from intersession.kit.logs import in_a_line

BEHIND = ("The database is not up to date.", "Run `intersession migrate`.")
NEWER = (
    "The database was made by a newer version of intersession.",
    "Install that version, or restore a backup from before the update.",
)

type Trouble = tuple[str, str]
"""What is wrong, and what to do: two sentences."""


def trouble() -> Trouble | None:
    """Say what keeps commands from working on the database; None where nothing does."""
    if (missing := absent()) is not None:
        return missing
    try:
        connection.ensure_connection()
        return behind_or_newer()
    except DatabaseError as problem:
        return (
            f"The database does not answer: {in_a_line(problem)}",
            "Check DATABASE_URL, and that the server runs.",
        )


def absent() -> Trouble | None:
    """Say where a file of SQLite is missing: connecting would make an empty one."""
    place = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]  # SQLite's
        return None
    if Path(place).is_file():
        return None
    return f"There is no database yet at {place}.", BEHIND[1]


def behind_or_newer() -> Trouble | None:
    """Compare the migrations that were applied with those that this version knows."""
    if _is_told_at_a_glance():
        return None
    executor = MigrationExecutor(connection)
    ours = {config.label for config in apps.get_app_configs()}
    applied = {key for key in executor.loader.applied_migrations if key[0] in ours}
    if applied - set(executor.loader.disk_migrations):
        return NEWER
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return BEHIND
    return None


def _is_told_at_a_glance() -> bool:
    """
    Test whether exactly what lies here was applied, by the names of the files alone.

    Loading the migrations takes a tenth of a second at the start of every command.
    """
    lie_here = {
        (config.label, file.stem)
        for config in apps.get_app_configs()
        for file in Path(config.path, "migrations").glob("[!_~]*.py")
    }
    return lie_here == set(MigrationRecorder(connection).applied_migrations())
