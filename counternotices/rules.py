"""The kinds of clock that belong to counter-notices, and the packs' names for its events."""

from typing import Final

REVIEW: Final = "counternotices.review"
WAIT: Final = "counternotices.wait"
PUT_BACK: Final = "counternotices.put_back"
WINDOW: Final = "counternotices.complaint_window"
ANSWER_COMPLAINT: Final = "counternotices.complaint"
RULING: Final = "counternotices.court_ruling"
SUE: Final = "counternotices.sue"
# The end of a suspension of contesting; its length is a person's choice, not a pack's clock.
SUSPENSION: Final = "counternotices.suspension"

ACCEPTED: Final = "counter_notice.accepted"
FORWARDED: Final = "counter_notice.forwarded"
# What has happened once the right holder has it: what each side may see of the other depends on it.
ONCE_FORWARDED: Final = (ACCEPTED, FORWARDED)
# How a pack names the proof that stops the waiting period, by kind of proceeding.
PROOF_EVENTS: Final = {
    "suit": "suit_proof.filed",
    "complaint": "complaint_proof.filed",
    "ccb": "ccb_claim.filed",
}
# How a pack names what starts the clocks around a court.
APPLICATION_ACCEPTED: Final = "court_application.accepted"
ORDER_RECEIVED: Final = "court_order.received"
PRESERVATION_TAKEN: Final = "court_order.enforced"
