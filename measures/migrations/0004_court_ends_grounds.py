"""A court may end what a measure stands on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0003_freezes_and_recalls"),
    ]

    operations = [
        migrations.AlterField(
            model_name="measureground",
            name="ended_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("restored", "Restored after a counter-notice"),
                    ("withdrawn", "Notice withdrawn"),
                    ("refused", "Not approved"),
                    ("expired", "Term ended"),
                    ("corrected", "Corrected by staff"),
                    ("court", "Ended by order of a court"),
                ],
                max_length=20,
            ),
        ),
    ]
