"""Measures that were passed on to upstream providers."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# (machine, source, target); '' is birth. A test keeps this equal to the declared transitions.
TRANSITIONS = [
    ("upstream_request", "", "passed_on"),
    ("upstream_request", "acknowledged", "ended"),
    ("upstream_request", "passed_on", "acknowledged"),
    ("upstream_request", "passed_on", "ended"),
]
INSERT = "INSERT INTO evidence_transition (machine, source, target) VALUES (%s, %s, %s)"


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0002_append_many"),
        ("measures", "0006_checks"),
        ("notices", "0007_say_who_is_waited_for"),
        ("notifications", "0003_message_arrival_paper"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="UpstreamRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("provider", models.CharField(max_length=200)),
                ("address", models.CharField(blank=True, max_length=320)),
                ("language", models.CharField(max_length=16)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("passed_on", "Passed on"),
                            ("acknowledged", "Acknowledged by the provider"),
                            ("ended", "Ended"),
                        ],
                        default="passed_on",
                        max_length=16,
                    ),
                ),
                ("passed_on_at", models.DateTimeField()),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("how_known", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField(null=True)),
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
                    "case_regime",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.caseregime",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notifications.message",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="upstream",
                        to="measures.measure",
                    ),
                ),
                (
                    "passed_on_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proof",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.sealedfile",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("passed_on_at", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "ended"), _negated=True),
                        fields=("measure", "provider"),
                        name="passed_on_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["passed_on", "acknowledged", "ended"])),
                        name="upstream_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "acknowledged"), _negated=True),
                            models.Q(
                                ("acknowledged_at__isnull", False),
                                ("proof__isnull", False),
                                ("recorded_at__isnull", False),
                                ("recorded_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="upstream_acknowledged_by_a_paper",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("state", "ended")),
                            models.Q(
                                models.Q(("state", "ended"), _negated=True), ("ended_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="upstream_ended_at",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            [(INSERT, row) for row in TRANSITIONS],
            "DELETE FROM evidence_transition WHERE machine = 'upstream_request'",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER upstream_request_state BEFORE INSERT OR UPDATE OF state "
            "ON measures_upstreamrequest "
            "FOR EACH ROW EXECUTE FUNCTION redress_guard_state('upstream_request')",
            "DROP TRIGGER upstream_request_state ON measures_upstreamrequest",
        ),
    ]
