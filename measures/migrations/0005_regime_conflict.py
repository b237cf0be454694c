"""Two laws that disagree about measures, put before a person."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0004_court_ends_grounds"),
        ("notices", "0003_put_back_and_reversal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="measureground",
            name="ended_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("restored", "Restored after a counter-notice"),
                    ("withdrawn", "Notice withdrawn"),
                    ("refused", "Not approved"),
                    ("expired", "Term ended"),
                    ("corrected", "Corrected by staff"),
                    ("court", "Ended by order of a court"),
                    ("conflict", "Conflict of two laws decided"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="RegimeConflict",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("effective_at", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("keep", "Keep the measures"), ("restore", "End the measures")],
                        max_length=15,
                    ),
                ),
                ("reasons", models.JSONField(default=dict)),
                ("decided_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.case",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "holds",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.caseregime",
                    ),
                ),
                ("measures", models.ManyToManyField(related_name="+", to="measures.measure")),
                (
                    "releases",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.caseregime",
                    ),
                ),
            ],
            options={
                "ordering": ("opened_at", "id"),
                "indexes": [models.Index(fields=["case"], name="conflict_by_case")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("releases", "holds"),
                        name="one_open_conflict",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("releases", models.F("holds")), _negated=True),
                        name="conflict_of_two_regimes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("decision", "")),
                            models.Q(
                                ("decision__in", ["keep", "restore"]),
                                ("decided_by__isnull", False),
                                ("decided_at__isnull", False),
                                ("closed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="conflict_decided_by_a_person",
                    ),
                ],
            },
        ),
    ]
