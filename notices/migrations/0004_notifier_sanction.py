"""A filer who files wrong notices: warned first, then barred for a time; guarded by the database."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# (machine, source, target); '' is birth. A test keeps this equal to the declared transitions.
TRANSITIONS = [
    ("notifier_sanction", "", "in_force"),
    ("notifier_sanction", "in_force", "ended"),
    ("notifier_sanction", "in_force", "lifted"),
]
INSERT = "INSERT INTO evidence_transition (machine, source, target) VALUES (%s, %s, %s)"


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0003_put_back_and_reversal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NotifierSanction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254)),
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
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
            ],
            options={
                "ordering": ("decided_at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["in_force", "ended", "lifted"])),
                        name="sanction_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", "warn"), ("until", None)),
                            models.Q(("level", "suspend"), ("until__gt", models.F("decided_at"))),
                            _connector="OR",
                        ),
                        name="only_a_suspension_has_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("account__isnull", False),
                            models.Q(("email", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="sanction_names_its_filer",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            [(INSERT, row) for row in TRANSITIONS],
            "DELETE FROM evidence_transition WHERE machine = 'notifier_sanction'",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER notifier_sanction_state BEFORE INSERT OR UPDATE OF state "
            "ON notices_notifiersanction FOR EACH ROW "
            "EXECUTE FUNCTION redress_guard_state('notifier_sanction')",
            "DROP TRIGGER notifier_sanction_state ON notices_notifiersanction",
        ),
    ]
