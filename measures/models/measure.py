"""A measure, and the grounds it stands on."""

import uuid

from django.db import models

from common.states import StateField
from measures import rules
from measures.rules import Family, Level
from measures.states import LIVE, UNAPPROVED, EndReason, MeasureState
from notices.models import Case, CaseRegime, ClaimedItem
from platforms.models import Artefact, Platform, PlatformUser
from users.models import User

_live = models.Q(state__in=sorted(LIVE))
_heavy = models.Q(family__in=sorted(rules.APPROVED_FAMILIES)) | models.Q(
    family=Family.USER_SANCTION, level__in=sorted(rules.APPROVED_LEVELS)
)


class Measure(models.Model):
    """What was done, or is to be done, to one artefact, one user or one set of prompt terms.

    It belongs to no case: cases stand behind it by their grounds. `idempotency_key` goes with every
    attempt to apply it and `lift_key` with every attempt to lift it, so that the platform acts once.
    `executing_since` is the beginning of the attempt that is going on, `try_after` the earliest
    moment of the next one, `alarmed_at` since when somebody should look.

    What tests found of the state it is in (measures/checks.py): `verified_at` is the last round of tests
    that all held, and nothing but a test sets it (the database sees to that); `found_broken_at` since when
    it has been found not to hold, `excused_at` when a person noted why that is no breach. `check_at` is
    the next round, `checking_since` the beginning of the one that is going on; with `resend` the order is
    given once more before it. `moved_at`: since when it has stood in its state. All UTC.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    family = models.CharField(max_length=20, choices=Family.choices)
    level = models.CharField(max_length=10, choices=Level.choices, blank=True)
    platform = models.ForeignKey(Platform, on_delete=models.PROTECT, related_name="+")
    artefact = models.ForeignKey(Artefact, null=True, on_delete=models.PROTECT, related_name="+")
    platform_user = models.ForeignKey(
        PlatformUser, null=True, on_delete=models.PROTECT, related_name="+"
    )
    rule_id = models.UUIDField(null=True)  # screening's rule, once the block lives
    terms_digest = models.CharField(max_length=64, blank=True)  # what a prompt block targets
    parameters = models.JSONField(default=dict)
    territory = models.CharField(max_length=2, blank=True)
    # The request as it is sent, each time alike; fixed when the measure is ordered.
    request = models.JSONField(default=dict)
    state = StateField(choices=MeasureState.choices)
    approval_required = models.BooleanField()
    ordered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    refused_reason = models.TextField(blank=True)
    idempotency_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    lift_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    executing_since = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    try_after = models.DateTimeField(null=True)
    alarmed_at = models.DateTimeField(null=True)
    acknowledgement = models.JSONField(null=True)
    lift_acknowledgement = models.JSONField(null=True)
    in_force_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(null=True)
    check_at = models.DateTimeField(null=True)
    checking_since = models.DateTimeField(null=True)
    check_misses = models.PositiveIntegerField(default=0, db_default=0)
    resend = models.BooleanField(default=False, db_default=False)
    verified_at = models.DateTimeField(null=True)
    found_broken_at = models.DateTimeField(null=True)
    excused_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("ordered_at", "id")
        indexes = [
            models.Index(fields=["state", "try_after"], name="measure_by_state"),
            models.Index(
                fields=["check_at"],
                condition=models.Q(check_at__isnull=False),
                name="measure_to_be_tested",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verified_at=None) | models.Q(found_broken_at=None),
                name="not_verified_and_broken",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=MeasureState.values), name="measure_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    family__in=sorted(rules.ON_ARTEFACT),
                    artefact__isnull=False,
                    platform_user=None,
                    terms_digest="",
                    level="",
                )
                | models.Q(
                    family=Family.USER_SANCTION,
                    artefact=None,
                    platform_user__isnull=False,
                    terms_digest="",
                    level__in=Level.values,
                )
                | models.Q(
                    family=Family.PROMPT_BLOCK,
                    artefact=None,
                    platform_user=None,
                    terms_digest__regex="^[0-9a-f]{64}$",
                    level="",
                ),
                name="measure_has_one_target",
            ),
            models.CheckConstraint(
                condition=(_heavy & models.Q(approval_required=True))
                | (~_heavy & models.Q(approval_required=False))
                # One that would stop too many recent prompts is proposed too (measures/services/widths.py).
                | models.Q(family=Family.PROMPT_BLOCK),
                name="heavy_measures_need_approval",
            ),
            models.CheckConstraint(
                condition=models.Q(approval_required=False)
                | models.Q(state__in=sorted(UNAPPROVED))
                | models.Q(approved_by__isnull=False, approved_at__isnull=False),
                name="no_step_without_approval",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by=None)
                | ~models.Q(approved_by=models.F("ordered_by")),
                name="nobody_approves_their_own",
            ),
            models.UniqueConstraint(
                fields=["family", "artefact"],
                condition=_live & models.Q(artefact__isnull=False),
                name="one_live_measure_per_artefact",
            ),
            models.UniqueConstraint(
                fields=["level", "platform_user"],
                condition=_live & models.Q(platform_user__isnull=False),
                name="one_live_sanction_per_level",
            ),
            models.UniqueConstraint(
                fields=["platform", "terms_digest"],
                condition=_live & ~models.Q(terms_digest=""),
                name="one_live_block_per_terms",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family} {self.id}"

    @property
    def touches(self) -> PlatformUser | None:
        """Whose work or account it is; a block of prompts touches nobody."""
        return self.artefact.owner if self.artefact else self.platform_user


class MeasureGround(models.Model):
    """One case, under one of its regimes, that stands behind a measure until `ended_at`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="grounds")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    case_regime = models.ForeignKey(CaseRegime, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(ClaimedItem, null=True, on_delete=models.PROTECT, related_name="+")
    ordered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=20, choices=EndReason.choices, blank=True)

    class Meta:
        ordering = ("created_at", "id")
        indexes = [models.Index(fields=["case"], name="ground_by_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "case_regime", "item"],
                condition=models.Q(ended_at=None),
                nulls_distinct=False,
                name="open_ground_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_reason="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_reason="")),
                name="ended_ground_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"ground of measure {self.measure_id}"


class MeasureFreeze(models.Model):
    """A measure that may not be lifted before `ended_at`, whatever becomes of its grounds.

    `cause` is the id of what asks for it in a room above, such as a court's order; `case` is the case
    in which that was recorded.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="freezes")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    cause = models.UUIDField()
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("since", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "cause"],
                condition=models.Q(ended_at=None),
                name="measure_frozen_once_for_a_cause",
            )
        ]

    def __str__(self) -> str:
        return f"freeze of measure {self.measure_id}"
