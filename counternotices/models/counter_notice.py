"""The affected user's answer, and the papers that came with it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from common.states import StateField
from counternotices.states import OPEN
from counternotices.states import State as S
from evidence.models import SealedFile
from notices.models import CaseRegime
from notifications.models import Message
from platforms.models import PlatformUser
from users.models import User


class Reason(models.TextChoices):
    """Why the affected user says that the notice is wrong: a closed list, so that it can be counted."""

    OWNER = "owner", _("The work is mine")
    AUTHORISED = "authorised", _("I have permission")
    NOT_THE_WORK = "not_the_work", _("It does not show that work")
    EXCEPTION = "exception", _("The law allows this use")
    NO_RIGHT = "no_right", _("The filer has no right in the work")
    OTHER = "other", _("Another reason")


class CounterNotice(models.Model):
    """A statement of non-infringement by one affected user, under one regime of a case.

    `decision_by` is who decided the notice, copied here so that the database itself can refuse them
    as the reviewer. `answers` holds the pack's elements by key, as the affected user wrote them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    case_regime = models.ForeignKey(CaseRegime, on_delete=models.PROTECT, related_name="+")
    respondent = models.ForeignKey(PlatformUser, on_delete=models.PROTECT, related_name="+")
    state = StateField(default=S.FILED, choices=S.choices)
    language = models.CharField(max_length=10)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    answers = models.JSONField()
    signature = models.CharField(max_length=200)
    filed_at = models.DateTimeField()
    # When what counts in law came in: the filing, or the answer that made it whole (17 USC 512(g)(3)).
    received_at = models.DateTimeField()
    decision_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review_reasons = models.JSONField(default=dict)
    asked_elements = models.JSONField(default=list)
    forwarding = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="+")
    forwarded_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("filed_at",)
        constraints = [
            models.CheckConstraint(condition=Q(state__in=S.values), name="counter_notice_state"),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("decision_by")),
                name="counter_notice_reviewed_by_another",
            ),
            models.UniqueConstraint(
                fields=["case_regime", "respondent"],
                condition=Q(state__in=sorted(str(state) for state in OPEN)),
                name="one_open_counter_notice",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @transition(field=state, source=S.FILED, target=S.INCOMPLETE)
    def ask(self) -> None:
        """The affected user is asked for exactly what is missing."""

    @transition(field=state, source=S.INCOMPLETE, target=S.FILED)
    def complete(self) -> None:
        """The affected user answered."""

    @transition(field=state, source=S.FILED, target=S.FORWARDED)
    def forward(self) -> None:
        """Another person than the decider accepted it; it goes to the right holder."""

    @transition(field=state, source=[S.FILED, S.INCOMPLETE], target=S.REJECTED)
    def reject(self) -> None:
        """Another person than the decider found that it is no counter-notice in law."""

    @transition(field=state, source=S.FORWARDED, target=S.WAITING)
    def arrive(self) -> None:
        """It reached the right holder."""

    @transition(field=state, source=[S.FORWARDED, S.WAITING, S.PREVAILED], target=S.HELD)
    def hold(self) -> None:
        """Suit or complaint was proved in time; under a law that counts to the put-back, before it was done."""

    @transition(field=state, source=[S.FILED, S.FORWARDED, S.WAITING, S.HELD], target=S.PREVAILED)
    def prevail(self) -> None:
        """Nobody sued in time, a person found it justified, the law restores at once, or the suit failed."""

    @transition(field=state, source=S.HELD, target=S.CONFIRMED)
    def confirm(self) -> None:
        """The proceedings ended for the right holder: the measures stay for good."""

    @transition(
        field=state, source=[S.FILED, S.INCOMPLETE, S.FORWARDED, S.WAITING], target=S.WITHDRAWN
    )
    def withdraw(self) -> None:
        """The affected user takes it back."""

    @transition(
        field=state,
        source=[S.FILED, S.INCOMPLETE, S.FORWARDED, S.WAITING, S.HELD],
        target=S.ENDED,
    )
    def end(self) -> None:
        """The measures ended for another reason, such as withdrawal of the notice."""


class CounterNoticeFile(models.Model):
    """A sealed paper of the affected user, and the element of the pack that it answers.

    The element decides who may see it: proof of identity never leaves the house.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    counter_notice = models.ForeignKey(
        CounterNotice, on_delete=models.PROTECT, related_name="files"
    )
    file = models.ForeignKey(SealedFile, on_delete=models.PROTECT, related_name="+")
    element = models.CharField(max_length=60)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("added_at", "id")
