"""The assessment sheets of a case: written once, never changed or deleted."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Evidence: written once. `redress_refuse_change` comes with the evidence room.
KEEP = """
CREATE TRIGGER assessment_keeps_rows BEFORE UPDATE OR DELETE ON casework_assessment
    FOR EACH ROW EXECUTE FUNCTION redress_refuse_change();
CREATE TRIGGER assessment_keeps_all BEFORE TRUNCATE ON casework_assessment
    FOR EACH STATEMENT EXECUTE FUNCTION redress_refuse_change();
REVOKE ALL ON casework_assessment FROM PUBLIC, redress_app;
GRANT SELECT, INSERT ON casework_assessment TO redress_app;
"""
FORGET = """
DROP TRIGGER assessment_keeps_rows ON casework_assessment;
DROP TRIGGER assessment_keeps_all ON casework_assessment;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0001_initial"),
        ("evidence", "0001_initial"),
        ("notices", "0008_items_know_their_kin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("edition", models.CharField(max_length=20)),
                ("answers", models.JSONField()),
                ("held", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "by",
                    models.ForeignKey(
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
            ],
            options={
                "ordering": ("version",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "version"), name="assessment_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="assessment_versions_begin_at_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="assessment_hash_is_sha256",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEP, FORGET),
    ]
