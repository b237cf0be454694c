"""An affected user whose statements are manifestly unfounded: warned first, then not heard for a time."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# (machine, source, target); '' is birth. A test keeps this equal to the declared transitions.
TRANSITIONS = [
    ("respondent_sanction", "", "in_force"),
    ("respondent_sanction", "in_force", "ended"),
    ("respondent_sanction", "in_force", "lifted"),
]
INSERT = "INSERT INTO evidence_transition (machine, source, target) VALUES (%s, %s, %s)"


class Migration(migrations.Migration):
    dependencies = [
        ("counternotices", "0005_award"),
        ("notices", "0008_items_know_their_kin"),
        ("platforms", "0003_kin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RespondentSanction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("warn", "Warning"), ("suspend", "Suspension of filing")],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("in_force", "In force"),
                            ("ended", "Ended"),
                            ("lifted", "Taken back"),
                        ],
                        default="in_force",
                        max_length=50,
                    ),
                ),
                ("pack_id", models.CharField(max_length=50)),
                ("pack_version", models.CharField(max_length=20)),
                ("factors", models.JSONField()),
                ("reasons", models.JSONField()),
                ("decided_at", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("lifted_reasons", models.JSONField(default=dict)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "respondent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="platforms.platformuser",
                    ),
                ),
            ],
            options={
                "ordering": ("-decided_at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["in_force", "ended", "lifted"])),
                        name="respondent_sanction_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", "warn"), ("until", None)),
                            models.Q(("level", "suspend"), ("until__gt", models.F("decided_at"))),
                            _connector="OR",
                        ),
                        name="only_a_respondents_suspension_ends",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            [(INSERT, row) for row in TRANSITIONS],
            "DELETE FROM evidence_transition WHERE machine = 'respondent_sanction'",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER respondent_sanction_state BEFORE INSERT OR UPDATE OF state "
            "ON counternotices_respondentsanction FOR EACH ROW "
            "EXECUTE FUNCTION redress_guard_state('respondent_sanction')",
            "DROP TRIGGER respondent_sanction_state ON counternotices_respondentsanction",
        ),
    ]
