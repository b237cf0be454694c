"""A prompt block that would stop too many recent prompts is proposed, and a second person approves it."""

from django.db import migrations, models

# (machine, source, target); '' is birth. A test keeps this equal to the declared transitions.
TRANSITIONS = [
    ("measure.prompt_block", "", "proposed"),
    ("measure.prompt_block", "proposed", "cancelled"),
    ("measure.prompt_block", "proposed", "ordered"),
]
INSERT = "INSERT INTO evidence_transition (machine, source, target) VALUES (%s, %s, %s)"
DELETE = "DELETE FROM evidence_transition WHERE machine = %s AND source = %s AND target = %s"

HEAVY = models.Q(
    ("family__in", ["model_takedown"]),
    models.Q(("family", "user_sanction"), ("level__in", ["suspend", "terminate"])),
    _connector="OR",
)


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0002_append_many"),
        ("measures", "0007_upstream"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="measure", name="heavy_measures_need_approval"),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(HEAVY, ("approval_required", True)),
                    models.Q(~HEAVY, ("approval_required", False)),
                    ("family", "prompt_block"),
                    _connector="OR",
                ),
                name="heavy_measures_need_approval",
            ),
        ),
        migrations.RunSQL(
            [(INSERT, row) for row in TRANSITIONS],
            [(DELETE, row) for row in TRANSITIONS],
        ),
    ]
