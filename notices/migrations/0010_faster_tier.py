"""The tier that a notice came in with."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0009_traces")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="tier",
            field=models.CharField(blank=True, db_default="", default="", max_length=10),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("tier__in", ("", "faster"))), name="notice_tier_known"
            ),
        ),
    ]
