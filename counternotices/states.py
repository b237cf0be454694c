"""The states of a counter-notice, of a court order and of a notifier's complaint: each said once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where the affected user's answer stands."""

    FILED = "filed", _("Received")  # Waits for review by somebody who did not decide the notice.
    INCOMPLETE = "incomplete", _("Something is missing")  # The affected user owes an answer.
    FORWARDED = "forwarded", _("Forwarded")  # On its way to the right holder.
    WAITING = "waiting", _("Litigation window")  # It arrived; the right holder may sue.
    HELD = "held", _("Proceedings")  # Suit or complaint was proved in time; measures stay.
    PREVAILED = "prevailed", _("Restored")  # The measures ended because of it.
    CONFIRMED = (
        "confirmed",
        _("Measures confirmed"),
    )  # The proceedings ended for the right holder; the measures stay.
    REJECTED = "rejected", _("Not accepted")  # It does not hold, with reasons.
    WITHDRAWN = "withdrawn", _("Withdrawn")  # Taken back by the affected user.
    ENDED = "ended", _("Nothing left to contest")  # The measures ended for another reason.


UNDER_REVIEW = frozenset({State.FILED, State.INCOMPLETE})
OPEN = frozenset({State.FILED, State.INCOMPLETE, State.FORWARDED, State.WAITING})
# While one of these stands, its author cannot contest again: a second statement must not run its waiting
# period past proceedings that the right holder has proved.
BARS_ANOTHER = frozenset({*OPEN, State.HELD, State.CONFIRMED})
STOPPABLE = frozenset({State.FORWARDED, State.WAITING})
# Whose measures can end for a reason of somebody else's, such as withdrawal of the notice.
CAN_BECOME_MOOT = frozenset({*OPEN, State.HELD})


class CourtState(models.TextChoices):
    """Where an application to a court, or its order, stands."""

    APPLIED = "applied", _("Before the court")  # Applied for; the court has not ruled yet.
    IN_FORCE = "in_force", _("Court order in force")  # The court ordered it; it is obeyed.
    REFUSED = "refused", _("Refused by the court")  # Nothing follows from it.
    LIFTED = "lifted", _("Lifted by the court")  # The court ended it.
    LAPSED = "lapsed", _("Fallen away")  # Its applicant did not sue in time.


COURT_OPEN = frozenset({CourtState.APPLIED, CourtState.IN_FORCE})


class ComplaintState(models.TextChoices):
    """Where a notifier's complaint against a refusal stands."""

    FILED = "filed", _("Received")  # Waits for somebody who did not decide the notice.
    UPHELD = "upheld", _("Justified")  # The refusal was reversed.
    REJECTED = "rejected", _("Not justified")  # The refusal stands, with reasons.
