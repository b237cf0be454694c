"""A clock that runs goes on under the terms of another version of its pack, because a person moved the case."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from common.actors import Actor
from common.transactions import lock_case
from deadlines.calendars.steps import Step, Value
from deadlines.models import Deadline
from deadlines.registry import Change
from deadlines.services.informing import tell_moved
from deadlines.services.lifecycle import Occasion, record
from deadlines.services.reckoning import RECKONED, facts_of, reckon
from deadlines.services.starting import PackVersion
from deadlines.shelf import shelf
from deadlines.states import State
from deadlines.terms import freeze, thaw
from regimes.pack import Clock

MOVABLE: Final = (State.RUNNING, State.PAUSED)
_WRITTEN: Final = (*RECKONED, "clock", "pack_version", "owes")


def put_under(
    row: Deadline, clock: Clock, pack: PackVersion, *, actor: Actor, now: datetime
) -> bool:
    """Count the row anew by `clock`, from its own trigger, with its pauses; whether that was done.

    Left as it is: what has ended or run out, a clock whose terms are the same, one without a figure, and one
    that would have ended already, since nobody is late by a law that came later. Takes the case lock; ledger:
    deadline.put_under; the kind's `moved` is told when the date moved. Raises CalendarError.
    """
    lock_case(row.case_id)
    row = Deadline.objects.get(pk=row.pk)
    if not _may_move(row, clock, now):
        return False
    facts = replace(facts_of(row), clock=clock)
    fields = reckon(facts, now, shelf())
    if fields["due_at"] <= now:
        return False
    before, why = row.due_at, _why(row, clock, pack, fields, now)
    fields["history"] = [*fields["history"], why.as_json()]
    fields["derivation"] = [*fields["derivation"], why.as_json()]
    fields |= {"clock": freeze(clock), "pack_version": pack.version, "owes": clock.owes}
    for name in _WRITTEN:
        setattr(row, name, fields[name])
    row.save(update_fields=_WRITTEN)
    moved_by = {"due_before": before.isoformat(), "pack": f"{pack.id} {pack.version}"}
    record(row, "deadline.put_under", Occasion(actor, now, now), moved_by)
    if row.due_at != before:
        tell_moved(row, Change(before, (why,)), now)
    return True


def _may_move(row: Deadline, clock: Clock, now: datetime) -> bool:
    same = thaw(row.clock) == clock
    return row.state in MOVABLE and row.due_at > now and clock.has_figure and not same


def _why(
    row: Deadline, clock: Clock, pack: PackVersion, fields: dict[str, Any], now: datetime
) -> Step:
    said: dict[str, Value] = {
        "moment": now.astimezone(ZoneInfo(clock.zone)).isoformat(),
        "version": f"{pack.id} {pack.version}",
        "length": clock.length,
        "unit": clock.unit.value,
    }
    if fields["last_day"] == row.last_day:
        return Step("kept_day", {**said, "date": row.last_day.isoformat()})
    span = {"from": row.last_day.isoformat(), "to": fields["last_day"].isoformat()}
    return Step("new_terms", {**said, **span})
