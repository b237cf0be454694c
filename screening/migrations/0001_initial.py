import uuid
from pathlib import Path

from django.db import migrations, models

GUARDS = (Path(__file__).parent / "sql" / "0001_guards.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    initial = True

    dependencies = [("evidence", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="PromptRule",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.BigIntegerField(db_index=True, default=0, editable=False)),
                ("terms", models.JSONField()),
                ("allow_phrases", models.JSONField(default=list)),
                ("fields", models.JSONField()),
                ("territory", models.CharField(blank=True, default="", max_length=2)),
                ("mode", models.CharField(max_length=10)),
                ("reason_code", models.CharField(max_length=40)),
                ("case_id", models.UUIDField(db_index=True)),
                ("case_reference", models.CharField(max_length=30)),
                ("user_message", models.JSONField()),
                ("appeal_url", models.CharField(max_length=500)),
                ("expires_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                ("approved_by", models.CharField(max_length=200)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_reason", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "ordering": ["version", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("mode__in", ["block", "warn", "shadow"])),
                        name="rule_mode_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_reason", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                models.Q(("ended_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="rule_ended_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("approved_by", ""), _negated=True),
                        name="rule_approved_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleSetVersion",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("version", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="rule_set_has_one_version"
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
