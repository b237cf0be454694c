"""Every event there is, `noun.verb_past`, with its sentence. Ledger, API and webhooks use these names.

`docs/events.md` is generated from this table; a test keeps both equal.
"""

from typing import Final

from django.utils.translation import gettext_noop as _

EVENTS: Final[dict[str, str]] = {
    # the case
    "notice.filed": _("A notice was filed."),
    "notice.received_by_staff": _("Staff entered a notice that came by another way."),
    "receipt.issued": _("A receipt was rendered and sealed."),
    "case.claimed": _("A member of staff took the case."),
    "case.released": _("A member of staff gave the case back."),
    "case.review_started": _("Review of the case began."),
    "information.requested": _("The filer was asked for exactly what is missing."),
    "information.received": _("The filer answered a request for information."),
    "information.not_received": _(
        "The filer did not answer in time; the notice is decided on what was given."
    ),
    "notice.lapsed": _("The filer did not complete the notice in time; it may be filed anew."),
    "notice.accepted": _("The notice was accepted, in whole or in part."),
    "notice.declined": _("The notice was declined with reasons."),
    "notice.refusal_reversed": _("The refusal of the notice was reversed on a complaint."),
    "notice.withdrawn": _("The filer withdrew the notice."),
    "notice.forwarded": _("The notice was forwarded to the affected user."),
    "item.upheld": _("A claimed item was upheld."),
    "item.declined": _("A claimed item was declined."),
    "item.not_found": _("A claimed item was not found on the service."),
    "item.resolved": _("A claimed item was found on the service."),
    "item.kin_asked": _("Staff had the service asked again what the items are related to."),
    "item.kin_read": _("The service was asked what a claimed item is related to."),
    "item.promotion_found": _("The service itself shows a claimed item, or what it reaches."),
    "item.found_by_label": _("A claimed item was found by a number that stands in a file."),
    "session.traced": _("The service was asked for a number that stands in a file of the case."),
    "output.label_recorded": _("How the service labelled an output was recorded."),
    "case.closed": _("The case was closed."),
    "case.reopened": _("A closed case was opened again."),
    "regime.added": _("The case runs under a further law; its clocks run from the filing."),
    "regime.removed": _("Staff found that a law does not apply to the case."),
    "regime.reinstated": _("Staff found that a law applies to the case after all."),
    "regime.measures_taken": _("Measures were taken under this regime."),
    "regime.contested": _("The affected user contested under this regime."),
    "regime.waiting_started": _("The waiting period began under this regime."),
    "regime.suit_recorded": _("Proof of suit stopped the waiting period under this regime."),
    "regime.measures_stand": _(
        "No counter-notice is open any more; measures stand under this regime."
    ),
    "regime.restored": _("The measures ended under this regime."),
    "regime.closed": _("The procedure ended under this regime."),
    "regime.version_changed": _(
        "A person moved the case to another version of this regime, as its transitional rule allows."
    ),
    "regime.reopened": _("The procedure goes on under this regime."),
    "filer.warned": _("The filer was warned because of wrong notices."),
    "filer.suspended": _("The filer was barred from filing notices for a time."),
    "filer.suspension_ended": _("The suspension of filing ended; the filer may file again."),
    "filer.sanction_lifted": _("A warning or suspension of the filer was taken back."),
    "respondent.warned": _("The affected user was warned because of unfounded counter-notices."),
    "respondent.suspended": _("No counter-notices are taken from the affected user for a time."),
    "respondent.suspension_ended": _(
        "The suspension ended; the affected user may file counter-notices again."
    ),
    "respondent.sanction_lifted": _(
        "A warning or suspension of the affected user for what they stated was taken back."
    ),
    # what stands against users
    "standing.entered": _("Upheld items were entered on the ladder of their user."),
    "standing.ground_ended": _("One law of the case no longer holds entries on the ladder."),
    "standing.voided": _("Entries on the ladder were voided and count as never given."),
    "sanction_appeal.filed": _("The affected user appealed against a sanction."),
    "sanction_appeal.upheld": _("Another person found the appeal justified; the sanction ends."),
    "sanction_appeal.rejected": _("Another person found the sanction right."),
    "sanction_appeal.lapsed": _("The sanction ended before its appeal was answered."),
    "ladder.proposed": _("Another version of the ladder was proposed."),
    "ladder.switched_on": _("A second person agreed; steps are proposed by this version."),
    "ladder.refused": _("A version of the ladder was not agreed to."),
    # measures
    "measure.proposed": _("A measure waits for a second person."),
    "measure.approved": _("A second person approved a measure."),
    "measure.refused": _("A second person refused a measure."),
    "measure.ordered": _("A measure was ordered."),
    "measure.attempted": _("A measure was sent to the platform."),
    "measure.term_asked": _("A case asks that a measure ends later; it waits for a second person."),
    "measure.term_extended": _("A second person agreed that a measure ends later."),
    "measure.term_refused": _("A second person did not agree that a measure ends later."),
    "measure.applied": _("A measure is in force."),
    "measure.failed": _("A measure failed for good and somebody must act."),
    "measure.stuck": _("A measure could not be carried out yet and somebody should look."),
    "measure.not_found": _("The platform does not know the target of a measure."),
    "measure.ground_added": _("A further case stands behind a measure."),
    "measure.ground_ended": _("A case no longer stands behind a measure."),
    "measure.lift_ordered": _("The last ground ended; the measure is to be lifted."),
    "measure.lifted": _("A measure was lifted."),
    "measure.cancelled": _("A measure was cancelled before it took effect."),
    "regime_conflict.opened": _("Two laws conflict about measures; a person decides."),
    "regime_conflict.decided": _("A person decided which of two laws the measures follow."),
    "regime_conflict.closed": _("The law that still held the measures let go by itself."),
    "measure.frozen": _("A measure may not be lifted for the time being."),
    "measure.thawed": _("A measure may be lifted again."),
    "measure.recalled": _("A lifting was called back before it happened; the measure stays."),
    "measure.verified": _("A test showed that a measure holds."),
    "measure.check_failed": _("A test found that a measure does not hold."),
    "measure.lift_verified": _("A test showed that what a lifted measure took is back."),
    "measure.lift_check_failed": _("A test found that what a lifted measure took is not back."),
    "measure.held_again": _("A later test showed that a measure holds again."),
    "measure.finding_explained": _("A person noted why a finding about a measure is no breach."),
    "measure.ordered_again": _("A measure that did not hold was ordered again under a new key."),
    "measure.acknowledged_again": _("The platform acknowledged a measure that was ordered again."),
    "upstream.passed_on": _("A measure was passed on to an upstream provider."),
    "upstream.acknowledged": _("An upstream provider acknowledged a measure."),
    "upstream.ended": _("A measure ended, and the upstream provider was told so."),
    "ticket.progressed": _("A model-optimisation ticket moved on."),
    "match.found": _("The output check recognised the work in an output."),
    "match.looked_up": _("The service was asked what it has of an output that was recognised."),
    "match.review": _("A match of the output check was put before a person."),
    "match.imposed": _("The same file by the same user: the measure followed by itself."),
    "match.withheld": _("The same file by the same user: its delivery was refused."),
    "match.upheld": _("A person found what an output takes over of the work."),
    "match.dismissed": _("A person dismissed a match of the output check."),
    "match.ended": _("A match of the output check ended with its case."),
    "ticket.opened": _("A model-optimisation ticket with its probe suites was opened."),
    "ticket.changed": _("Mitigation, owner or stage of a ticket were changed."),
    "ticket.role_tested": _("A person found who trained the model of a ticket."),
    "ticket.probe_proposed": _("A right holder proposed a probe for a ticket."),
    "ticket.probe_reviewed": _("Staff took a probe into use, or gave reasons why not."),
    "ticket.probed": _("The probe suites of a ticket were run on a build."),
    "ticket.output_judged": _("A person found that the output of a probe shows the work."),
    "ticket.verified": _("Every probe suite of a ticket held on the current build."),
    "ticket.regressed": _("A later build makes again what a finished ticket had ended."),
    # the affected user's side
    "counter_notice.filed": _("A counter-notice was filed."),
    "counter_notice.information_requested": _("The affected user was asked for what is missing."),
    "counter_notice.completed": _("The affected user completed the counter-notice."),
    "counter_notice.accepted": _("The counter-notice was accepted."),
    "counter_notice.rejected": _("The counter-notice was rejected with reasons."),
    "counter_notice.forwarded": _("The counter-notice was forwarded to the right holder."),
    "counter_notice.arrived": _("The forwarded counter-notice reached the right holder."),
    "counter_notice.withdrawn": _("The affected user withdrew the counter-notice."),
    "counter_notice.prevailed": _("The counter-notice prevailed; the measures end."),
    "counter_notice.held": _("Suit or complaint was proved in time; measures stay."),
    "counter_notice.ended": _("Nothing is left to contest."),
    "counter_notice.confirmed": _("The proceedings ended for the right holder; the measures stay."),
    "proceedings.ended": _("How the proceedings ended was recorded from the court's paper."),
    "award.recorded": _("What a court awarded and dismissed was recorded from its paper."),
    "put_back.done": _(
        "The platform acknowledged that everything the counter-notice gave back is back."
    ),
    "put_back.late": _("Something is not back yet although the law's last day comes near."),
    "notice.barred": _("The same right holder may not notify these items again."),
    "notice.runs_into_bar": _("A notice repeats what may not be notified again; a person decides."),
    # the internal complaint of the notifier
    "complaint.filed": _("The filer complained about the refusal of the notice."),
    "complaint.upheld": _("The complaint was justified; the refusal is reversed."),
    "complaint.rejected": _("The complaint was not justified; the refusal stands, with reasons."),
    # courts
    "court_application.accepted": _("An application to a court was recorded."),
    "court_order.received": _("A court's order was recorded and is obeyed."),
    "court_application.refused": _("A court's refusal was recorded."),
    "court_order.suit_shown": _(
        "The applicant showed that they sued after preservation before the suit."
    ),
    "court_order.lifted": _("A court lifted its order."),
    "court_order.lapsed": _("Preservation fell away because its applicant did not sue in time."),
    "suit_proof.filed": _("The right holder filed proof of suit or complaint."),
    "suit_proof.late": _("Proof of suit came after the waiting period had ended."),
    # the law
    "pack.loaded": _("These rules were used for the first time in this installation."),
    # clocks
    "deadline.started": _("A clock began to run."),
    "deadline.paused": _("A clock was paused while another owes an answer."),
    "deadline.resumed": _("A clock runs again."),
    "deadline.recomputed": _(
        "The date of a clock was computed again because calendar data arrived."
    ),
    "deadline.extended": _("A clock was extended for a documented reason."),
    "deadline.met": _("What was owed was done in time."),
    "deadline.met_late": _("What was owed was done after the clock had run out."),
    "deadline.stopped": _("A clock was stopped because nothing is owed any more."),
    "deadline.breached": _("A clock ran out and what was owed had not been done."),
    "deadline.fired": _("A clock ran out and its consequence was carried out."),
    "deadline.put_under": _("A clock goes on under the terms of another version of the rules."),
    "deadline.stuck": _(
        "The consequence of a clock could not be carried out and somebody must act."
    ),
    "calendar.year_loaded": _("A year of a calendar was loaded and put in force."),
    # telling people
    "message.queued": _("A message was written and frozen as it will be sent."),
    "message.sent": _("A message left the house."),
    "message.delivered": _("A message reached its recipient."),
    "message.failed": _("A message could not be delivered and somebody must act."),
    # evidence
    "file.sealed": _("A file was sealed."),
    "file.traced": _("A file of the case was searched for labels and other traces of its making."),
    "evidence.frozen": _("Evidence was fetched from the platform and sealed."),
    "payload.erased": _("Personal text was erased under a retention rule."),
    "assessment.recorded": _("A version of the assessment sheet was recorded."),
    "case_file.exported": _("A case file was exported."),
    # prompt rules
    "rule.created": _("A prompt rule was created."),
    "rule.lifted": _("A prompt rule was lifted."),
    "rule_list.exported": _("A list of prompt rules was signed for other providers."),
    "rule_list.imported": _("A signed list of prompt rules of another provider was taken in."),
    "rule_proposal.approved": _(
        "A prompt rule of another provider was ordered for a case of ours."
    ),
    "rule_proposal.refused": _("A prompt rule of another provider was not taken."),
    "work.remembered": _("A work was given to the output check."),
    "work.forgotten": _("A work was taken from the output check."),
    # texts that the service shows its users
    "display_text.proposed": _("A text to be shown to users waits for a second person."),
    "display_text.published": _("A text is to be shown to users."),
    "display_text.refused": _("A text was not approved and is not shown."),
    "display_text.ended": _("A text is shown to users no more."),
    # people with an account
    "person.created": _("An account was opened for a person."),
    "role.granted": _("A person was given a role."),
    "role.removed": _("A role was taken from a person."),
    "token.issued": _("A key for the API was issued to a person."),
    "token.revoked": _("A key for the API was revoked."),
    # machines that are told of events
    "endpoint.created": _("A webhook endpoint was created."),
    "endpoint.changed": _("The name, address or events of a webhook endpoint were changed."),
    "endpoint.enabled": _("A webhook endpoint was enabled again."),
    "endpoint.disabled": _("A webhook endpoint was disabled by a person or by its answer 410."),
    "endpoint.removed": _("A webhook endpoint was removed for good."),
    "endpoint.secret_rotated": _("A webhook endpoint got a new secret; the old one ends later."),
    "endpoint.tested": _("A test event was sent to a webhook endpoint."),
    "delivery.resent": _("A person sent an event to a webhook endpoint once more."),
    "delivery.failed": _("An event could not be delivered to a webhook endpoint at any try."),
}


class UnknownEvent(ValueError):
    """The event is not in evidence/events.py: add it there, with its sentence, before using it."""


def known(event: str) -> str:
    """The event's name, unchanged. Raises UnknownEvent."""
    if event not in EVENTS:
        raise UnknownEvent(event)
    return event
