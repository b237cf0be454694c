"""Every event there is, `noun.verb_past`, with its sentence. Ledger, API and webhooks use these names.

`docs/events.md` is generated from this table; a test keeps both equal.
"""

from typing import Final

EVENTS: Final[dict[str, str]] = {
    # the case
    "notice.filed": "A notice was filed.",
    "notice.received_by_staff": "Staff entered a notice that came by another way.",
    "receipt.issued": "A receipt was rendered and sealed.",
    "case.claimed": "A member of staff took the case.",
    "case.released": "A member of staff gave the case back.",
    "case.review_started": "Review of the case began.",
    "information.requested": "The filer was asked for exactly what is missing.",
    "information.received": "The filer answered a request for information.",
    "notice.lapsed": "The filer did not complete the notice in time; it may be filed anew.",
    "notice.accepted": "The notice was accepted, in whole or in part.",
    "notice.declined": "The notice was declined with reasons.",
    "notice.withdrawn": "The filer withdrew the notice.",
    "notice.forwarded": "The notice was forwarded to the affected user.",
    "item.upheld": "A claimed item was upheld.",
    "item.declined": "A claimed item was declined.",
    "item.not_found": "A claimed item was not found on the service.",
    "item.resolved": "A claimed item was found on the service.",
    "case.closed": "The case was closed.",
    "case.reopened": "A closed case was opened again because it is contested.",
    "regime.measures_taken": "Measures were taken under this regime.",
    "regime.contested": "The affected user contested under this regime.",
    "regime.waiting_started": "The waiting period began under this regime.",
    "regime.suit_recorded": "Proof of suit stopped the waiting period under this regime.",
    "regime.measures_stand": "No counter-notice is open any more; measures stand under this regime.",
    "regime.restored": "The measures ended under this regime.",
    "regime.closed": "The procedure ended under this regime.",
    # measures
    "measure.proposed": "A measure waits for a second person.",
    "measure.approved": "A second person approved a measure.",
    "measure.refused": "A second person refused a measure.",
    "measure.ordered": "A measure was ordered.",
    "measure.attempted": "A measure was sent to the platform.",
    "measure.applied": "A measure is in force.",
    "measure.failed": "A measure failed for good and somebody must act.",
    "measure.stuck": "A measure could not be carried out yet and somebody should look.",
    "measure.not_found": "The platform does not know the target of a measure.",
    "measure.ground_added": "A further case stands behind a measure.",
    "measure.ground_ended": "A case no longer stands behind a measure.",
    "measure.lift_ordered": "The last ground ended; the measure is to be lifted.",
    "measure.lifted": "A measure was lifted.",
    "measure.cancelled": "A measure was cancelled before it took effect.",
    "ticket.progressed": "A model-optimisation ticket moved on.",
    # the affected user's side
    "counter_notice.filed": "A counter-notice was filed.",
    "counter_notice.information_requested": "The affected user was asked for what is missing.",
    "counter_notice.completed": "The affected user completed the counter-notice.",
    "counter_notice.accepted": "The counter-notice was accepted for forwarding.",
    "counter_notice.rejected": "The counter-notice was rejected with reasons.",
    "counter_notice.forwarded": "The counter-notice was forwarded to the right holder.",
    "counter_notice.arrived": "The forwarded counter-notice reached the right holder.",
    "counter_notice.withdrawn": "The affected user withdrew the counter-notice.",
    "counter_notice.prevailed": "The waiting period ended without suit; the counter-notice prevailed.",
    "counter_notice.held": "Suit or complaint was proved in time; measures stay.",
    "counter_notice.ended": "Nothing is left to contest.",
    "suit_proof.filed": "The right holder filed proof of suit or complaint.",
    "suit_proof.late": "Proof of suit came after the waiting period had ended.",
    # clocks
    "deadline.started": "A clock began to run.",
    "deadline.paused": "A clock was paused while another owes an answer.",
    "deadline.resumed": "A clock runs again.",
    "deadline.met": "What was owed was done in time.",
    "deadline.met_late": "What was owed was done after the clock had run out.",
    "deadline.stopped": "A clock was stopped because nothing is owed any more.",
    "deadline.breached": "A clock ran out and what was owed had not been done.",
    "deadline.fired": "A clock ran out and its consequence was carried out.",
    "deadline.stuck": "The consequence of a clock could not be carried out and somebody must act.",
    # telling people
    "message.queued": "A message was written and frozen as it will be sent.",
    "message.sent": "A message left the house.",
    "message.delivered": "A message reached its recipient.",
    "message.failed": "A message could not be delivered and somebody must act.",
    # evidence
    "file.sealed": "A file was sealed.",
    "evidence.frozen": "Evidence was fetched from the platform and sealed.",
    "payload.erased": "Personal text was erased under a retention rule.",
    "case_file.exported": "A case file was exported.",
    # prompt rules
    "rule.created": "A prompt rule was created.",
    "rule.lifted": "A prompt rule was lifted.",
    # law and people
    "pack.adopted": "A pack version came into use.",
    "calendar.adopted": "A calendar version came into use.",
    "person.created": "A person was given an account.",
    "person.roles_changed": "A person's roles were changed.",
    "token.issued": "An access token was issued.",
    "token.revoked": "An access token was revoked.",
}


class UnknownEvent(ValueError):
    """The event is not in evidence/events.py: add it there, with its sentence, before using it."""


def known(event: str) -> str:
    """The event's name, unchanged. Raises UnknownEvent."""
    if event not in EVENTS:
        raise UnknownEvent(event)
    return event
