"""The AI services we act on: what they host, who uses them, where they are offered."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Platform(models.Model):
    """An AI service reached through the platform contract (docs/platform-contract.yaml)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)


class SurfaceKind(models.TextChoices):
    """The type of service, on which the law's duties depend."""

    GENERATION = "generation", _("Generation service")
    STORAGE = "storage", _("Storage and sharing")
    LINK = "link", _("Search and links")
    MARKETPLACE = "marketplace", _("Marketplace")


class ServiceSurface(models.Model):
    """One offer of a platform in one territory; it decides which packs apply."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=SurfaceKind.choices)
    # ISO 3166 country, or EU, or empty for everywhere.
    territory = models.CharField(max_length=2, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "kind", "territory"], name="surface_once_per_territory"
            )
        ]


class PlatformUser(models.Model):
    """A platform's end user: may be told, may contest, may be sanctioned. Never has to have an account here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="+")
    external_id = models.CharField(max_length=200)
    handle = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="en")
    state = models.CharField(max_length=20, blank=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["platform", "external_id"], name="platform_user_once")
        ]


class ArtefactKind(models.TextChoices):
    """What can be complained of, and acted on."""

    OUTPUT = "output", _("Output")
    MODEL = "model", _("Model or LoRA")
    MODEL_VERSION = "model_version", _("Version of a model")
    PAGE = "page", _("Page")
    LINK = "link", _("Link")
    TRAINING_PICTURE = "training_picture", _("Training picture")


class Artefact(models.Model):
    """A thing on the platform, as the platform last described it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="+")
    external_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=ArtefactKind.choices)
    title = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    owner = models.ForeignKey(PlatformUser, null=True, on_delete=models.PROTECT, related_name="+")
    parent_external_id = models.CharField(max_length=200, blank=True)
    # The platform's whole answer, for the generation record: prompt, seed, model, user, session.
    record = models.JSONField(default=dict)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["platform", "external_id"], name="artefact_once")
        ]
