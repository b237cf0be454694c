"""The codes a notice is written in, each with its words. Codes are stored, words are shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkKind(models.TextChoices):
    """What sort of work is said to be used."""

    PICTURE = "picture", _("Picture or illustration")
    CHARACTER = "character", _("Character or figure")
    PHOTOGRAPH = "photograph", _("Photograph")
    TEXT = "text", _("Text")
    MUSIC = "music", _("Music or sound")
    FILM = "film", _("Film or animation")
    SOFTWARE = "software", _("Software")
    OTHER = "other", _("Something else")


class SampleOrigin(models.TextChoices):
    """Who brought the item about: what only the right holder's own test produced proves less.

    Provisions on Evidence in Civil Procedures involving Intellectual Property (2020), art. 7.
    """

    THIRD_PARTY = "third_party", _("Somebody else made or published it, and I came across it")
    RIGHT_HOLDER_TEST = "right_holder_test", _("I made it myself, to see what the service does")
    PROVIDER_TEST = "provider_test", _("The service made it for me, in a test we agreed on")
    UNKNOWN = "unknown", _("I do not know")


class RequestedMeasure(models.TextChoices):
    """What the filer asks for; what is taken is decided in review."""

    CONTENT_REMOVAL = "content_removal", _("Remove or disable the outputs, pages or links")
    MODEL_TAKEDOWN = "model_takedown", _("Take the model or LoRA out of the listing")
    PROMPT_BLOCK = "prompt_block", _("Stop prompts that bring the work out")
    MODEL_OPTIMISATION = "model_optimisation", _("Change the model so that it no longer does this")
    TRAINING_DATA_REMOVAL = "training_data_removal", _("Take the work out of the training data")
    USER_SANCTION = "user_sanction", _("Act on the account of whoever does it repeatedly")


# What stands in `Notice.work_published_at` for a work that was never published.
UNPUBLISHED = "unpublished"
