"""A platform that does not answer."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0012_matches"),
        ("platforms", "0003_kin"),
    ]

    operations = [
        migrations.CreateModel(
            name="Outage",
            fields=[
                (
                    "platform",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="platforms.platform",
                    ),
                ),
                ("since", models.DateTimeField()),
                ("failures", models.PositiveIntegerField()),
                ("last_measure", models.UUIDField()),
                ("ask_after", models.DateTimeField()),
                ("alarmed_at", models.DateTimeField(null=True)),
            ],
        ),
    ]
