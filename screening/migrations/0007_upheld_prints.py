"""Equal bytes are refused for upheld outputs alone; of prints that exist nobody knows which those are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0006_output_match_by_time"),
    ]

    operations = [
        migrations.AddField(
            model_name="fingerprint",
            name="upheld",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="fingerprint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("upheld", False), ("kind__in", ["file", "tensors"]), _connector="OR"
                ),
                name="only_files_are_upheld",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="outputmatch",
            name="only_equal_files_are_blocked",
        ),
        migrations.AddConstraint(
            model_name="outputmatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "block"), ("kind__in", ["file", "tensors"])),
                    ("decision", "review"),
                    _connector="OR",
                ),
                name="only_equal_files_are_blocked",
            ),
        ),
    ]
