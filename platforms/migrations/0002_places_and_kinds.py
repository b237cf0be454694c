"""Marketplaces are a kind of service of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("platforms", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="servicesurface",
            name="kind",
            field=models.CharField(
                choices=[
                    ("generation", "Generation service"),
                    ("storage", "Storage and sharing"),
                    ("link", "Search and links"),
                    ("marketplace", "Marketplace"),
                ],
                max_length=12,
            ),
        ),
    ]
