"""The AI services we act on: what they host, who uses them, where they are offered."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class KinRelation(models.TextChoices):
    """What an artefact is to another one, as the platform contract names it."""

    BASE_MODEL = "base_model", pgettext_lazy("kin", "Model above it")
    VERSION = "version", pgettext_lazy("kin", "Version")
    MERGE = "merge", pgettext_lazy("kin", "Merge")
    QUANTISATION = "quantisation", pgettext_lazy("kin", "Quantisation")
    EXAMPLE = "example", pgettext_lazy("kin", "Example picture")
    OUTPUT = "output", pgettext_lazy("kin", "Made with it")
    SHARE_LINK = "share_link", pgettext_lazy("kin", "Share link")
    COLLECTION = "collection", pgettext_lazy("kin", "In a collection")
    PLACEMENT = "placement", pgettext_lazy("kin", "Shown by the service itself")
    TRAINING_PICTURE = "training_picture", pgettext_lazy("kin", "Uploaded for training")
    MIRROR = "mirror", pgettext_lazy("kin", "Copy elsewhere")


class ArtefactKin(models.Model):
    """One artefact that another one reaches: directly, or over further ones that were made from it.

    Kept when the platform no longer tells it: `read_at` is the last time that it did.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    artefact = models.ForeignKey(Artefact, on_delete=models.PROTECT, related_name="+")
    kin = models.ForeignKey(Artefact, on_delete=models.PROTECT, related_name="+")
    # To `via`; without one, to the artefact itself.
    relation = models.CharField(max_length=20, choices=KinRelation.choices)
    via = models.ForeignKey(Artefact, null=True, on_delete=models.PROTECT, related_name="+")
    steps = models.PositiveSmallIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["artefact", "kin"], name="kin_once"),
            models.CheckConstraint(
                condition=~models.Q(artefact=models.F("kin")), name="nothing_is_its_own_kin"
            ),
            models.CheckConstraint(
                condition=models.Q(relation__in=KinRelation.values), name="known_kin_relation"
            ),
            models.CheckConstraint(
                condition=models.Q(steps=1, via=None) | models.Q(steps__gt=1, via__isnull=False),
                name="distant_kin_come_over_somebody",
            ),
        ]
