"""The database refuses every change of a message's state that is not one of these."""

from django.db import migrations

TRANSITIONS = (
    ("", "queued"),
    ("queued", "sent"),
    ("queued", "delivered"),
    ("sent", "delivered"),
    ("failed", "delivered"),
    ("queued", "failed"),
    ("sent", "failed"),
    ("failed", "queued"),
)


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("evidence", "0001_initial")]

    operations = [
        migrations.RunSQL(
            [
                (
                    "INSERT INTO evidence_transition (machine, source, target) VALUES (%s, %s, %s)",
                    ["message", source, target],
                )
                for source, target in TRANSITIONS
            ],
            "DELETE FROM evidence_transition WHERE machine = 'message'",
        ),
        migrations.RunSQL(
            """
            CREATE TRIGGER notifications_guard_state
            BEFORE INSERT OR UPDATE OF state ON notifications_message
            FOR EACH ROW EXECUTE FUNCTION redress_guard_state('message')
            """,
            "DROP TRIGGER notifications_guard_state ON notifications_message",
        ),
    ]
