"""What may not be notified again (Regulation 2013 art. 17), and the notices that do so all the same."""

import uuid

from django.db import models

from counternotices.models.counter_notice import CounterNotice
from notices.models import ClaimedItem
from platforms.models import Artefact
from users.models import User


class RenoticeBar(models.Model):
    """This right holder may not notify this artefact again under this pack. It has no end date.

    `right_holder` is their name folded for comparison; with the address or account it tells who they are.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    counter_notice = models.ForeignKey(CounterNotice, on_delete=models.PROTECT, related_name="+")
    pack_id = models.CharField(max_length=50)
    artefact = models.ForeignKey(Artefact, on_delete=models.PROTECT, related_name="+")
    right_holder = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    account = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        ordering = ("since",)
        constraints = [
            models.UniqueConstraint(
                fields=["counter_notice", "artefact"], name="bar_once_per_artefact"
            )
        ]


class BarredItem(models.Model):
    """An item of a later notice that runs into a bar. The notice is kept; a person decides it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(ClaimedItem, on_delete=models.PROTECT, related_name="+")
    bar = models.ForeignKey(RenoticeBar, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        ordering = ("item__number",)
        constraints = [models.UniqueConstraint(fields=["item", "bar"], name="barred_item_once")]
