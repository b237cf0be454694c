"""An event becomes a delivery in the transaction that writes it; states and tries are guarded here too."""

from pathlib import Path

from django.db import migrations

TRANSITIONS = {
    "webhook_endpoint": (
        ("", "enabled"),
        ("enabled", "disabled"),
        ("disabled", "enabled"),
        ("enabled", "removed"),
        ("disabled", "removed"),
    ),
    "webhook_delivery": (
        ("", "waiting"),
        ("waiting", "delivered"),
        ("waiting", "failed"),
        ("delivered", "waiting"),
        ("failed", "waiting"),
    ),
}
GUARDS = (Path(__file__).parent / "sql" / "0005_webhooks.sql").read_text(encoding="utf-8")
UNDO = """
DROP TRIGGER ledger_tells_webhooks ON evidence_ledgerentry;
DROP FUNCTION redress_webhook_queue();
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0004_webhooks"), ("evidence", "0003_endpoint_chains")]

    operations = [
        migrations.RunSQL(
            [
                (
                    "INSERT INTO evidence_transition (machine, source, target) VALUES (%s, %s, %s)",
                    [machine, source, target],
                )
                for machine, steps in TRANSITIONS.items()
                for source, target in steps
            ],
            "DELETE FROM evidence_transition WHERE machine LIKE 'webhook\\_%'",
        ),
        migrations.RunSQL(GUARDS, UNDO),
    ]
