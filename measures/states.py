"""The states of a measure: what each means, said once. Which family uses which: docs/states.md."""

from django.db import models
from django.utils.translation import pgettext_lazy


class MeasureState(models.TextChoices):
    """Where one measure stands between the order and its end."""

    PROPOSED = (
        "proposed",
        pgettext_lazy("measure", "Waits for approval"),
    )  # A second person must look first.
    ORDERED = (
        "ordered",
        pgettext_lazy("measure", "Ordered"),
    )  # Decided; not yet sent to the platform.
    EXECUTING = (
        "executing",
        pgettext_lazy("measure", "Being carried out"),
    )  # Sent, or about to be; no answer yet.
    IN_FORCE = (
        "in_force",
        pgettext_lazy("measure", "In force"),
    )  # The platform acknowledged it, or the guard obeys.
    IN_PROGRESS = (
        "in_progress",
        pgettext_lazy("measure", "In progress"),
    )  # The platform works on the ticket.
    FAILED = (
        "failed",
        pgettext_lazy("measure", "Failed"),
    )  # Refused for good by the platform; a person must act.
    NOT_FOUND = (
        "not_found",
        pgettext_lazy("measure", "Not found here"),
    )  # The platform does not know the target.
    LIFTING = (
        "lifting",
        pgettext_lazy("measure", "Being lifted"),
    )  # The last ground ended; the platform is told.
    LIFTED = "lifted", pgettext_lazy("measure", "Lifted")  # Ended; what it did has been undone.
    VOIDED = "voided", pgettext_lazy("measure", "Voided")  # A sanction that counts as never given.
    DONE = "done", pgettext_lazy("measure", "Done")  # The model was changed as the ticket asked.
    NOT_POSSIBLE = (
        "not_possible",
        pgettext_lazy("measure", "Not possible"),
    )  # The engineers gave reasons why not.
    CANCELLED = "cancelled", pgettext_lazy("measure", "Cancelled")  # Ended before it took effect.


S = MeasureState

# A target has at most one live measure of a family and level; further cases become further grounds.
LIVE = frozenset(
    {S.PROPOSED, S.ORDERED, S.EXECUTING, S.IN_FORCE, S.IN_PROGRESS, S.FAILED, S.LIFTING}
)
ENDED = frozenset(S) - LIVE
# Nothing has left the house, or the platform has refused: ending the last ground simply cancels.
NOT_IN_EFFECT = frozenset({S.PROPOSED, S.ORDERED, S.FAILED})
# Whether it will ever take effect is not known yet: the file of its regime stays open.
UNSETTLED = frozenset({S.PROPOSED, S.ORDERED, S.EXECUTING})
IN_EFFECT = frozenset({S.IN_FORCE, S.IN_PROGRESS})
# What can be kept from being lifted: it binds the target, or is about to.
FREEZABLE = frozenset({S.ORDERED, S.EXECUTING, S.IN_FORCE, S.IN_PROGRESS, S.FAILED})
# Ended without ever changing anything: nothing to contest, nothing to restore.
WITHOUT_EFFECT = frozenset({S.NOT_FOUND, S.NOT_POSSIBLE, S.CANCELLED})
# The states in which a second person's approval is not yet, or never was, needed.
UNAPPROVED = frozenset({S.PROPOSED, S.CANCELLED})
# The suites of a ticket are run on every new build while the engineers work on it, and when they are done.
PROBED = frozenset({S.IN_PROGRESS, S.DONE})
# Somebody is to be told by HTTP: the sweep looks after these.
OUTBOUND = frozenset({S.ORDERED, S.EXECUTING, S.LIFTING})


class EndReason(models.TextChoices):
    """Why a case no longer stands behind a measure."""

    RESTORED = "restored", pgettext_lazy("ground", "Restored after a counter-notice")
    WITHDRAWN = "withdrawn", pgettext_lazy("ground", "Notice withdrawn")
    REFUSED = "refused", pgettext_lazy("ground", "Not approved")
    EXPIRED = "expired", pgettext_lazy("ground", "Term ended")
    CORRECTED = "corrected", pgettext_lazy("ground", "Corrected by staff")
    COURT = "court", pgettext_lazy("ground", "Ended by order of a court")
    CONFLICT = "conflict", pgettext_lazy("ground", "Conflict of two laws decided")


