"""Passing a measure on to the third party whose model made the thing, and keeping its acknowledgement.

A service that draws through somebody else's model cannot make that model stop; it can have its provider
told, and prove that it did ((2024) Yue 0192 Min Chu 113 is such a case).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.actors import SWEEP, Actor, staff
from common.errors import Conflict, NotFound, RedressError
from deadlines.services import Period, Subject, meet, start, stop
from evidence.chain import Fact
from evidence.models import SealedFile
from measures.errors import BadOrder
from measures.models import Measure, MeasureGround, UpstreamRequest
from measures.rules import UPSTREAM, Family
from measures.services.house_clocks import upstream_clock
from measures.services.lifecycle import has_ground, hold, record, target_of
from measures.states import ENDED, LIVE, MeasureState, UpstreamState
from measures.upstream_selectors import generations_of, providers_of
from notices.access import require_role
from notices.models import Notice
from notices.services.in_zone import in_zone
from notices.services.lifecycle import Step
from notices.services.regimes import pack_of
from notifications.models import Message
from notifications.services import Outgoing, Recipient, queue
from users.models import User
from users.roles import CASEWORKERS

PARTY: Final = "upstream"
BATCH: Final = 100


@dataclass(frozen=True)
class PassOn:
    """To which provider, at which address (e-mail, or '' to be carried by hand), in which language."""

    provider: str
    address: str
    language: str


@dataclass(frozen=True)
class Acknowledged:
    """When the provider acknowledged (UTC), how that is known, and the paper that shows it."""

    at: datetime
    how_known: str
    paper: SealedFile


@transaction.atomic
def pass_on(measure_id: UUID, wanted: PassOn, *, user: User, now: datetime) -> UpstreamRequest:
    """Write to the provider and let the clock of its acknowledgement run.

    Raises Forbidden, Conflict for a measure that has ended, waits for approval or was passed on to this
    provider already, BadOrder for a provider that no generation record names, and BadAddress.
    """
    require_role(user, *CASEWORKERS)
    measure = hold(measure_id)
    ground = MeasureGround.objects.filter(measure=measure, ended_at=None).first()
    if not can_be_passed_on(measure) or not ground:
        raise Conflict(_("Only a measure that stands, or is on its way, can be passed on."))
    if wanted.provider not in providers_of(measure):
        raise BadOrder(_("No generation record behind this measure names that provider."))
    if _standing(measure).filter(provider=wanted.provider).exists():
        raise Conflict(_("This measure was passed on to that provider already."))
    request = UpstreamRequest(
        measure=measure,
        case=ground.case,
        case_regime=ground.case_regime,
        provider=wanted.provider,
        address=wanted.address,
        language=wanted.language,
        passed_on_by=user,
        passed_on_at=now,
    )
    clock = upstream_clock(pack_of(ground.case_regime))
    subject = Subject(ground.case_id, ground.case_regime_id, request.id)
    period = Period(UPSTREAM, clock, pack_of(ground.case_regime), now, user.id)
    running = start(period, subject, actor=staff(user.id), now=now)
    request.letter = _write("upstream_request", request, staff(user.id), now, until=running.due_at)
    request.save(force_insert=True)
    _record(request, "upstream.passed_on", Step(staff(user.id), now), letter=str(request.letter_id))
    return request


@transaction.atomic
def acknowledge(id: UUID, told: Acknowledged, *, user: User, now: datetime) -> UpstreamRequest:
    """Record that the provider acknowledged; its clock ends at the moment that the paper shows.

    Raises NotFound, Forbidden, Conflict when an acknowledgement is on record or the measure ended, and
    RedressError for a moment before it was passed on or in the future.
    """
    require_role(user, *CASEWORKERS)
    request = _held(id)
    if request.state != UpstreamState.PASSED_ON:
        raise Conflict(_("No acknowledgement is waited for any more. Reload the page."))
    if not request.passed_on_at <= told.at <= now:
        raise RedressError(
            _("The provider acknowledged after it was written to, and not in the future."),
            fields={"at": _("Give a moment after the letter, and not in the future.")},
        )
    request.acknowledge()
    request.acknowledged_at, request.how_known, request.proof = told.at, told.how_known, told.paper
    request.recorded_by, request.recorded_at = user, now
    request.save()
    meet(UPSTREAM, request.id, at=told.at, actor=staff(user.id), now=now)
    facts: dict[str, Fact] = {"at": told.at.isoformat(), "file": told.paper.sha256}
    _record(request, "upstream.acknowledged", Step(staff(user.id), now), **facts)
    return request


def can_be_passed_on(measure: Measure) -> bool:
    """Whether it stands or is on its way: a proposal may be refused, and what is being lifted ends."""
    return measure.state in LIVE - {MeasureState.PROPOSED, MeasureState.LIFTING}


def end_with_measures(now: datetime) -> int:
    """Tell the providers of measures that have ended; how many were told. Safe at any time.

    A ticket that is done has not ended for them: it holds on as long as a case stands behind it.
    """
    open_ = UpstreamRequest.objects.exclude(state=UpstreamState.ENDED)
    grounds = MeasureGround.objects.filter(measure=OuterRef("measure"), ended_at=None)
    wanted = Q(measure__state=MeasureState.DONE) & Exists(grounds)
    due = open_.filter(~wanted, measure__state__in=ENDED).order_by("passed_on_at")
    return sum(_end(id, now) for id in list(due.values_list("id", flat=True)[:BATCH]))


@transaction.atomic
def _end(id: UUID, now: datetime) -> bool:
    request = _held(id)
    if request.state == UpstreamState.ENDED or request.measure.state not in ENDED:
        return False
    if request.measure.state == MeasureState.DONE and has_ground(request.measure):
        return False
    request.end()
    request.ended_at = now
    request.save(update_fields=["state", "ended_at"])
    stop(UPSTREAM, request.id, at=now, actor=SWEEP, reason="measure_ended")
    letter = _write("upstream_ended", request, SWEEP, now)
    _record(request, "upstream.ended", Step(SWEEP, now), letter=str(letter.id))
    return True


def _held(id: UUID) -> UpstreamRequest:
    """The request, read while everything it stands on is locked. Raises NotFound."""
    measure_id = UpstreamRequest.objects.filter(id=id).values_list("measure", flat=True).first()
    if measure_id is None:
        raise NotFound(_("No such measure was passed on."))
    hold(measure_id)
    return UpstreamRequest.objects.select_related("measure").get(id=id)


def _standing(measure: Measure) -> Any:
    passed = UpstreamRequest.objects.filter(measure=measure)
    return passed.exclude(state=UpstreamState.ENDED)


def _write(
    template: str,
    request: UpstreamRequest,
    actor: Actor,
    now: datetime,
    *,
    until: datetime | None = None,
) -> Message:
    recipient = Recipient(PARTY, request.provider, request.address, request.language)
    outgoing = Outgoing(template, recipient, _context(request, until))
    return queue(outgoing, case_id=request.case_id, now=now, actor=actor)


def _context(request: UpstreamRequest, until: datetime | None) -> Mapping[str, object]:
    """What the provider must know to act, and nobody's name: ids of outputs and sessions, terms, the work."""
    measure = request.measure
    on_terms = measure.family in {Family.PROMPT_BLOCK, Family.MODEL_OPTIMISATION}
    with override(request.language.lower()):
        family = str(measure.get_family_display())
        day = in_zone(until, settings.TIME_ZONE) if until else ""
    return {
        "reference": request.case.reference,
        "link": "",
        "work_title": Notice.objects.values_list("work_title", flat=True).get(case=request.case_id),
        "family": family,
        "target": "" if measure.family == Family.PROMPT_BLOCK else target_of(measure),
        "terms": [term["text"] for term in measure.parameters["terms"]] if on_terms else [],
        "generations": generations_of(measure, request.provider),
        "until": day,
    }


def _record(request: UpstreamRequest, event: str, step: Step, **facts: Fact) -> None:
    told: dict[str, Fact] = {"request": str(request.id), "provider": request.provider, **facts}
    named = Step(step.actor, step.now, facts=told)
    record(request.measure, event, named, cases=[request.case_id])
