"""The states of a counter-notice: what each means, said once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where the affected user's answer stands."""

    FILED = "filed", _("Received")  # Waits for review by somebody who did not decide the notice.
    INCOMPLETE = "incomplete", _("Something is missing")  # The affected user owes an answer.
    FORWARDED = "forwarded", _("Forwarded")  # On its way to the right holder.
    WAITING = "waiting", _("Litigation window")  # It arrived; the right holder may sue.
    HELD = "held", _("Proceedings")  # Suit or complaint was proved in time; measures stay.
    PREVAILED = "prevailed", _("Restored")  # Nobody sued; the measures ended.
    REJECTED = "rejected", _("Not accepted")  # It does not hold, with reasons.
    WITHDRAWN = "withdrawn", _("Withdrawn")  # Taken back by the affected user.
    ENDED = "ended", _("Nothing left to contest")  # The measures ended for another reason.


UNDER_REVIEW = frozenset({State.FILED, State.INCOMPLETE})
OPEN = frozenset({State.FILED, State.INCOMPLETE, State.FORWARDED, State.WAITING})
# While one of these stands, its author cannot contest again: a second statement must not run its waiting
# period past proceedings that the right holder has proved.
BARS_ANOTHER = frozenset({*OPEN, State.HELD})
STOPPABLE = frozenset({State.FORWARDED, State.WAITING})
# Whose measures can end for a reason of somebody else's, such as withdrawal of the notice.
CAN_BECOME_MOOT = frozenset({*OPEN, State.HELD})
