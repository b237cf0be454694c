"""The clock of an upstream provider's acknowledgement: no law gives a figure, so the operator chose one."""

from django.conf import settings

from regimes.pack import Clock, Pack
from regimes.vocabulary import ClockKind, Unit
from regimes.words import Text

_LABEL = Text("Acknowledgement by the upstream provider", "上游提供者确认")
_AFTER = Text(
    "A house figure, not the law's: remind the provider, and record what it answers.",
    "此为平台自定时限，并非法定时限；逾期应当催告上游提供者，并记录其答复。",
)
_STANDARD = Text(
    "in good time, as far as the provider's model makes the content",
    "在其模型生成相关内容的范围内，及时",
)


def acknowledgement_clock(pack: Pack) -> Clock:
    """UPSTREAM_ACKNOWLEDGE_HOURS hours from the letter on, in the pack's zone."""
    return Clock(
        key=f"{pack.id}.upstream",
        label=_LABEL,
        trigger="upstream.passed_on",
        owes="provider",
        length=settings.UPSTREAM_ACKNOWLEDGE_HOURS,
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
