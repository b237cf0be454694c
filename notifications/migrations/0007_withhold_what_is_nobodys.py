"""What is nobody's event is queued for nobody: the same nouns here as in notifications/event_types.py."""

from importlib import import_module

from django.db import migrations

before = import_module("notifications.migrations.0006_withhold_assessments")
NOUNS = (
    "person", "role", "token", "endpoint", "delivery", "rule_list", "rule_proposal", "assessment", "ladder",
)  # fmt: skip
WITHHELD = f"{before.CHAINS} AND split_part(w.event, '.', 1) <> ALL ('{{{','.join(NOUNS)}}}')"


class Migration(migrations.Migration):
    dependencies = [("notifications", "0006_withhold_assessments")]

    operations = [migrations.RunSQL(before.QUEUE % WITHHELD, before.QUEUE % before.WITHHELD)]
