"""What courts awarded: written once, never changed or deleted."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Evidence: written once. `redress_refuse_change` comes with the evidence room.
KEEP = """
CREATE TRIGGER award_keeps_rows BEFORE UPDATE OR DELETE ON counternotices_award
    FOR EACH ROW EXECUTE FUNCTION redress_refuse_change();
CREATE TRIGGER award_keeps_all BEFORE TRUNCATE ON counternotices_award
    FOR EACH STATEMENT EXECUTE FUNCTION redress_refuse_change();
REVOKE ALL ON counternotices_award FROM PUBLIC, redress_app;
GRANT SELECT, INSERT ON counternotices_award TO redress_app;
"""
FORGET = """
DROP TRIGGER award_keeps_rows ON counternotices_award;
DROP TRIGGER award_keeps_all ON counternotices_award;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("counternotices", "0004_put_back_modes_and_courts"),
        ("evidence", "0001_initial"),
        ("notices", "0008_items_know_their_kin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Award",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("body", models.CharField(max_length=200)),
                ("number", models.CharField(blank=True, max_length=100)),
                ("claimed", models.DecimalField(decimal_places=2, max_digits=17, null=True)),
                ("awarded", models.DecimalField(decimal_places=2, max_digits=17, null=True)),
                ("costs", models.DecimalField(decimal_places=2, max_digits=17, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("dismissed", models.TextField(blank=True)),
                ("effective_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.case",
                    ),
                ),
                (
                    "end",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="counternotices.proceedingsend",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.sealedfile",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ("recorded_at", "id")},
        ),
        *(
            migrations.AddConstraint(
                model_name="award",
                constraint=models.CheckConstraint(
                    condition=models.Q((name, None), (f"{name}__gte", 0), _connector="OR"),
                    name=f"award_{name}_not_negative",
                ),
            )
            for name in ("claimed", "awarded", "costs")
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("awarded", None), ("claimed", None), ("costs", None), ("currency", "")
                    ),
                    models.Q(
                        models.Q(
                            ("awarded", None), ("claimed", None), ("costs", None), _negated=True
                        ),
                        ("currency__regex", "^[A-Z]{3}$"),
                    ),
                    _connector="OR",
                ),
                name="award_sums_with_their_currency",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("awarded", None),
                    ("claimed", None),
                    ("costs", None),
                    ("dismissed", ""),
                    _negated=True,
                ),
                name="award_says_something",
            ),
        ),
        migrations.RunSQL(KEEP, FORGET),
    ]
