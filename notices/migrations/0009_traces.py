"""Files are searched for traces of their making, and the sessions that they lead to are kept."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0004_file_traces"),
        ("notices", "0008_items_know_their_kin"),
        ("platforms", "0003_kin"),
    ]

    operations = [
        migrations.AddField(
            model_name="noticefile",
            name="traced_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="TracedSession",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("locator", models.CharField(max_length=2048)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("found", "Found on the service"),
                            ("unknown", "The service does not know it"),
                            ("refused", "The service refused to say"),
                        ],
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("same_bytes", models.BooleanField(null=True)),
                ("looks_alike", models.BooleanField(null=True)),
                ("distance", models.PositiveSmallIntegerField(null=True)),
                ("found_item", models.BooleanField(default=False)),
                (
                    "artefact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="platforms.artefact",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.claimeditem",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.noticefile",
                    ),
                ),
            ],
            options={
                "ordering": ("asked_at", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=["paper", "locator"], name="number_asked_once"),
                    models.CheckConstraint(
                        condition=Q(answer="found", artefact__isnull=False)
                        | Q(~Q(answer="found"), artefact=None, item=None, found_item=False),
                        name="found_is_an_artefact",
                    ),
                    models.CheckConstraint(
                        condition=Q(found_item=False) | Q(item__isnull=False),
                        name="found_item_is_an_item",
                    ),
                ],
            },
        ),
    ]
