"""
How SQLite's index is merged: rarely, a little with each write, and never all of a level at once.

By default a level that holds 16 segments is merged in one go, under the lock of the write that came
last: at 100,000 messages that is more than a third of a second in which nobody else can write.
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
