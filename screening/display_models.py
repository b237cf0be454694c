"""Texts that the service shows its users for us, version by version, and the proofs that it showed them."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django_fsm import transition

from common.states import StateField
from screening.states import APPROVED_BY_SECOND, KIND_NAMES, STATE_NAMES, TextKind, TextState
from users.models import User

_WAITING = [str(TextState.PROPOSED), str(TextState.REFUSED)]


class DisplayText(models.Model):
    """One version of a text. What it says never changes: who wants it otherwise writes the next version.

    `series` is the same for all versions, `number` counts them from 1. `written` and `shown` map en and
    zh-Hans; in `written` the names that are withheld stand in [[ ]], `shown` is what users see. `terms` is a
    list of {"text", "language"}, `allow_phrases` a list of texts. `version` is given by the database at every
    change and grows in the order of the commits. Times are UTC. `case_id` is a plain id: cases lie above.
    """

    initial: ClassVar = (TextState.PROPOSED, TextState.STANDING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    series = models.UUIDField()
    number = models.PositiveIntegerField()
    version = models.BigIntegerField(editable=False, default=0)
    kind = models.CharField(max_length=10, choices=[(str(k), KIND_NAMES[k]) for k in TextKind])
    title = models.CharField(max_length=200)
    written = models.JSONField()
    shown = models.JSONField()
    terms = models.JSONField(default=list)
    allow_phrases = models.JSONField(default=list)
    case_id = models.UUIDField(null=True, db_index=True)
    case_reference = models.CharField(max_length=30, blank=True, default="")
    source = models.CharField(max_length=200, blank=True, default="")
    in_force_from = models.DateTimeField()
    in_force_until = models.DateTimeField(null=True)
    state = StateField(max_length=10, choices=[(str(s), STATE_NAMES[s]) for s in TextState])
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    refused_because = models.CharField(max_length=500, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["series", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "number"], name="text_numbered_once"),
            models.UniqueConstraint(
                fields=["series"],
                condition=Q(state=str(TextState.PROPOSED)),
                name="text_one_proposal",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[str(k) for k in TextKind]), name="text_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[str(k) for k in APPROVED_BY_SECOND])
                | Q(state__in=_WAITING)
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("written_by"))),
                name="text_approved_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=(Q(state=str(TextState.ENDED), ended_at__isnull=False))
                & ~Q(ended_reason="")
                | (~Q(state=str(TextState.ENDED)) & Q(ended_at__isnull=True) & Q(ended_reason="")),
                name="text_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(in_force_until=None) | Q(in_force_until__gt=F("in_force_from")),
                name="text_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @transition(state, source=TextState.PROPOSED, target=TextState.STANDING)
    def approve(self) -> None:
        """A second person approved it; it is shown from its first moment on."""

    @transition(state, source=TextState.PROPOSED, target=TextState.REFUSED)
    def refuse(self) -> None:
        """It was not approved, or its author took it back; the version before it stays."""

    @transition(state, source=TextState.STANDING, target=TextState.ENDED)
    def end(self) -> None:
        """It is shown no more: somebody ended it, or the case it stood on fell."""


class DisplayProof(models.Model):
    """The service's word that it showed a version of a text to a user. Added by the guard, never changed.

    `id` follows from what is said, so that a proof that is sent twice is one proof. `at` is the service's own
    time, `received_at` the database's. User, surface, check and output are the service's own names.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    text = models.ForeignKey(DisplayText, on_delete=models.PROTECT, related_name="+")
    user_external_id = models.CharField(max_length=200)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    language = models.CharField(max_length=10, blank=True, default="")
    surface = models.CharField(max_length=200, blank=True, default="")
    check_id = models.CharField(max_length=200, blank=True, default="")
    output_external_id = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["text", "at"], name="proof_of_text"),
            models.Index(fields=["user_external_id", "at"], name="proof_of_user"),
        ]

    def __str__(self) -> str:
        return f"{self.text_id} shown to {self.user_external_id}"


class DisplaySetVersion(models.Model):
    """One row: the version of the newest change of any text. Only the database's trigger writes it."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    version = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=1), name="display_set_has_one_version"),
        ]

    def __str__(self) -> str:
        return f"display set {self.version}"
