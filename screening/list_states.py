"""The states of a rule that another provider proposes."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ProposalState(models.TextChoices):
    """Where a proposed rule stands. It never lives by itself: approved, it is ordered as a measure of our own case."""

    WAITING = "waiting", pgettext_lazy("proposal", "Waits for approval")
    APPROVED = "approved", pgettext_lazy("proposal", "Approved")
    REFUSED = "refused", pgettext_lazy("proposal", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "No longer proposed")
