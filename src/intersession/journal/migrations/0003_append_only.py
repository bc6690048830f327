"""
The record is append-only, and the database keeps that promise.

Triggers refuse to change or remove an entry, to take the place of one, and to move the head in any
other way than one step forward. There is no way back from this migration, and nothing in the
product lifts the triggers; the test runner has its own way to empty its tables (tests/flush.py).

SQLite drops a table's triggers when a later migration rebuilds the table: such a migration ends
with `RunPython(guard)` again, and a test of the journal notices where it does not.
"""

from django.db import migrations, models

WORDS = "The record is append-only."

SQLITE = [
    f"""CREATE TRIGGER journal_entry_update BEFORE UPDATE ON journal_entry
        BEGIN SELECT RAISE(ABORT, '{WORDS}'); END""",
    f"""CREATE TRIGGER journal_entry_delete BEFORE DELETE ON journal_entry
        BEGIN SELECT RAISE(ABORT, '{WORDS}'); END""",
    f"""CREATE TRIGGER journal_entry_insert BEFORE INSERT ON journal_entry
        WHEN EXISTS (SELECT 1 FROM journal_entry
            WHERE number >= NEW.number OR id = NEW.id OR hash = NEW.hash)
        BEGIN SELECT RAISE(ABORT, '{WORDS}'); END""",
    f"""CREATE TRIGGER journal_head_update BEFORE UPDATE ON journal_head
        WHEN NEW.id <> OLD.id OR NEW.count <> OLD.count + 1
        BEGIN SELECT RAISE(ABORT, '{WORDS}'); END""",
    f"""CREATE TRIGGER journal_head_delete BEFORE DELETE ON journal_head
        BEGIN SELECT RAISE(ABORT, '{WORDS}'); END""",
]

POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER journal_entry_change BEFORE UPDATE OR DELETE ON journal_entry
        FOR EACH ROW EXECUTE FUNCTION journal_refuse()""",
    """CREATE TRIGGER journal_entry_truncate BEFORE TRUNCATE ON journal_entry
        FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()""",
    """CREATE TRIGGER journal_head_update BEFORE UPDATE ON journal_head
        FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.count <> OLD.count + 1)
        EXECUTE FUNCTION journal_refuse()""",
    """CREATE TRIGGER journal_head_delete BEFORE DELETE ON journal_head
        FOR EACH ROW EXECUTE FUNCTION journal_refuse()""",
    """CREATE TRIGGER journal_head_truncate BEFORE TRUNCATE ON journal_head
        FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()""",
]


def begin(apps, editor):
    apps.get_model("journal", "Head").objects.create(pk=1, count=0, hash="0" * 64)


def guard(apps, editor):
    for line in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[editor.connection.vendor]:
        editor.execute(line)


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_initial")]

    operations = [
        migrations.AddConstraint(
            model_name="head",
            constraint=models.CheckConstraint(
                name="journal_has_one_head", condition=models.Q(pk=1)
            ),
        ),
        migrations.RunPython(begin),
        migrations.RunPython(guard),
    ]
