"""Granting more time, for a reason that is documented, and never past what the law allows."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from common.actors import Actor
from deadlines.calendars.errors import CalendarError
from deadlines.calendars.steps import Step
from deadlines.compute import compute, latest
from deadlines.errors import ExtensionRefused, NotPossibleNow, PeriodOver
from deadlines.models import Deadline, Extension
from deadlines.registry import Change
from deadlines.services.informing import tell_moved
from deadlines.services.lifecycle import Occasion, record
from deadlines.services.pausing import locked
from deadlines.services.reckoning import RECKONED, Facts, facts_of, reckon
from deadlines.shelf import Shelf, shelf
from deadlines.states import SENTENCES, State
from deadlines.terms import thaw
from evidence.chain import Fact
from evidence.models import SealedFile
from regimes.pack import Cap
from regimes.vocabulary import Unit

MOST_AT_ONCE: Final = 366


@dataclass(frozen=True)
class Grant:
    """`length` more, in the clock's own unit; why; and the sealed paper that shows it, if there is one."""

    length: int
    reason: str
    paper: UUID | None = None


@transaction.atomic
def extend(
    kind: str,
    subject_id: UUID,
    grant: Grant,
    *,
    actor: Actor,
    now: datetime,
    case_regime_id: UUID | None = None,
) -> Deadline:
    """Let the clock run longer. Takes the case lock; ledger: deadline.extended, with the reason as its payload.

    Pauses, what was granted before and the calendars in force all stay counted; the kind's `moved` is told
    when the date moved. Raises NoSuchDeadline, ExtensionRefused (the pack does not allow it, no reason, or
    past the cap: the message names the cap and the latest day possible), PeriodOver, NotPossibleNow.
    """
    row = locked(kind, subject_id, case_regime_id)
    _check_state(row, now)
    _check_grant(row, grant)
    before, day = row.due_at, row.last_day
    calendars = shelf()
    facts = replace(facts_of(row), extension=row.extension + grant.length)
    _check_cap(facts, calendars)
    fields = _explained(row, _reckoned(facts, now, calendars), grant, now)
    for name in RECKONED:
        setattr(row, name, fields[name])
    row.save(update_fields=RECKONED)
    _keep(row, grant, actor, now, before)
    about: dict[str, Fact] = {
        "length": grant.length,
        "unit": row.clock["unit"],
        "total": row.extension,
        "due_before": before.isoformat(),
        "last_day_before": day.isoformat(),
        "last_day": row.last_day.isoformat(),
        "paper": _hash_of(grant.paper),
    }
    words = grant.reason.strip().encode()
    record(row, "deadline.extended", Occasion(actor, now, now), about, words)
    if row.due_at != before:
        tell_moved(row, Change(before, (Step.from_json(row.history[-1]),)), now)
    return row


def room_left(row: Deadline) -> int | None:
    """By how much more, in its own unit, the clock may be extended; None where the pack sets no cap.

    0 where the pack allows none, or its cap has been reached.
    """
    clock = thaw(row.clock)
    if not clock.extendable:
        return 0
    if clock.cap is None:
        return None
    facts, calendars = facts_of(row), shelf()
    for more in range(1, MOST_AT_ONCE + 1):
        if _passes_cap(replace(facts, extension=facts.extension + more), calendars):
            return more - 1
    return MOST_AT_ONCE


def _check_state(row: Deadline, now: datetime) -> None:
    if row.state not in (State.RUNNING, State.PAUSED):
        raise NotPossibleNow(
            _("This is not possible any more. %(state)s Reload the page and look again.")
            % {"state": SENTENCES[State(row.state)]}
        )
    if row.state == State.RUNNING and row.due_at <= now:
        raise PeriodOver(
            _("This came too late: the period ended on %(day)s.")
            % {"day": row.last_day.isoformat()}
        )


def _check_grant(row: Deadline, grant: Grant) -> None:
    if not row.clock["extendable"]:
        raise ExtensionRefused(_("The law of this case does not let this clock be extended."))
    if not grant.reason.strip():
        sentence = _("Write down why more time is granted.")
        raise ExtensionRefused(sentence, fields={"reason": sentence})
    if not 1 <= grant.length <= MOST_AT_ONCE:
        sentence = _("Grant from 1 to %(most)d at once.") % {"most": MOST_AT_ONCE}
        raise ExtensionRefused(sentence, fields={"length": sentence})


def _check_cap(facts: Facts, calendars: Shelf) -> None:
    limit = latest(facts.clock, facts.triggered_at, calendars)
    cap = facts.clock.cap
    if cap is None or limit is None or not _passes_cap(facts, calendars):
        return
    sentence = _("%(cap)s at most (%(source)s): the last day possible is %(latest)s.") % {
        "cap": _in_words(cap),
        "source": cap.source[0].norm.in_language(get_language() or "en"),
        "latest": date_format(limit.last_day, "DATE_FORMAT"),
    }
    raise ExtensionRefused(sentence, fields={"length": sentence})


def _passes_cap(facts: Facts, calendars: Shelf) -> bool:
    limit = latest(facts.clock, facts.triggered_at, calendars)
    free = replace(facts, clock=replace(facts.clock, cap=None))
    try:
        return limit is not None and _end(free, calendars) > limit.due_at
    except CalendarError as error:
        raise ExtensionRefused(str(error)) from error


def _end(facts: Facts, calendars: Shelf) -> datetime:
    return compute(facts.clock, facts.triggered_at, facts.halts, facts.extension, calendars).due_at


def _reckoned(facts: Facts, now: datetime, calendars: Shelf) -> dict[str, Any]:
    try:
        return reckon(facts, now, calendars)
    except CalendarError as error:
        raise ExtensionRefused(str(error)) from error


def _explained(
    row: Deadline, fields: dict[str, Any], grant: Grant, now: datetime
) -> dict[str, Any]:
    """The fields, with a step more that tells when the time was granted and what it moved."""
    local = now.astimezone(ZoneInfo(row.clock["zone"])).isoformat()
    about = {"moment": local, "length": grant.length, "unit": row.clock["unit"]}
    if fields["due_at"] == row.due_at:
        step = Step("granted", {**about, "date": row.last_day.isoformat()})
    else:
        span = {"from": row.last_day.isoformat(), "to": fields["last_day"].isoformat()}
        step = Step("prolonged", {**about, **span})
    more = [step.as_json()]
    return {
        **fields,
        "history": [*fields["history"], *more],
        "derivation": [*fields["derivation"], *more],
    }


def _keep(row: Deadline, grant: Grant, actor: Actor, now: datetime, before: datetime) -> None:
    Extension.objects.create(
        deadline=row,
        length=grant.length,
        unit=row.clock["unit"],
        reason=grant.reason.strip(),
        paper_id=grant.paper,
        granted_by=actor.key,
        granted_at=now,
        due_before=before,
        due_after=row.due_at,
    )


def _hash_of(paper: UUID | None) -> str | None:
    return SealedFile.objects.get(pk=paper).sha256 if paper else None


def _in_words(cap: Cap) -> str:
    words = {
        Unit.WORKING_DAYS: ngettext("%(n)d working day", "%(n)d working days", cap.length),
        Unit.CALENDAR_DAYS: ngettext("%(n)d calendar day", "%(n)d calendar days", cap.length),
        Unit.MONTHS: ngettext("%(n)d month", "%(n)d months", cap.length),
        Unit.HOURS: ngettext("%(n)d hour", "%(n)d hours", cap.length),
    }
    return words[cap.unit] % {"n": cap.length}
