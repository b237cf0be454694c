"""When something must happen: one row for each clock, never a sleeping task."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django_fsm import transition

from common.states import StateField
from deadlines.states import ENDED, OPEN, Owes, State
from evidence.models import SealedFile

_OPEN = Q(state__in=[str(state) for state in OPEN])


class Deadline(models.Model):
    """A clock somebody owes something under.

    The period has run out at `due_at` itself: what is done at that instant is late. `last_day` is the
    last day of the period in the law's zone (its end, 24:00, is `due_at`; a clock of hours has both on
    the day it ends). `clock` is the pack's clock as it stood when the period began, `pauses`
    the moments from and to which it stood still, `extension` what was granted beyond the pack's length, in
    the clock's unit; `history` tells why the date moved, `years_seen` up to which loaded calendar year
    (its `position`) it was computed with. `derivation` holds the steps that led to the date.
    Ids of what lies above this room (case, regime of the case, subject) are plain UUIDs.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=64)
    clock_key = models.CharField(max_length=64)
    pack_id = models.CharField(max_length=64)
    pack_version = models.CharField(max_length=32)
    case_id = models.UUIDField()
    case_regime_id = models.UUIDField(null=True)
    subject_id = models.UUIDField()
    owes = models.CharField(max_length=16)
    owner_id = models.UUIDField(null=True)

    triggered_at = models.DateTimeField()
    due_at = models.DateTimeField()
    last_day = models.DateField()
    provisional = models.BooleanField(default=False)
    clock = models.JSONField()
    pauses = models.JSONField(default=list)
    extension = models.PositiveIntegerField(default=0, db_default=0)
    history = models.JSONField(default=list, db_default=[])
    years_seen = models.PositiveIntegerField(default=0, db_default=0)
    derivation = models.JSONField(default=list)

    state = StateField(default=str(State.RUNNING), max_length=16)
    paused_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    try_after = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)
    # The next moment the sweep has business with a running row; the database keeps it true.
    wake_at = models.GeneratedField(
        expression=Greatest(Least(F("due_at"), F("warn_at")), F("try_after")),
        output_field=models.DateTimeField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "case_regime_id"],
                condition=_OPEN,
                nulls_distinct=False,
                name="deadlines_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[str(state) for state in State]), name="deadlines_state"
            ),
            models.CheckConstraint(
                condition=Q(owes__in=[str(party) for party in Owes]), name="deadlines_owes"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, state__in=[str(s) for s in OPEN])
                | Q(closed_at__isnull=False, state__in=[str(s) for s in ENDED]),
                name="deadlines_closed_at",
            ),
            models.CheckConstraint(
                condition=Q(state=str(State.PAUSED), paused_at__isnull=False)
                | (~Q(state=str(State.PAUSED)) & Q(paused_at__isnull=True)),
                name="deadlines_paused_at",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("triggered_at")), name="deadlines_due_after_trigger"
            ),
        ]
        indexes = [
            models.Index(
                fields=["wake_at", "id"],
                condition=Q(state=str(State.RUNNING)),
                name="deadlines_sweep",
            ),
            models.Index(fields=["due_at"], condition=_OPEN, name="deadlines_open_due"),
            models.Index(fields=["case_id", "due_at"], name="deadlines_case"),
            models.Index(fields=["subject_id"], condition=_OPEN, name="deadlines_open_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_at:%Y-%m-%d %H:%M}Z {self.state}"

    @transition(state, source=State.RUNNING, target=State.PAUSED)
    def pause(self, at: datetime) -> None:
        """Another owes an answer first."""
        self.paused_at = at

    @transition(state, source=State.PAUSED, target=State.RUNNING)
    def resume(self, at: datetime) -> None:
        """The answer came; the rest of the period runs from `at`."""
        self.paused_at = None

    @transition(state, source=[State.RUNNING, State.PAUSED], target=State.MET)
    def meet(self, at: datetime) -> None:
        """What was owed was done in time."""
        self.paused_at = None
        self.closed_at = at

    @transition(state, source=State.BREACHED, target=State.MET_LATE)
    def meet_late(self, at: datetime) -> None:
        """What was owed was done, too late; the breach stays on record."""
        self.closed_at = at

    @transition(state, source=[State.RUNNING, State.PAUSED, State.BREACHED], target=State.STOPPED)
    def stop(self, at: datetime) -> None:
        """Nothing is owed any more."""
        self.paused_at = None
        self.closed_at = at

    @transition(state, source=State.RUNNING, target=State.BREACHED)
    def breach(self, at: datetime) -> None:
        """The clock ran out on a duty; the duty goes on."""

    @transition(state, source=State.RUNNING, target=State.FIRED)
    def fire(self, at: datetime) -> None:
        """The clock ran out and its consequence is carried out."""
        self.closed_at = at


class CalendarYear(models.Model):
    """One year of a calendar as an operator loaded it, laid over the years that came with the product.

    `position` numbers all loaded years in order; of one calendar and year the last is in force. `toml` is the
    text as loaded and `sha256` its hash. Rows are never changed or deleted: the database refuses it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    position = models.PositiveIntegerField(unique=True)
    calendar = models.CharField(max_length=32)
    year = models.PositiveSmallIntegerField()
    version = models.CharField(max_length=40)
    toml = models.TextField()
    sha256 = models.CharField(max_length=64)
    source = models.JSONField()
    confidence = models.CharField(max_length=8)
    loaded_at = models.DateTimeField()
    loaded_by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "year", "version"], name="deadlines_year_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.calendar} {self.year} {self.version}"


class YearApplied(models.Model):
    """Every open clock that a loaded year could move has been computed anew; written once."""

    year = models.OneToOneField(
        CalendarYear, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField()


class Extension(models.Model):
    """More time that somebody granted for a documented reason, with the paper that shows it if there is one.

    `length` is in `unit`, the clock's own. `due_before` and `due_after` are UTC.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="+")
    length = models.PositiveIntegerField()
    unit = models.CharField(max_length=16)
    reason = models.TextField()
    paper = models.ForeignKey(SealedFile, null=True, on_delete=models.PROTECT, related_name="+")
    granted_by = models.CharField(max_length=64)
    granted_at = models.DateTimeField()
    due_before = models.DateTimeField()
    due_after = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.length} {self.unit}"
