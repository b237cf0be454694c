"""Proof just before a put-back holds a restored regime; a refusal can be reversed on a complaint."""

from django.db import migrations

# (machine, source, target). A test keeps the table equal to the declared transitions.
TRANSITIONS = [
    ("case", "declined", "accepted"),
    ("regime", "closed", "open"),
    ("regime", "restored", "held"),
]
INSERT = "INSERT INTO evidence_transition (machine, source, target) VALUES (%s, %s, %s)"
DELETE = "DELETE FROM evidence_transition WHERE machine = %s AND source = %s AND target = %s"


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_guard_states")]

    operations = [
        migrations.RunSQL(
            [(INSERT, row) for row in TRANSITIONS], [(DELETE, row) for row in TRANSITIONS]
        )
    ]
