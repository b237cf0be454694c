"""Years of calendars as loaded by operators, and what clocks need to be computed anew by them."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

KEPT = ("deadlines_calendaryear", "deadlines_yearapplied")
KEEP = "\n".join(
    f"""
    CREATE TRIGGER {table}_keeps_rows BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION redress_refuse_change();
    CREATE TRIGGER {table}_keeps_all BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION redress_refuse_change();
    REVOKE ALL ON {table} FROM PUBLIC, redress_app;
    GRANT SELECT, INSERT ON {table} TO redress_app;
    """
    for table in KEPT
)
FORGET = "\n".join(
    f"DROP TRIGGER {table}_keeps_rows ON {table}; DROP TRIGGER {table}_keeps_all ON {table};"
    for table in KEPT
)


class Migration(migrations.Migration):
    dependencies = [
        ("deadlines", "0002_guard"),
        ("evidence", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveIntegerField(unique=True)),
                ("calendar", models.CharField(max_length=32)),
                ("year", models.PositiveSmallIntegerField()),
                ("version", models.CharField(max_length=40)),
                ("toml", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("source", models.JSONField()),
                ("confidence", models.CharField(max_length=8)),
                ("loaded_at", models.DateTimeField()),
                ("loaded_by", models.UUIDField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("calendar", "year", "version"), name="deadlines_year_version_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("length", models.PositiveIntegerField()),
                ("unit", models.CharField(max_length=16)),
                ("reason", models.TextField()),
                ("granted_by", models.CharField(max_length=64)),
                ("granted_at", models.DateTimeField()),
                ("due_before", models.DateTimeField()),
                ("due_after", models.DateTimeField()),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="deadlines.deadline",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.sealedfile",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="YearApplied",
            fields=[
                (
                    "year",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="deadlines.calendaryear",
                    ),
                ),
                ("finished_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="deadline",
            name="extension",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="deadline",
            name="history",
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.AddField(
            model_name="deadline",
            name="years_seen",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.RunSQL(KEEP, FORGET),
    ]
