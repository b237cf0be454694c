"""The clock of a ticket: no law gives a figure for changing a model, so the operator chose one."""

from django.conf import settings

from regimes.pack import Clock, Pack
from regimes.vocabulary import ClockKind, Unit
from regimes.words import Text

_LABEL = Text("Change the model", "模型优化")
_AFTER = Text(
    "A house figure, not the law's: see what holds the engineers up, and tell the right holder.",
    "此为平台自定时限，并非法定时限；逾期应当查明原因，并告知权利人。",
)
_STANDARD = Text(
    "so that related prompts in users' normal use give no substantially similar content",
    "使用户在正常使用相关提示词时，不再生成实质性相似的内容",
)


def ticket_clock(pack: Pack) -> Clock:
    """TICKET_DAYS calendar days from the order on, in the pack's zone."""
    return Clock(
        key=f"{pack.id}.ticket",
        label=_LABEL,
        trigger="measure.ordered",
        owes="provider",
        length=settings.TICKET_DAYS,
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
