"""
How SQLite's index is merged: eight segments of a level at a time, a little with each write.

That is an eighth less work for an import than by fours, and a search still looks into a few segments
only. Merging a whole level in one go, which SQLite would do at 16, could hold the lock for long.
"""

from django.db import migrations

SETTINGS = {"automerge": (8, 4), "crisismerge": (1000, 16)}
"""Ours, and SQLite's own."""


def settle(schema_editor, place):
    if schema_editor.connection.vendor == "sqlite":
        for name, values in SETTINGS.items():
            schema_editor.execute(
                "INSERT INTO search_words(search_words, rank) VALUES(%s, %s)",
                [name, values[place]],
            )


def settle_ours(apps, schema_editor):
    settle(schema_editor, 0)


def settle_theirs(apps, schema_editor):
    settle(schema_editor, 1)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_words")]

    operations = [migrations.RunPython(settle_ours, settle_theirs)]
