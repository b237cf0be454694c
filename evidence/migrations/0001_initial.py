import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

GUARDS = (Path(__file__).parent / "sql" / "0001_guards.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("chain_kind", models.CharField(max_length=20)),
                ("chain_id", models.UUIDField()),
                ("sequence", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=200)),
                ("event", models.CharField(max_length=80)),
                ("facts", models.JSONField(default=dict)),
                ("payload_sha256", models.CharField(blank=True, default="", max_length=64)),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["chain_kind", "chain_id", "sequence"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("chain_kind", "chain_id", "sequence"), name="ledger_place_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("chain_kind__in", ("case", "rule", "pack", "calendar", "person"))
                        ),
                        name="ledger_chain_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hash__regex", "^[0-9a-f]{64}$")),
                        name="ledger_hash_is_sha256",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("size", models.BigIntegerField()),
                ("media_type", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=255)),
                ("sealed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="sealed_hash_is_sha256",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Transition",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "machine",
                        "source",
                        "target",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("machine", models.TextField()),
                ("source", models.TextField()),
                ("target", models.TextField()),
            ],
            options={
                "db_table": "evidence_transition",
            },
        ),
        migrations.CreateModel(
            name="LedgerPayload",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="evidence.ledgerentry",
                    ),
                ),
                ("salt", models.BinaryField(null=True)),
                ("body", models.BinaryField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
                ("erased_under", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("body__isnull", False),
                                ("salt__isnull", False),
                                ("erased_at__isnull", True),
                                ("erased_under", ""),
                            ),
                            models.Q(
                                ("body__isnull", True),
                                ("erased_at__isnull", False),
                                ("salt__isnull", True),
                                models.Q(("erased_under", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="payload_whole_or_erased",
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
