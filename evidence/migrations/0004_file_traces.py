"""What sealed files say about their own making."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_endpoint_chains")]

    operations = [
        migrations.CreateModel(
            name="FileTrace",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("detector", models.CharField(max_length=40)),
                ("report", models.JSONField()),
                ("manifest", models.JSONField(null=True)),
                ("read_at", models.DateTimeField()),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.sealedfile",
                    ),
                ),
            ],
        ),
    ]
