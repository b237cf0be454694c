"""A ticket of the model's engineers: what a model-optimisation measure is to them."""

import uuid
from typing import Final

from django.db import models
from django.db.models import Func, Q, Value

from measures.models.measure import Measure
from measures.ticketing import TRAINED_HERE, Mitigation, Stage, Trained
from platforms.models import Artefact
from users.models import User

NUMBERS: Final = "measures_ticket_number"
_next_number = Func(Value(NUMBERS), function="nextval", output_field=models.BigIntegerField())


class Ticket(models.Model):
    """The engineers' side of one measure. While the measure is in progress, `stage` is its column on the board.

    `number` is what people call it (MO-12). `trained_by` is the latest role test; removal of training data needs
    one that names this service. `upstream`: a third party's model makes the thing, and must be told.
    """

    measure = models.OneToOneField(
        Measure, primary_key=True, on_delete=models.PROTECT, related_name="ticket"
    )
    number = models.BigIntegerField(unique=True, editable=False, db_default=_next_number)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.NEW)
    mitigation = models.CharField(max_length=16, choices=Mitigation.choices, blank=True)
    owner = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    upstream = models.BooleanField(default=False)
    trained_by = models.CharField(max_length=12, choices=Trained.choices, blank=True)
    regressed_at = models.DateTimeField(null=True)
    issue_number = models.PositiveIntegerField(null=True)
    issue_url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="ticket_stage_known"),
            models.CheckConstraint(
                condition=Q(mitigation="") | Q(mitigation__in=Mitigation.values),
                name="ticket_mitigation_known",
            ),
            models.CheckConstraint(
                condition=~Q(mitigation=Mitigation.DATA_REMOVAL.value)
                | Q(trained_by__in=sorted(TRAINED_HERE)),
                name="only_who_trained_removes_data",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What people call it."""
        return f"MO-{self.number}"


class TicketModel(models.Model):
    """A model or version that a ticket is about, and the build of it that was last seen.

    `look_at` is when it is looked at next, `looking_since` the beginning of the look that is going on,
    `asked_at` since when somebody wants its suites run whatever the build. All UTC.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="models")
    artefact = models.ForeignKey(Artefact, on_delete=models.PROTECT, related_name="+")
    build = models.CharField(max_length=200, blank=True)
    build_at = models.DateTimeField(null=True)
    look_at = models.DateTimeField()
    looking_since = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    misses = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        ordering = ("artefact__external_id",)
        indexes = [models.Index(fields=["look_at"], name="ticket_model_by_look")]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "artefact"], name="model_once_per_ticket")
        ]

    def __str__(self) -> str:
        return f"{self.artefact_id} of ticket {self.ticket_id}"


class RoleTest(models.Model):
    """Who trained the model, as a person found, with the reasons told to the right holders. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="role_tests")
    trained_by = models.CharField(max_length=12, choices=Trained.choices)
    reasons = models.JSONField()  # by language tag
    facts = models.JSONField(default=dict)  # what the platform's records said
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("made_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(trained_by__in=Trained.values), name="role_test_known"
            )
        ]

    def __str__(self) -> str:
        return f"role test of ticket {self.ticket_id}: {self.trained_by}"
