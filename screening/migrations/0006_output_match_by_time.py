"""Whoever takes matches up reads the newest."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0005_display_texts"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="outputmatch",
            index=models.Index(fields=["at"], name="output_match_by_time"),
        ),
    ]
