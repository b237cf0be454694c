"""A platform that does not answer."""

from django.db import models

from platforms.models import Platform


class Outage(models.Model):
    """There is a row while a platform fails to answer, from its first failure until it answers again.

    `failures` counts attempts in a row, of one measure after another: what fails again and again by itself,
    as `last_measure`, counts once. Until `ask_after` nobody asks; `alarmed_at` since when somebody should
    look. All UTC.
    """

    platform = models.OneToOneField(
        Platform, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateTimeField()
    failures = models.PositiveIntegerField()
    last_measure = models.UUIDField()
    ask_after = models.DateTimeField()
    alarmed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"outage of {self.platform_id}"
