"""The steps a measure may take, family by family, guarded by the database."""

from django.db import migrations

# (machine, source, target); '' is birth. A test keeps this equal to the declared transitions.
TRANSITIONS = [
    ("measure.content_removal", "", "ordered"),
    ("measure.content_removal", "executing", "failed"),
    ("measure.content_removal", "executing", "in_force"),
    ("measure.content_removal", "executing", "not_found"),
    ("measure.content_removal", "failed", "cancelled"),
    ("measure.content_removal", "failed", "ordered"),
    ("measure.content_removal", "in_force", "lifting"),
    ("measure.content_removal", "lifting", "lifted"),
    ("measure.content_removal", "ordered", "cancelled"),
    ("measure.content_removal", "ordered", "executing"),
    ("measure.model_takedown", "", "proposed"),
    ("measure.model_takedown", "executing", "failed"),
    ("measure.model_takedown", "executing", "in_force"),
    ("measure.model_takedown", "executing", "not_found"),
    ("measure.model_takedown", "failed", "cancelled"),
    ("measure.model_takedown", "failed", "ordered"),
    ("measure.model_takedown", "in_force", "lifting"),
    ("measure.model_takedown", "lifting", "lifted"),
    ("measure.model_takedown", "ordered", "cancelled"),
    ("measure.model_takedown", "ordered", "executing"),
    ("measure.model_takedown", "proposed", "cancelled"),
    ("measure.model_takedown", "proposed", "ordered"),
    ("measure.prompt_block", "", "ordered"),
    ("measure.prompt_block", "in_force", "lifted"),
    ("measure.prompt_block", "ordered", "in_force"),
    ("measure.model_optimisation", "", "ordered"),
    ("measure.model_optimisation", "executing", "failed"),
    ("measure.model_optimisation", "executing", "in_progress"),
    ("measure.model_optimisation", "executing", "not_found"),
    ("measure.model_optimisation", "failed", "cancelled"),
    ("measure.model_optimisation", "failed", "ordered"),
    ("measure.model_optimisation", "in_progress", "done"),
    ("measure.model_optimisation", "in_progress", "lifting"),
    ("measure.model_optimisation", "in_progress", "not_possible"),
    ("measure.model_optimisation", "lifting", "cancelled"),
    ("measure.model_optimisation", "ordered", "cancelled"),
    ("measure.model_optimisation", "ordered", "executing"),
    ("measure.user_sanction", "", "ordered"),
    ("measure.user_sanction", "", "proposed"),
    ("measure.user_sanction", "executing", "failed"),
    ("measure.user_sanction", "executing", "in_force"),
    ("measure.user_sanction", "executing", "not_found"),
    ("measure.user_sanction", "failed", "cancelled"),
    ("measure.user_sanction", "failed", "ordered"),
    ("measure.user_sanction", "in_force", "lifting"),
    ("measure.user_sanction", "lifting", "lifted"),
    ("measure.user_sanction", "lifting", "voided"),
    ("measure.user_sanction", "ordered", "cancelled"),
    ("measure.user_sanction", "ordered", "executing"),
    ("measure.user_sanction", "proposed", "cancelled"),
    ("measure.user_sanction", "proposed", "ordered"),
]
INSERT = "INSERT INTO evidence_transition (machine, source, target) VALUES (%s, %s, %s)"


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0001_initial"),
        ("evidence", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            [(INSERT, row) for row in TRANSITIONS],
            "DELETE FROM evidence_transition WHERE machine LIKE 'measure.%'",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER measure_state BEFORE INSERT OR UPDATE OF state ON measures_measure "
            "FOR EACH ROW EXECUTE FUNCTION redress_guard_state('measure', 'family')",
            "DROP TRIGGER measure_state ON measures_measure",
        ),
    ]
