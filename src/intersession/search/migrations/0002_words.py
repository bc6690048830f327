"""The words of the items: an FTS5 table in SQLite, a side table with a tsvector in PostgreSQL."""

from django.db import migrations, models

MAKE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE search_words USING fts5(title, body, person, stems, marks,"
        " content='', tokenize=\"ascii tokenchars '_'\")",
    ],
    "postgresql": [
        "CREATE TABLE search_words (number bigint PRIMARY KEY, terms tsvector NOT NULL)",
        "CREATE INDEX search_words_terms ON search_words USING gin (terms)",
    ],
}


def make(apps, schema_editor):
    for statement in MAKE.get(schema_editor.connection.vendor, []):
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_words")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RemoveField(model_name="item", name="body"),
        migrations.AddField(
            model_name="item",
            name="body",
            field=models.BinaryField(
                default=b"", help_text="The text, compressed by zlib; `rules.unpack` reads it."
            ),
            preserve_default=False,
        ),
        migrations.RunPython(make, unmake),
    ]
