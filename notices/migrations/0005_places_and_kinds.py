"""A case is about output or about training; a law may be found not to apply before the decision."""

from django.db import migrations, models

# (machine, source, target). A test keeps this equal to the declared transitions.
TRANSITIONS = [("regime", "open", "removed"), ("regime", "removed", "open")]
INSERT = "INSERT INTO evidence_transition (machine, source, target) VALUES (%s, %s, %s)"


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0004_notifier_sanction"),
        ("platforms", "0002_places_and_kinds"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="caseregime",
            name="regime_state_known",
        ),
        migrations.AddField(
            model_name="case",
            name="kind",
            field=models.CharField(
                choices=[
                    ("output_notice", "OUTPUT_NOTICE"),
                    ("training_complaint", "TRAINING_COMPLAINT"),
                ],
                default="output_notice",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="particulars",
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name="caseregime",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "Not decided"),
                    ("measures", "Measures in force"),
                    ("contested", "Counter-notice"),
                    ("waiting", "Litigation window"),
                    ("held", "Proceedings"),
                    ("restored", "Restored"),
                    ("closed", "Closed"),
                    ("removed", "Does not apply"),
                ],
                default="open",
                max_length=50,
            ),
        ),
        migrations.AddConstraint(
            model_name="caseregime",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "open",
                            "measures",
                            "contested",
                            "waiting",
                            "held",
                            "restored",
                            "closed",
                            "removed",
                        ],
                    )
                ),
                name="regime_state_known",
            ),
        ),
        migrations.RunSQL(
            [(INSERT, row) for row in TRANSITIONS],
            "DELETE FROM evidence_transition WHERE machine = 'regime' AND 'removed' IN (source, target)",
        ),
    ]
