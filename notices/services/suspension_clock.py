"""The clock of a suspension: the law says "a reasonable period", so a person chose the figure."""

from regimes.pack import Clock, Pack, Policy
from regimes.vocabulary import Bound, ClockKind, Unit
from regimes.words import Text

_LABEL = Text("Suspension of filing", "暂停提交通知")
_AFTER = Text("The filer may file again.", "通知人可以重新提交通知。")


def suspension_clock(pack: Pack, policy: Policy, days: int) -> Clock:
    """So many calendar days in the pack's zone, whole days, not moved past days of rest."""
    return Clock(
        key=f"{pack.id}.suspension",
        label=_LABEL,
        trigger="filer.suspended",
        owes="filer",
        length=days,
        unit=Unit.CALENDAR_DAYS,
        calendar=pack.clocks[0].calendar,
        kind=ClockKind.HOUSE_SLA,
        consequence=_AFTER,
        source=policy.source,
        zone=pack.zone,
        cutoff=pack.cutoff,
        roll=False,
        bound=Bound.NOT_BEFORE,
        standard=policy.text,
    )
