"""A case, the regimes it runs under, and what was decided and asked."""

import uuid
from typing import ClassVar

from django.db import models
from django_fsm import transition

from common.states import StateField
from notices.states import CaseState as C
from notices.states import RegimeState as R
from platforms.models import Platform, ServiceSurface
from regimes.vocabulary import CaseKind
from users.models import User


class Case(models.Model):
    """One claim from its filing to its end. Its ledger chain carries its id; chains are never merged."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    state = StateField(default=C.RECEIVED, choices=C.choices)
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=10)
    # What it is about: somebody's output, or how a model was trained. Never both.
    kind = models.CharField(
        max_length=20,
        choices=[(kind.value, kind.name) for kind in CaseKind],
        default=CaseKind.OUTPUT_NOTICE.value,
    )
    title = models.CharField(max_length=300)
    filed_at = models.DateTimeField()
    claimed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=C.values), name="case_state_known")
        ]
        indexes = [models.Index(fields=["state", "filed_at"], name="case_by_state")]

    def __str__(self) -> str:
        return self.reference

    @property
    def waits_for_filer(self) -> bool:
        """Whether the filer owes an answer."""
        return self.state == C.AWAITING_FILER

    @transition(field=state, source=C.RECEIVED, target=C.IN_REVIEW)
    def start_review(self) -> None:
        """Somebody took the case and reads it."""

    @transition(field=state, source=C.IN_REVIEW, target=C.AWAITING_FILER)
    def request_information(self) -> None:
        """The filer is asked for exactly what is missing."""

    @transition(field=state, source=C.AWAITING_FILER, target=C.IN_REVIEW)
    def complete(self) -> None:
        """The filer answered."""

    @transition(field=state, source=C.AWAITING_FILER, target=C.IN_REVIEW)
    def go_on(self) -> None:
        """The filer did not answer in time, and a law lets no missing element justify a refusal."""

    @transition(field=state, source=C.AWAITING_FILER, target=C.LAPSED)
    def lapse(self) -> None:
        """The filer did not answer in time."""

    @transition(field=state, source=C.IN_REVIEW, target=C.ACCEPTED)
    def accept(self) -> None:
        """At least one item is upheld."""

    @transition(field=state, source=C.IN_REVIEW, target=C.DECLINED)
    def decline(self) -> None:
        """No item is upheld; reasons are given."""

    @transition(
        field=state,
        source=[C.RECEIVED, C.IN_REVIEW, C.AWAITING_FILER, C.ACCEPTED],
        target=C.WITHDRAWN,
    )
    def withdraw(self) -> None:
        """The filer takes the notice back."""

    @transition(field=state, source=C.ACCEPTED, target=C.CLOSED)
    def close(self) -> None:
        """Every regime has settled."""

    @transition(field=state, source=C.DECLINED, target=C.ACCEPTED)
    def reverse(self) -> None:
        """Another person than the decider found the filer's complaint against the refusal justified."""

    @transition(field=state, source=C.CLOSED, target=C.ACCEPTED)
    def reopen(self) -> None:
        """Somebody contests, or shows proceedings just before the put-back, after the file was closed."""


class Applying(models.Manager["CaseRegime"]):
    """The regimes of cases but those that staff found not to apply."""

    def get_queryset(self) -> models.QuerySet["CaseRegime"]:
        return super().get_queryset().exclude(state=R.REMOVED)


class CaseRegime(models.Model):
    """One pack of law that a case runs under, at the version it started with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="regimes")
    pack_id = models.CharField(max_length=50)
    pack_version = models.CharField(max_length=20)
    pack_sha256 = models.CharField(max_length=64)
    surface = models.ForeignKey(
        ServiceSurface, null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = StateField(default=R.OPEN, choices=R.choices)

    # What does not apply is as if it had never been chosen, for everybody but the history.
    objects = Applying()
    every: ClassVar[models.Manager["CaseRegime"]] = models.Manager()

    class Meta:
        ordering = ("pack_id",)
        constraints = [
            models.UniqueConstraint(fields=["case", "pack_id"], name="regime_once_per_case"),
            models.CheckConstraint(
                condition=models.Q(state__in=R.values), name="regime_state_known"
            ),
        ]

    @transition(field=state, source=R.OPEN, target=R.REMOVED)
    def remove(self) -> None:
        """Staff found, before the decision, that this law does not apply."""

    @transition(field=state, source=R.REMOVED, target=R.OPEN)
    def reinstate(self) -> None:
        """Staff found that it applies after all."""

    @transition(field=state, source=R.OPEN, target=R.MEASURES)
    def take_measures(self) -> None:
        """The notice was accepted; measures rest on this regime."""

    @transition(field=state, source=R.CLOSED, target=R.OPEN)
    def reopen(self) -> None:
        """The refusal was reversed: measures may be taken under this regime."""

    @transition(field=state, source=[R.MEASURES, R.CLOSED, R.WAITING, R.HELD], target=R.CONTESTED)
    def contest(self) -> None:
        """An affected user filed a counter-notice, be it the first or a further one."""

    @transition(field=state, source=[R.CONTESTED, R.WAITING, R.HELD], target=R.MEASURES)
    def stand(self) -> None:
        """No counter-notice is open any more and measures of this regime stay."""

    @transition(field=state, source=[R.CONTESTED, R.HELD], target=R.WAITING)
    def wait(self) -> None:
        """A forwarded counter-notice reached the right holder: the waiting period runs."""

    @transition(field=state, source=[R.CONTESTED, R.WAITING, R.RESTORED], target=R.HELD)
    def record_suit(self) -> None:
        """The right holder proved suit or complaint in time, be it just before the put-back: measures stay."""

    @transition(field=state, source=[R.MEASURES, R.CONTESTED, R.WAITING, R.HELD], target=R.RESTORED)
    def restore(self) -> None:
        """The last measure under this regime lost its ground."""

    @transition(field=state, source=[R.OPEN, R.MEASURES, R.HELD], target=R.CLOSED)
    def close(self) -> None:
        """Declined, lapsed or withdrawn; or upheld and left standing."""


class InformationRequest(models.Model):
    """What the filer was asked for, and whether they answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="information_requests")
    # Keys of the pack's elements, and nothing else, may be asked for.
    elements = models.JSONField()
    message = models.TextField(blank=True)
    answers = models.JSONField(default=dict)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    # When the time to answer was over without an answer and the notice went on as it stands.
    unanswered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("asked_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(answered_at=None, unanswered_at=None),
                name="one_open_information_request",
            )
        ]


class Decision(models.Model):
    """What was decided on a notice, by whom and why, in both languages."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="decision")
    accepted = models.BooleanField()
    reasons = models.JSONField()  # {"en": "...", "zh-Hans": "..."}
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()


class ReferenceCounter(models.Model):
    """The last number given out for a prefix in a year."""

    prefix = models.CharField(max_length=1)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prefix", "year"], name="one_counter_per_year")
        ]
