"""What a platform said when it was asked for the kin of an artefact."""

from django.db import models
from django.utils.translation import pgettext_lazy


class KinAnswer(models.TextChoices):
    """Whether what we know of the kin is all there is."""

    WHOLE = "whole", pgettext_lazy("kin", "Everything the service named")
    CUT = "cut", pgettext_lazy("kin", "More than we read: the nearest only")
    SILENT = "silent", pgettext_lazy("kin", "This service does not say")
    REFUSED = "refused", pgettext_lazy("kin", "The service refused to say")
