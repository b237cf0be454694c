"""The clock of the answer to an appeal against a sanction: no law gives a figure, so the operator chose one."""

from django.conf import settings

from regimes.pack import Clock, Pack
from regimes.vocabulary import ClockKind, Unit
from regimes.words import Text

_LABEL = Text("Answer to an appeal against a sanction", "答复用户对处置的申诉")
_AFTER = Text(
    "A house figure, not the law's: answer now; a person who had no part in the sanction decides.",
    "此为平台自定时限，并非法定时限：请尽快答复，由未参与该处置的人员决定。",
)
_STANDARD = Text("timely, diligently and without arbitrariness", "及时、审慎、不得任意")


def appeal_clock(pack: Pack) -> Clock:
    """SANCTION_APPEAL_DAYS whole calendar days in the pack's zone."""
    return Clock(
        key=f"{pack.id}.sanction_appeal",
        label=_LABEL,
        trigger="sanction_appeal.filed",
        owes="provider",
        length=settings.SANCTION_APPEAL_DAYS,
        unit=Unit.CALENDAR_DAYS,
        calendar=pack.clocks[0].calendar,
        kind=ClockKind.HOUSE_SLA,
        consequence=_AFTER,
        source=(),
        zone=pack.zone,
        cutoff=pack.cutoff,
        roll=False,
        extendable=True,
        standard=_STANDARD,
    )
