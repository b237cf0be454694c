"""One statement appends to many chains: what a sweep over thousands of clocks needs."""

from pathlib import Path

from django.db import migrations

APPEND_MANY = (Path(__file__).parent / "sql" / "0002_append_many.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]

    operations = [
        migrations.RunSQL(
            APPEND_MANY,
            "DROP FUNCTION redress_ledger_append_many(text, timestamptz, text, text, uuid[], uuid[], text[])",
        )
    ]
