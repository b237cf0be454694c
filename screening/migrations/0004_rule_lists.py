"""Lists of rules from other providers."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

# (machine, source, target); '' is birth. A test keeps this equal to the declared transitions.
TRANSITIONS = [
    ("rule_proposal", "", "waiting"),
    ("rule_proposal", "waiting", "approved"),
    ("rule_proposal", "waiting", "refused"),
    ("rule_proposal", "waiting", "withdrawn"),
]
INSERT = "INSERT INTO evidence_transition (machine, source, target) VALUES (%s, %s, %s)"


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0002_append_many"),
        ("screening", "0003_rules_and_record"),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleList",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("provider", models.CharField(max_length=200)),
                ("key", models.CharField(max_length=44)),
                ("version", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("rules", models.PositiveIntegerField()),
                ("imported_by", models.CharField(max_length=200)),
                ("imported_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-imported_at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("provider", "version"), name="rule_list_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleProposal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("foreign_id", models.UUIDField(db_index=True)),
                ("content", models.JSONField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for approval"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "No longer proposed"),
                        ],
                        default="waiting",
                        max_length=50,
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("measure_id", models.UUIDField(null=True)),
                ("gone_at", models.DateTimeField(null=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.rulelist",
                    ),
                ),
            ],
            options={
                "ordering": ["source", "id"],
                "indexes": [models.Index(fields=["state"], name="proposal_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "approved", "refused", "withdrawn"])
                        ),
                        name="proposal_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "refused"]), _negated=True),
                            models.Q(
                                ("decided_at__isnull", False),
                                models.Q(("decided_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_decided_by_somebody",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            [(INSERT, row) for row in TRANSITIONS],
            "DELETE FROM evidence_transition WHERE machine = 'rule_proposal'",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER rule_proposal_state BEFORE INSERT OR UPDATE OF state "
            "ON screening_ruleproposal "
            "FOR EACH ROW EXECUTE FUNCTION redress_guard_state('rule_proposal')",
            "DROP TRIGGER rule_proposal_state ON screening_ruleproposal",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER list_keeps_rows BEFORE UPDATE OR DELETE ON screening_rulelist "
            "FOR EACH ROW EXECUTE FUNCTION redress_refuse_change()",
            "DROP TRIGGER list_keeps_rows ON screening_rulelist",
        ),
    ]
