import uuid
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The states a version may take; the declared transitions say the same (tests/architecture/test_states.py).
TRANSITIONS = (
    ("", "proposed"),
    ("", "standing"),
    ("proposed", "standing"),
    ("proposed", "refused"),
    ("standing", "ended"),
)
GUARDS = (Path(__file__).parent / "sql" / "0005_display.sql").read_text(encoding="utf-8")
KINDS = ["ruling", "notice", "warning", "pre_use", "training"]


def person(null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0004_rule_lists"),
        ("evidence", "0003_endpoint_chains"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DisplayText",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("series", models.UUIDField()),
                ("number", models.PositiveIntegerField()),
                ("version", models.BigIntegerField(default=0, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ruling", "Court ruling"),
                            ("notice", "Infringement notice"),
                            ("warning", "Dynamic warning"),
                            ("pre_use", "Disclaimer before use"),
                            ("training", "Disclaimer on training data"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("written", models.JSONField()),
                ("shown", models.JSONField()),
                ("terms", models.JSONField(default=list)),
                ("allow_phrases", models.JSONField(default=list)),
                ("case_id", models.UUIDField(db_index=True, null=True)),
                ("case_reference", models.CharField(blank=True, default="", max_length=30)),
                ("source", models.CharField(blank=True, default="", max_length=200)),
                ("in_force_from", models.DateTimeField()),
                ("in_force_until", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waits for a second person"),
                            ("standing", "Approved"),
                            ("refused", "Refused"),
                            ("ended", "Ended"),
                        ],
                        max_length=10,
                    ),
                ),
                ("written_by", person()),
                ("written_at", models.DateTimeField()),
                ("decided_by", person(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("refused_because", models.CharField(blank=True, default="", max_length=500)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_reason", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "ordering": ["series", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("series", "number"), name="text_numbered_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("series",),
                        name="text_one_proposal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", KINDS)), name="text_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["ruling"]), _negated=True),
                            ("state__in", ["proposed", "refused"]),
                            models.Q(
                                ("decided_by__isnull", False),
                                models.Q(("decided_by", models.F("written_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="text_approved_by_a_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state", "ended"),
                                models.Q(("ended_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "ended"), _negated=True),
                                ("ended_at__isnull", True),
                                ("ended_reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="text_ended_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_force_until", None),
                            ("in_force_until__gt", models.F("in_force_from")),
                            _connector="OR",
                        ),
                        name="text_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DisplayProof",
            fields=[
                (
                    "id",
                    models.UUIDField(editable=False, primary_key=True, serialize=False),
                ),
                ("user_external_id", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("language", models.CharField(blank=True, default="", max_length=10)),
                ("surface", models.CharField(blank=True, default="", max_length=200)),
                ("check_id", models.CharField(blank=True, default="", max_length=200)),
                ("output_external_id", models.CharField(blank=True, default="", max_length=200)),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.displaytext",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "indexes": [
                    models.Index(fields=["text", "at"], name="proof_of_text"),
                    models.Index(fields=["user_external_id", "at"], name="proof_of_user"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DisplaySetVersion",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("version", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="display_set_has_one_version"
                    )
                ],
            },
        ),
        migrations.RunSQL(
            [
                (
                    "INSERT INTO evidence_transition (machine, source, target)"
                    " VALUES ('display_text', %s, %s)",
                    list(step),
                )
                for step in TRANSITIONS
            ],
            "DELETE FROM evidence_transition WHERE machine = 'display_text'",
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
