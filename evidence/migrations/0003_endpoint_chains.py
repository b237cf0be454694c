"""What people do to a webhook endpoint has a chain of its own."""

from django.db import migrations, models

KINDS = ("case", "rule", "pack", "calendar", "person", "endpoint")


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_append_many")]

    operations = [
        migrations.RemoveConstraint("ledgerentry", "ledger_chain_kind_known"),
        migrations.AddConstraint(
            "ledgerentry",
            models.CheckConstraint(
                condition=models.Q(chain_kind__in=KINDS), name="ledger_chain_kind_known"
            ),
        ),
    ]
