import uuid

import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Deadline",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=64)),
                ("clock_key", models.CharField(max_length=64)),
                ("pack_id", models.CharField(max_length=64)),
                ("pack_version", models.CharField(max_length=32)),
                ("case_id", models.UUIDField()),
                ("case_regime_id", models.UUIDField(null=True)),
                ("subject_id", models.UUIDField()),
                ("owes", models.CharField(max_length=16)),
                ("owner_id", models.UUIDField(null=True)),
                ("triggered_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("last_day", models.DateField()),
                ("provisional", models.BooleanField(default=False)),
                ("clock", models.JSONField()),
                ("pauses", models.JSONField(default=list)),
                ("derivation", models.JSONField(default=list)),
                ("state", models.CharField(default="running", max_length=16)),
                ("paused_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("last_error", models.CharField(blank=True, max_length=500)),
                ("try_after", models.DateTimeField(null=True)),
                ("warn_at", models.DateTimeField(null=True)),
                ("warned_at", models.DateTimeField(null=True)),
                ("alarmed_at", models.DateTimeField(null=True)),
                (
                    "wake_at",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Greatest(
                            django.db.models.functions.comparison.Least(
                                models.F("due_at"), models.F("warn_at")
                            ),
                            models.F("try_after"),
                        ),
                        output_field=models.DateTimeField(),
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "running")),
                        fields=["wake_at", "id"],
                        name="deadlines_sweep",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["running", "paused", "breached"])),
                        fields=["due_at"],
                        name="deadlines_open_due",
                    ),
                    models.Index(fields=["case_id", "due_at"], name="deadlines_case"),
                    models.Index(
                        condition=models.Q(("state__in", ["running", "paused", "breached"])),
                        fields=["subject_id"],
                        name="deadlines_open_subject",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["running", "paused", "breached"])),
                        fields=("kind", "subject_id", "case_regime_id"),
                        name="deadlines_one_open",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "running",
                                    "paused",
                                    "met",
                                    "met_late",
                                    "stopped",
                                    "breached",
                                    "fired",
                                ],
                            )
                        ),
                        name="deadlines_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "owes__in",
                                [
                                    "provider",
                                    "filer",
                                    "right_holder",
                                    "respondent",
                                    "court",
                                    "ods_body",
                                ],
                            )
                        ),
                        name="deadlines_owes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", True),
                                ("state__in", ["running", "paused", "breached"]),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("state__in", ["met", "met_late", "stopped", "fired"]),
                            ),
                            _connector="OR",
                        ),
                        name="deadlines_closed_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paused_at__isnull", False), ("state", "paused")),
                            models.Q(
                                models.Q(("state", "paused"), _negated=True),
                                ("paused_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="deadlines_paused_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_at__gt", models.F("triggered_at"))),
                        name="deadlines_due_after_trigger",
                    ),
                ],
            },
        ),
    ]
