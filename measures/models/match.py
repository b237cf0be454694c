"""Outputs in which the guard recognised a work, and what became of each."""

import uuid

from django.db import models
from django_fsm import transition

from common.states import StateField
from evidence.models import SealedFile
from measures.models.measure import Measure
from measures.states import MATCH_BY_A_PERSON
from measures.states import MatchState as S
from notices.models import Case, ClaimedItem
from notifications.models import Message
from platforms.models import Artefact, PlatformUser
from screening.models import OutputMatch, PrintKind, Work
from users.models import User


class Match(models.Model):
    """One output of one user in which one work was recognised, however often the guard was asked about it.

    `first` is the guard's own row of the first time; every time is a `MatchSighting`. `case` is that of the
    work. `artefact`, `file` (its bytes) and `platform_user` are what the service told at `looked_at`; `attempts`,
    `try_after` and `last_error` are of asking it. `item` is the claimed item on which a measure stands.
    `taken_over` is a person's answer to what expression was taken over; `letter` the reasons that the
    user got. All moments UTC. The database keeps what was found, and every row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    first = models.OneToOneField(OutputMatch, on_delete=models.PROTECT, related_name="+")
    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=PrintKind.choices)
    output_sha256 = models.CharField(max_length=64)
    user_external_id = models.CharField(max_length=200, blank=True)
    output_external_id = models.CharField(max_length=200, blank=True)
    found_at = models.DateTimeField()
    state = StateField(default=str(S.FOUND), choices=S.choices, max_length=12)
    platform_user = models.ForeignKey(
        PlatformUser, null=True, on_delete=models.PROTECT, related_name="+"
    )
    artefact = models.ForeignKey(Artefact, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(SealedFile, null=True, on_delete=models.PROTECT, related_name="+")
    looked_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    try_after = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    item = models.ForeignKey(ClaimedItem, null=True, on_delete=models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, null=True, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="+")
    taken_over = models.TextField(blank=True)
    reasons = models.JSONField(default=dict)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("found_at", "id")
        indexes = [
            models.Index(fields=["state", "found_at"], name="match_by_state"),
            models.Index(fields=["work", "state"], name="match_by_work"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["work", "output_sha256", "user_external_id", "output_external_id"],
                name="match_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=S.values), name="match_state_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=sorted(MATCH_BY_A_PERSON))
                | (models.Q(decided_by__isnull=False) & ~models.Q(reasons={})),
                name="match_decided_by_a_person",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=str(S.UPHELD))
                | (~models.Q(taken_over="") & models.Q(item__isnull=False)),
                name="upheld_for_what_was_taken_over",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=str(S.IMPOSED))
                | models.Q(measure__isnull=False, item__isnull=False),
                name="imposed_on_a_ground",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[str(S.IMPOSED), str(S.WITHHELD)])
                | models.Q(kind__in=["file", "tensors"], decided_by=None),
                name="only_the_same_file_by_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=[str(S.FOUND), str(S.REVIEW)], closed_at=None, ended_reason=""
                )
                | (
                    ~models.Q(state__in=[str(S.FOUND), str(S.REVIEW)])
                    & models.Q(closed_at__isnull=False)
                ),
                name="match_closed_at",
            ),
        ]

    def __str__(self) -> str:
        return f"match {self.id}"

    @transition(state, source=S.FOUND, target=S.REVIEW)
    def show(self) -> None:
        """It takes a person: a likeness, another user, or a ground that is contested or was given back."""

    @transition(state, source=S.FOUND, target=S.IMPOSED)
    def impose(self) -> None:
        """The same file by the same user, on whom the case stands: the measure follows by itself."""

    @transition(state, source=S.FOUND, target=S.WITHHELD)
    def withhold(self) -> None:
        """The same file by the same user; the guard refused its delivery, and the service has no copy."""

    @transition(state, source=S.REVIEW, target=S.UPHELD)
    def uphold(self) -> None:
        """A person said what expression was taken over."""

    @transition(state, source=S.REVIEW, target=S.DISMISSED)
    def dismiss(self) -> None:
        """A person said why nothing follows."""

    @transition(state, source=[S.FOUND, S.REVIEW], target=S.ENDED)
    def end(self) -> None:
        """The case was lifted, or its work left the output check, before anybody acted."""


class MatchSighting(models.Model):
    """One row of the guard, and the match it belongs to. Written once, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="sightings")
    output_match = models.OneToOneField(OutputMatch, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"sighting {self.id}"
