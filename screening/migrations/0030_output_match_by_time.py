"""Whoever takes matches up reads the newest."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0002_works"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="outputmatch",
            index=models.Index(fields=["at"], name="output_match_by_time"),
        ),
    ]
