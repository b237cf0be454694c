"""A request that nobody answered in time is over; another may be made."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0005_places_and_kinds"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="informationrequest",
            name="one_open_information_request",
        ),
        migrations.AddField(
            model_name="informationrequest",
            name="unanswered_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="informationrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at", None), ("unanswered_at", None)),
                fields=("case",),
                name="one_open_information_request",
            ),
        ),
    ]
