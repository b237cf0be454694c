"""Where the numbers lead that stand in the files of a case."""

import uuid

from django.db import models

from notices.models.notice import ClaimedItem, NoticeFile
from notices.states import TraceAnswer
from platforms.models import Artefact


class TracedSession(models.Model):
    """One number of a label, and the generation session that the service named for it.

    The number is what somebody wrote into a file: whether the file is that output is told by its bytes and its looks,
    and a person decides.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    paper = models.ForeignKey(NoticeFile, on_delete=models.PROTECT, related_name="+")
    locator = models.CharField(max_length=2048)
    answer = models.CharField(max_length=10, choices=TraceAnswer.choices)
    artefact = models.ForeignKey(Artefact, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    # Of the file and what the service gave for this number; null where one of them has nothing to compare.
    same_bytes = models.BooleanField(null=True)
    looks_alike = models.BooleanField(null=True)
    # PDQ's, in bits of 256: a hint that is told, never a verdict.
    distance = models.PositiveSmallIntegerField(null=True)
    item = models.ForeignKey(ClaimedItem, null=True, on_delete=models.PROTECT, related_name="+")
    # Its address did not lead to the item; this number did.
    found_item = models.BooleanField(default=False)

    class Meta:
        ordering = ("asked_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["paper", "locator"], name="number_asked_once"),
            models.CheckConstraint(
                condition=models.Q(answer=TraceAnswer.FOUND, artefact__isnull=False)
                | models.Q(
                    ~models.Q(answer=TraceAnswer.FOUND), artefact=None, item=None, found_item=False
                ),
                name="found_is_an_artefact",
            ),
            models.CheckConstraint(
                condition=models.Q(found_item=False) | models.Q(item__isnull=False),
                name="found_item_is_an_item",
            ),
        ]

    @property
    def differs(self) -> bool:
        """Whether both could be compared and neither bytes nor looks agree: the number may have been copied."""
        return not self.same_bytes and self.looks_alike is False
