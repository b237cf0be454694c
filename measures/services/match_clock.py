"""The clock of a match that waits for a person: no law gives a figure, so the operator chose one."""

from django.conf import settings

from regimes.pack import Clock, Pack
from regimes.vocabulary import ClockKind, Unit
from regimes.words import Text

_LABEL = Text("Decision on a match of the output check", "对输出检查匹配结果作出决定")
_AFTER = Text(
    "A house figure, not the law's: decide on the match.",
    "此为平台自定时限，并非法定时限；逾期应当对该匹配结果作出决定。",
)
_STANDARD = Text(
    "without undue delay once the service learnt of the likeness",
    "服务提供者知悉相似情形后，及时",
)


def match_clock(pack: Pack) -> Clock:
    """MATCH_DECIDE_HOURS hours from the moment the match was picked up, in the pack's zone."""
    return Clock(
        key=f"{pack.id}.match",
        label=_LABEL,
        trigger="match.review",
        owes="provider",
        length=settings.MATCH_DECIDE_HOURS,
        unit=Unit.HOURS,
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
