"""The database refuses every change of a deadline's state that is not one of these."""

from django.db import migrations

TRANSITIONS = (
    ("", "running"),
    ("running", "paused"),
    ("paused", "running"),
    ("running", "met"),
    ("paused", "met"),
    ("breached", "met_late"),
    ("running", "stopped"),
    ("paused", "stopped"),
    ("breached", "stopped"),
    ("running", "breached"),
    ("running", "fired"),
)


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0001_initial"), ("evidence", "0001_initial")]

    operations = [
        migrations.RunSQL(
            [
                (
                    "INSERT INTO evidence_transition (machine, source, target) VALUES (%s, %s, %s)",
                    ["deadline", source, target],
                )
                for source, target in TRANSITIONS
            ],
            "DELETE FROM evidence_transition WHERE machine = 'deadline'",
        ),
        migrations.RunSQL(
            """
            CREATE TRIGGER deadlines_guard_state
            BEFORE INSERT OR UPDATE OF state ON deadlines_deadline
            FOR EACH ROW EXECUTE FUNCTION redress_guard_state('deadline')
            """,
            "DROP TRIGGER deadlines_guard_state ON deadlines_deadline",
        ),
    ]
