import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

GUARDS = (Path(__file__).parent / "sql" / "0002_works.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Work",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.BigIntegerField(db_index=True, default=0, editable=False)),
                ("owner", models.CharField(max_length=200)),
                ("title", models.CharField(max_length=300)),
                ("case_id", models.UUIDField(db_index=True)),
                ("case_reference", models.CharField(max_length=30)),
                ("approved_by", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_reason", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "ordering": ["version", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_reason", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                models.Q(("ended_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="work_ended_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("approved_by", ""), _negated=True),
                        name="work_approved_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fingerprint",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("file", "The same file"),
                            ("tensors", "The same model under another name"),
                            ("picture", "A picture that shows the work"),
                            ("text", "A text with passages of the work"),
                        ],
                        max_length=10,
                    ),
                ),
                ("bits", models.BinaryField(max_length=32)),
                ("codes", models.BinaryField(default=b"")),
                ("points", models.BinaryField(default=b"")),
                ("small", models.BinaryField(default=b"")),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.work",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("work", "kind", "bits"), name="print_once_per_work"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["file", "tensors", "picture", "text"])),
                        name="print_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkSetVersion",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("version", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="work_set_has_one_version"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OutputMatch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("file", "The same file"),
                            ("tensors", "The same model under another name"),
                            ("picture", "A picture that shows the work"),
                            ("text", "A text with passages of the work"),
                        ],
                        max_length=10,
                    ),
                ),
                ("decision", models.CharField(max_length=10)),
                ("output_sha256", models.CharField(max_length=64)),
                ("distance", models.PositiveSmallIntegerField(null=True)),
                ("score", models.FloatField()),
                ("spans", models.JSONField(default=list)),
                ("user_external_id", models.CharField(blank=True, max_length=200)),
                ("surface", models.CharField(blank=True, max_length=200)),
                ("output_external_id", models.CharField(blank=True, max_length=200)),
                (
                    "fingerprint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.fingerprint",
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.work",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "block"), ("kind__in", ["file", "tensors"])),
                            models.Q(("decision", "review"), ("kind__in", ["picture", "text"])),
                            _connector="OR",
                        ),
                        name="only_equal_files_are_blocked",
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
