"""Tests of measures, what they found, and when the next is due."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Evidence: written once. `redress_refuse_change` comes with the evidence room.
KEEP = """
CREATE TRIGGER measure_check_keeps_rows BEFORE UPDATE OR DELETE ON measures_measurecheck
    FOR EACH ROW EXECUTE FUNCTION redress_refuse_change();
CREATE TRIGGER measure_check_keeps_all BEFORE TRUNCATE ON measures_measurecheck
    FOR EACH STATEMENT EXECUTE FUNCTION redress_refuse_change();
REVOKE ALL ON measures_measurecheck FROM PUBLIC, redress_app;
GRANT SELECT, INSERT ON measures_measurecheck TO redress_app;
"""
FORGET = """
DROP TRIGGER measure_check_keeps_rows ON measures_measurecheck;
DROP TRIGGER measure_check_keeps_all ON measures_measurecheck;
"""

# Verified is what a test of that very moment found to hold, and nothing somebody says.
BY_TEST = """
CREATE FUNCTION redress_verified_by_test() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.verified_at IS NOT NULL AND NOT EXISTS (
        SELECT FROM measures_measurecheck AS made
        WHERE made.measure_id = NEW.id AND made.at = NEW.verified_at AND made.outcome = 'holds'
    ) THEN
        RAISE EXCEPTION 'measure % was not verified by a test at %', NEW.id, NEW.verified_at
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER measure_verified_by_test BEFORE INSERT OR UPDATE OF verified_at ON measures_measure
    FOR EACH ROW EXECUTE FUNCTION redress_verified_by_test();
"""
BY_WORD = """
DROP TRIGGER measure_verified_by_test ON measures_measure;
DROP FUNCTION redress_verified_by_test();
"""
# What is in force already is tested too, at once.
CATCH_UP = """
UPDATE measures_measure SET check_at = redress_now()
WHERE state = 'in_force' AND family <> 'model_optimisation'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0005_regime_conflict"),
        ("platforms", "0002_places_and_kinds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MeasureCheck",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("artefact_state", "The platform's record"),
                            ("content_bytes", "The same file elsewhere"),
                            ("public_url", "The public address"),
                            ("prompt", "The prompt at the guard"),
                            ("user_standing", "The user's standing"),
                            ("rule", "The rule in the guard"),
                        ],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("lifted", models.BooleanField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("holds", "Holds"),
                            ("broken", "Does not hold"),
                            ("unreachable", "Could not be tested"),
                        ],
                        max_length=12,
                    ),
                ),
                ("facts", models.JSONField(default=dict)),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="measures.measure",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "what"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("measure", "at", "what"), name="one_test_per_round"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "what__in",
                                [
                                    "artefact_state",
                                    "content_bytes",
                                    "public_url",
                                    "prompt",
                                    "user_standing",
                                    "rule",
                                ],
                            )
                        ),
                        name="check_what_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["holds", "broken", "unreachable"])),
                        name="check_outcome_known",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="measure",
            name="check_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="measure",
            name="check_misses",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="measure",
            name="checking_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="measure",
            name="excused_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="measure",
            name="found_broken_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="measure",
            name="moved_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="measure",
            name="resend",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="measure",
            name="verified_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(
                condition=models.Q(("check_at__isnull", False)),
                fields=["check_at"],
                name="measure_to_be_tested",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verified_at", None), ("found_broken_at", None), _connector="OR"
                ),
                name="not_verified_and_broken",
            ),
        ),
        migrations.RunSQL(KEEP, FORGET),
        migrations.RunSQL(BY_TEST, BY_WORD),
        migrations.RunSQL(CATCH_UP, migrations.RunSQL.noop),
    ]
