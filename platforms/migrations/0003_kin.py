"""What an artefact is related to, as its platform told it."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("platforms", "0002_places_and_kinds"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArtefactKin",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("base_model", "Model above it"),
                            ("version", "Version"),
                            ("merge", "Merge"),
                            ("quantisation", "Quantisation"),
                            ("example", "Example picture"),
                            ("output", "Made with it"),
                            ("share_link", "Share link"),
                            ("collection", "In a collection"),
                            ("placement", "Shown by the service itself"),
                            ("training_picture", "Uploaded for training"),
                            ("mirror", "Copy elsewhere"),
                        ],
                        max_length=20,
                    ),
                ),
                ("steps", models.PositiveSmallIntegerField()),
                ("read_at", models.DateTimeField()),
                (
                    "artefact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="platforms.artefact",
                    ),
                ),
                (
                    "kin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="platforms.artefact",
                    ),
                ),
                (
                    "via",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="platforms.artefact",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("artefact", "kin"), name="kin_once"),
                    models.CheckConstraint(
                        condition=models.Q(("artefact", models.F("kin")), _negated=True),
                        name="nothing_is_its_own_kin",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "relation__in",
                                [
                                    "base_model",
                                    "version",
                                    "merge",
                                    "quantisation",
                                    "example",
                                    "output",
                                    "share_link",
                                    "collection",
                                    "placement",
                                    "training_picture",
                                    "mirror",
                                ],
                            )
                        ),
                        name="known_kin_relation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("steps", 1), ("via", None)),
                            models.Q(("steps__gt", 1), ("via__isnull", False)),
                            _connector="OR",
                        ),
                        name="distant_kin_come_over_somebody",
                    ),
                ],
            },
        ),
    ]
