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
