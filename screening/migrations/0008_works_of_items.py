"""The files of each upheld item are a work of their own, which ends with that item."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0007_upheld_prints"),
    ]

    operations = [
        migrations.AddField(
            model_name="work",
            name="item_id",
            field=models.UUIDField(db_index=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="work",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("item_id",),
                name="one_living_work_per_item",
            ),
        ),
    ]
