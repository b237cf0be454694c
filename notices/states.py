"""The states of a case and of each of its regimes: what each means, said once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseState(models.TextChoices):
    """Where the operator's handling of a notice stands."""

    RECEIVED = "received", _("Received")  # Filed; nobody has looked at it yet.
    IN_REVIEW = "in_review", _("Under review")  # Somebody weighs it.
    AWAITING_FILER = "awaiting_filer", _("Waiting for the filer")  # The filer owes an answer.
    ACCEPTED = "accepted", _("Measures taken")  # Upheld in whole or part; each regime goes its way.
    DECLINED = "declined", _("No measures")  # Refused with reasons.
    LAPSED = "lapsed", _("Closed, not completed")  # Never completed; may be filed anew.
    WITHDRAWN = "withdrawn", _("Withdrawn")  # Taken back by the filer.
    CLOSED = "closed", _("Closed")  # Accepted, and all that followed has ended.


TRIAGE = frozenset({CaseState.RECEIVED, CaseState.IN_REVIEW})
UNDECIDED = frozenset({*TRIAGE, CaseState.AWAITING_FILER})


class RegimeState(models.TextChoices):
    """Where one case stands under one pack of law."""

    OPEN = "open", _("Not decided")  # The notice has not been decided.
    MEASURES = "measures", _("Measures in force")  # Measures rest on this regime.
    CONTESTED = "contested", _("Counter-notice")  # The affected user answered.
    WAITING = "waiting", _("Litigation window")  # The right holder may sue; the clock runs.
    HELD = "held", _("Proceedings")  # Suit or complaint was proved; measures stay.
    RESTORED = "restored", _("Restored")  # Measures ended under this regime.
    CLOSED = "closed", _("Closed")  # Nothing more is expected under this regime.
    REMOVED = "removed", _("Does not apply")  # Taken off the case by staff before the decision.


CARRIES_MEASURES = frozenset(
    {RegimeState.MEASURES, RegimeState.CONTESTED, RegimeState.WAITING, RegimeState.HELD}
)
# Nobody answered: measures stay, or none was ever taken; either way the procedure can end.
MAY_BE_PUT_AWAY = frozenset({RegimeState.MEASURES, RegimeState.OPEN})
SETTLED = frozenset({RegimeState.RESTORED, RegimeState.CLOSED})


class ItemOutcome(models.TextChoices):
    """What became of one claimed item."""

    PENDING = "pending", _("Not decided")
    UPHELD = "upheld", _("Upheld")
    DECLINED = "declined", _("Declined")
    NOT_FOUND = "not_found", _("Not found here")


class TraceAnswer(models.TextChoices):
    """What the service said to a number that stands in a file."""

    FOUND = "found", _("Found on the service")
    UNKNOWN = "unknown", _("The service does not know it")
    REFUSED = "refused", _("The service refused to say")


class SanctionLevel(models.TextChoices):
    """What a filer is told or barred from whose notices are wrong (abuse policy of the pack)."""

    WARN = "warn", _("Warning")
    SUSPEND = "suspend", _("Suspension of filing")


class SanctionState(models.TextChoices):
    """Where a warning or suspension of a filer stands."""

    IN_FORCE = "in_force", _("In force")  # A warning stays on record; a suspension bars filing.
    ENDED = "ended", _("Ended")  # The suspension's time is over.
    LIFTED = "lifted", _("Taken back")  # A person took it back, with reasons.
