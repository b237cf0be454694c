"""Each item knows when, and how fully, its kin were told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0007_say_who_is_waited_for"),
        ("platforms", "0003_kin"),
    ]

    operations = [
        migrations.AddField(
            model_name="claimeditem",
            name="kin_answer",
            field=models.CharField(
                blank=True,
                choices=[
                    ("whole", "Everything the service named"),
                    ("cut", "More than we read: the nearest only"),
                    ("silent", "This service does not say"),
                    ("refused", "The service refused to say"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="claimeditem",
            name="kin_read_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="claimeditem",
            name="promoted",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="claimeditem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kin_answer", ""), ("kin_read_at", None)),
                    models.Q(
                        ("kin_answer__in", ["whole", "cut", "silent", "refused"]),
                        ("kin_read_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="kin_read_with_its_answer",
            ),
        ),
    ]
