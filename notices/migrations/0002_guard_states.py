"""The steps a case and its regimes may take, guarded by the database."""

from django.db import migrations

# (machine, source, target); '' is birth. A test keeps this equal to the declared transitions.
TRANSITIONS = [
    ("case", "", "received"),
    ("case", "accepted", "closed"),
    ("case", "accepted", "withdrawn"),
    ("case", "awaiting_filer", "in_review"),
    ("case", "awaiting_filer", "lapsed"),
    ("case", "awaiting_filer", "withdrawn"),
    ("case", "closed", "accepted"),
    ("case", "in_review", "accepted"),
    ("case", "in_review", "awaiting_filer"),
    ("case", "in_review", "declined"),
    ("case", "in_review", "withdrawn"),
    ("case", "received", "in_review"),
    ("case", "received", "withdrawn"),
    ("regime", "", "open"),
    ("regime", "closed", "contested"),
    ("regime", "contested", "held"),
    ("regime", "contested", "measures"),
    ("regime", "contested", "restored"),
    ("regime", "contested", "waiting"),
    ("regime", "held", "closed"),
    ("regime", "held", "contested"),
    ("regime", "held", "measures"),
    ("regime", "held", "restored"),
    ("regime", "held", "waiting"),
    ("regime", "measures", "closed"),
    ("regime", "measures", "contested"),
    ("regime", "measures", "restored"),
    ("regime", "open", "closed"),
    ("regime", "open", "measures"),
    ("regime", "waiting", "contested"),
    ("regime", "waiting", "held"),
    ("regime", "waiting", "measures"),
    ("regime", "waiting", "restored"),
]
INSERT = "INSERT INTO evidence_transition (machine, source, target) VALUES (%s, %s, %s)"


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_initial"),
        ("evidence", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            [(INSERT, row) for row in TRANSITIONS],
            "DELETE FROM evidence_transition WHERE machine = 'case' OR machine = 'regime'",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER case_state BEFORE INSERT OR UPDATE OF state ON notices_case "
            "FOR EACH ROW EXECUTE FUNCTION redress_guard_state('case')",
            "DROP TRIGGER case_state ON notices_case",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER regime_state BEFORE INSERT OR UPDATE OF state ON notices_caseregime "
            "FOR EACH ROW EXECUTE FUNCTION redress_guard_state('regime')",
            "DROP TRIGGER regime_state ON notices_caseregime",
        ),
    ]
