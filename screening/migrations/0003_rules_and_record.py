"""The whole birth certificate of a rule, and the record of prompt checks."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

GUARDS = (Path(__file__).parent / "sql" / "0003_record.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("screening", "0002_works")]

    operations = [
        migrations.AddField(
            "promptrule", "work", models.CharField(blank=True, default="", max_length=300)
        ),
        migrations.AddField(
            "promptrule", "owner", models.CharField(blank=True, default="", max_length=200)
        ),
        migrations.AddField("promptrule", "names_person", models.BooleanField(default=False)),
        migrations.AddField(
            "promptrule", "ordered_by", models.CharField(blank=True, default="", max_length=200)
        ),
        migrations.CreateModel(
            name="LostChecks",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("worker", models.CharField(max_length=50)),
                ("number", models.PositiveIntegerField()),
            ],
            options={"ordering": ["-at", "id"]},
        ),
        migrations.CreateModel(
            name="PromptCheck",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("user_external_id", models.CharField(blank=True, max_length=200)),
                ("surface", models.CharField(blank=True, max_length=200)),
                ("mode", models.CharField(blank=True, max_length=10)),
                ("outcome", models.CharField(max_length=10)),
                ("matches", models.JSONField(default=list)),
                ("prompt", models.JSONField(null=True)),
                ("sampled", models.BooleanField(default=False)),
                ("confirms", models.UUIDField(null=True, unique=True)),
                ("text_until", models.DateTimeField()),
                ("keep_until", models.DateTimeField()),
                (
                    "rule",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.promptrule",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "id"],
                "indexes": [
                    models.Index(fields=["rule", "-at"], name="check_by_rule"),
                    models.Index(
                        fields=["user_external_id", "-at"],
                        condition=models.Q(("rule__isnull", False)),
                        name="check_by_user",
                    ),
                    models.Index(
                        fields=["-at"],
                        condition=models.Q(("sampled", True)),
                        name="check_drawn_by_lot",
                    ),
                    models.Index(
                        fields=["text_until"],
                        condition=models.Q(("prompt__isnull", False)),
                        name="check_to_be_wiped",
                    ),
                    models.Index(fields=["keep_until"], name="check_to_go"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["allow", "warn", "block"])),
                        name="prompt_check_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mode", ""), ("rule", None), ("sampled", True)),
                            models.Q(
                                ("mode__in", ["block", "warn", "shadow"]), ("rule__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="check_matched_or_drawn",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