class UpstreamState(models.TextChoices):
    """Where a measure stands that was passed on to an upstream provider."""

    PASSED_ON = (
        "passed_on",
        pgettext_lazy("upstream", "Passed on"),
    )  # Written to the provider; no acknowledgement yet.
    ACKNOWLEDGED = (
        "acknowledged",
        pgettext_lazy("upstream", "Acknowledged by the provider"),
    )  # A paper shows that the provider took it on.
    ENDED = (
        "ended",
        pgettext_lazy("upstream", "Ended"),
    )  # The measure ended here, and the provider was told.


class ConflictDecision(models.TextChoices):
    """What a person decided where one law gave a measure up and another still holds it."""

    KEEP = "keep", pgettext_lazy("conflict", "Keep the measures")
    RESTORE = "restore", pgettext_lazy("conflict", "End the measures")


# A statement of the affected user ended the ground: whether the other laws of the case agree is another question.
OPENS_CONFLICT = frozenset({EndReason.RESTORED})


class MatchState(models.TextChoices):
    """Where an output stands in which the guard recognised a work of an accepted notice."""

    FOUND = (
        "found",
        pgettext_lazy("match", "Found"),
    )  # The same file by the same user: it is acted on by itself.
    REVIEW = (
        "review",
        pgettext_lazy("match", "Waits for a person"),
    )  # A likeness, or another user: a person looks.
    IMPOSED = (
        "imposed",
        pgettext_lazy("match", "Measure imposed by itself"),
    )  # The ground that stood already reaches this copy too.
    WITHHELD = (
        "withheld",
        pgettext_lazy("match", "Delivery refused"),
    )  # It never reached the service: nothing is left to take down.
    UPHELD = (
        "upheld",
        pgettext_lazy("match", "Upheld by a person"),
    )  # A person found what expression was taken over.
    DISMISSED = (
        "dismissed",
        pgettext_lazy("match", "Dismissed"),
    )  # A person found that nothing protected was taken over.
    ENDED = (
        "ended",
        pgettext_lazy("match", "Ended with its case"),
    )  # The case no longer stands, or its work left the check.


# Somebody or something is still to act on it.
MATCH_OPEN = frozenset({MatchState.FOUND, MatchState.REVIEW})
MATCH_BY_A_PERSON = frozenset({MatchState.UPHELD, MatchState.DISMISSED})
# Given back to the user on their statement, by a court or by staff: nothing is imposed by itself any more.
GIVEN_BACK_TO_USER = frozenset(
    {EndReason.RESTORED, EndReason.COURT, EndReason.CORRECTED, EndReason.CONFLICT}
)


class PolicyState(models.TextChoices):
    """Where one version of the ladder stands."""

    PROPOSED = "proposed", pgettext_lazy("policy", "Proposed")  # One of the two put it forward.
    IN_FORCE = "in_force", pgettext_lazy("policy", "In force")  # Steps are proposed by it.
    ENDED = "ended", pgettext_lazy("policy", "Replaced")  # Another version took its place.
    REFUSED = "refused", pgettext_lazy("policy", "Not agreed to")  # It never came into force.


class AppealState(models.TextChoices):
    """Where a user's appeal against a sanction stands."""

    FILED = "filed", pgettext_lazy("appeal", "Filed")  # Another person is to answer it.
    UPHELD = "upheld", pgettext_lazy("appeal", "Justified")  # The sanction ends.
    REJECTED = "rejected", pgettext_lazy("appeal", "Not justified")  # The sanction stays.
    MOOT = "moot", pgettext_lazy("appeal", "Nothing left to answer")  # The sanction ended anyway.


# Sanctions a user can appeal against: they bind, or are about to.
APPEALABLE = frozenset({S.ORDERED, S.EXECUTING, S.IN_FORCE, S.FAILED})
# Told to the user, and not taken back: in force, or its term simply ended.
COUNTS_AS_TOLD = frozenset({S.IN_FORCE, S.LIFTED})
