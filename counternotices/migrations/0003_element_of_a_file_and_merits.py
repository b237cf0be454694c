"""Which element a paper answers; and the step of a law that knows no waiting period."""

from django.db import migrations, models

# (machine, source, target). A test keeps the table equal to the declared transitions.
TRANSITIONS = [("counter_notice", "filed", "prevailed")]
INSERT = "INSERT INTO evidence_transition (machine, source, target) VALUES (%s, %s, %s)"
DELETE = "DELETE FROM evidence_transition WHERE machine = %s AND source = %s AND target = %s"


class Migration(migrations.Migration):
    dependencies = [("counternotices", "0002_guard_states")]

    operations = [
        migrations.AddField(
            model_name="counternoticefile",
            name="element",
            field=models.CharField(default="", max_length=60),
            preserve_default=False,
        ),
        migrations.RunSQL(
            [(INSERT, row) for row in TRANSITIONS], [(DELETE, row) for row in TRANSITIONS]
        ),
    ]
