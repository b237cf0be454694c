"""Probe suites of a ticket, their probes, and every run of them: what was asked, drawn and found."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThanOrEqual

from measures.models.ticket import Ticket, TicketModel
from measures.rules import Suite
from measures.ticketing import Count, ProbeState, Verdict
from notices.models import Case
from users.models import User


class ProbeSuite(models.Model):
    """The probes of one kind, and its pass line: of normal use none may bring the work out.

    `version` grows whenever a probe comes into use: what ran before that does not count for it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="suites")
    kind = models.CharField(max_length=12, choices=Suite.choices)
    allowed_percent = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-kind",)
        constraints = [
            models.UniqueConstraint(fields=["ticket", "kind"], name="suite_once_per_ticket"),
            models.CheckConstraint(condition=Q(kind__in=Suite.values), name="suite_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=Suite.NORMAL.value, allowed_percent=0)
                | Q(kind=Suite.ADVERSARIAL.value, allowed_percent__lt=100),
                name="normal_use_brings_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} suite of ticket {self.ticket_id}"


class Probe(models.Model):
    """One prompt with its seed. `case`: the right holder of that case proposed it; staff looks before it runs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    suite = models.ForeignKey(ProbeSuite, on_delete=models.PROTECT, related_name="probes")
    number = models.PositiveIntegerField()
    prompt = models.TextField()
    seed = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=ProbeState.choices)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["suite", "number"], name="probe_number_once"),
            models.UniqueConstraint(fields=["suite", "prompt", "seed"], name="probe_once"),
            models.CheckConstraint(
                condition=Q(state__in=ProbeState.values), name="probe_state_known"
            ),
            models.CheckConstraint(
                condition=Q(seed__gte=0, seed__lt=2**32), name="probe_seed_in_contract"
            ),
            models.CheckConstraint(
                condition=Q(case=None)
                | Q(state=ProbeState.PROPOSED.value, reviewed_by=None)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="no_strangers_probe_without_review",
            ),
        ]

    def __str__(self) -> str:
        return f"probe {self.number} of suite {self.suite_id}"


class ProbeRun(models.Model):
    """One suite, run on one build of one model. Written once; the database refuses every change.

    `similar` is the output check's count; what a person found besides stands in ProbeOpinion.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    suite = models.ForeignKey(ProbeSuite, on_delete=models.PROTECT, related_name="runs")
    model = models.ForeignKey(TicketModel, on_delete=models.PROTECT, related_name="runs")
    suite_version = models.PositiveIntegerField()
    build = models.CharField(max_length=200)
    at = models.DateTimeField()
    key = models.UUIDField()
    scorer = models.CharField(max_length=40)
    allowed_percent = models.PositiveSmallIntegerField()
    asked = models.PositiveIntegerField()
    drawn = models.PositiveIntegerField()
    similar = models.PositiveIntegerField()
    unscored = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices)

    class Meta:
        ordering = ("at", "id")
        indexes = [models.Index(fields=["suite", "model", "at"], name="run_by_suite")]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="run_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    drawn__lte=F("asked"), similar__lte=F("drawn"), unscored__lte=F("drawn")
                ),
                name="run_counts_fit",
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.PASSED.value)
                | Q(unscored=0, asked__gt=0)
                & Q(GreaterThanOrEqual(F("allowed_percent") * F("asked"), F("similar") * 100)),
                name="run_passed_within_its_line",
            ),
        ]

    def __str__(self) -> str:
        return f"run of suite {self.suite_id} on {self.build}: {self.verdict}"

    @property
    def count(self) -> Count:
        """What became of its probes, by the output check alone."""
        return Count(self.asked, self.drawn, self.similar, self.unscored)


class ProbeResult(models.Model):
    """What became of one probe: what was sent, what came, how near it was to the work (0 to 1). Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(ProbeRun, on_delete=models.PROTECT, related_name="results")
    probe = models.ForeignKey(Probe, on_delete=models.PROTECT, related_name="+")
    prompt_sha256 = models.CharField(max_length=64)
    seed = models.BigIntegerField()
    output = models.CharField(max_length=200, blank=True)  # the platform's id; '' when refused
    sha256 = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    score = models.FloatField(null=True)  # None: refused, or nothing to compare with
    similar = models.BooleanField()
    against = models.CharField(max_length=64, blank=True)  # hash of the file it was nearest to

    class Meta:
        ordering = ("probe__number",)
        constraints = [
            models.UniqueConstraint(fields=["run", "probe"], name="result_once_per_run"),
            models.CheckConstraint(
                condition=Q(similar=False) | ~Q(output=""), name="only_what_was_drawn_is_similar"
            ),
        ]

    def __str__(self) -> str:
        return f"result of probe {self.probe_id} in run {self.run_id}"


class ProbeOpinion(models.Model):
    """A person looked at an output and found that it shows the work, whatever the output check says."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    result = models.OneToOneField(ProbeResult, on_delete=models.PROTECT, related_name="opinion")
    note = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"opinion on result {self.result_id}"
