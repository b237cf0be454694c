"""Measures that may not be lifted for a time, and liftings that are called back."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

# (machine, source, target). A test keeps the table equal to the declared transitions.
TRANSITIONS = [
    ("measure.content_removal", "lifting", "in_force"),
    ("measure.model_optimisation", "lifting", "in_progress"),
    ("measure.model_takedown", "lifting", "in_force"),
    ("measure.user_sanction", "lifting", "in_force"),
]
INSERT = "INSERT INTO evidence_transition (machine, source, target) VALUES (%s, %s, %s)"
DELETE = "DELETE FROM evidence_transition WHERE machine = %s AND source = %s AND target = %s"


class Migration(migrations.Migration):
    dependencies = [("measures", "0002_guard_states"), ("notices", "0002_guard_states")]

    operations = [
        migrations.CreateModel(
            name="MeasureFreeze",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("cause", models.UUIDField()),
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.case",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="freezes",
                        to="measures.measure",
                    ),
                ),
            ],
            options={
                "ordering": ("since", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("measure", "cause"),
                        name="measure_frozen_once_for_a_cause",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            [(INSERT, row) for row in TRANSITIONS], [(DELETE, row) for row in TRANSITIONS]
        ),
    ]
