"""The steps a counter-notice may take, guarded by the database."""

from django.db import migrations

# (machine, source, target); '' is birth. A test keeps this equal to the declared transitions.
TRANSITIONS = [
    ("counter_notice", "", "filed"),
    ("counter_notice", "filed", "ended"),
    ("counter_notice", "filed", "forwarded"),
    ("counter_notice", "filed", "incomplete"),
    ("counter_notice", "filed", "rejected"),
    ("counter_notice", "filed", "withdrawn"),
    ("counter_notice", "forwarded", "ended"),
    ("counter_notice", "forwarded", "held"),
    ("counter_notice", "forwarded", "waiting"),
    ("counter_notice", "forwarded", "withdrawn"),
    ("counter_notice", "held", "ended"),
    ("counter_notice", "incomplete", "ended"),
    ("counter_notice", "incomplete", "filed"),
    ("counter_notice", "incomplete", "rejected"),
    ("counter_notice", "incomplete", "withdrawn"),
    ("counter_notice", "waiting", "ended"),
    ("counter_notice", "waiting", "held"),
    ("counter_notice", "waiting", "prevailed"),
    ("counter_notice", "waiting", "withdrawn"),
]
INSERT = "INSERT INTO evidence_transition (machine, source, target) VALUES (%s, %s, %s)"


class Migration(migrations.Migration):
    dependencies = [
        ("counternotices", "0001_initial"),
        ("evidence", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            [(INSERT, row) for row in TRANSITIONS],
            "DELETE FROM evidence_transition WHERE machine = 'counter_notice'",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER counter_notice_state BEFORE INSERT OR UPDATE OF state ON counternotices_counternotice "
            "FOR EACH ROW EXECUTE FUNCTION redress_guard_state('counter_notice')",
            "DROP TRIGGER counter_notice_state ON counternotices_counternotice",
        ),
    ]
