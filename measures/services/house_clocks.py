"""Clocks of what the operator itself owes where no law gives a figure: the operator chose one.

Each is due to the provider, in the pack's zone, from the moment its trigger names.
"""

from dataclasses import dataclass

from django.conf import settings

from regimes.pack import Clock, Pack
from regimes.vocabulary import ClockKind, Unit
from regimes.words import Text


@dataclass(frozen=True)
class _Words:
    """What a clock is called, what to do when it ran out, and what the law says instead of a figure."""

    label: Text
    consequence: Text
    standard: Text


_APPEAL = _Words(
    Text("Answer to an appeal against a sanction", "答复用户对处置的申诉"),
    Text(
        "A house figure, not the law's: answer now; a person who had no part in the sanction decides.",
        "此为平台自定时限，并非法定时限：请尽快答复，由未参与该处置的人员决定。",
    ),
    Text("timely, diligently and without arbitrariness", "及时、审慎、不得任意"),
)
_MATCH = _Words(
    Text("Decision on a match of the output check", "对输出检查匹配结果作出决定"),
    Text(
        "A house figure, not the law's: decide on the match.",
        "此为平台自定时限，并非法定时限；逾期应当对该匹配结果作出决定。",
    ),
    Text(
        "without undue delay once the service learnt of the likeness",
        "服务提供者知悉相似情形后，及时",
    ),
)
_TICKET = _Words(
    Text("Change the model", "模型优化"),
    Text(
        "A house figure, not the law's: see what holds the engineers up, and tell the right holder.",
        "此为平台自定时限，并非法定时限；逾期应当查明原因，并告知权利人。",
    ),
    Text(
        "so that related prompts in users' normal use give no substantially similar content",
        "使用户在正常使用相关提示词时，不再生成实质性相似的内容",
    ),
)
_UPSTREAM = _Words(
    Text("Acknowledgement by the upstream provider", "上游提供者确认"),
    Text(
        "A house figure, not the law's: remind the provider, and record what it answers.",
        "此为平台自定时限，并非法定时限；逾期应当催告上游提供者，并记录其答复。",
    ),
    Text(
        "in good time, as far as the provider's model makes the content",
        "在其模型生成相关内容的范围内，及时",
    ),
)


def appeal_clock(pack: Pack) -> Clock:
    """SANCTION_APPEAL_DAYS whole calendar days from the filing of the appeal on."""
    days = settings.SANCTION_APPEAL_DAYS
    return _house(
        pack, "sanction_appeal", "sanction_appeal.filed", days, Unit.CALENDAR_DAYS, _APPEAL
    )


def match_clock(pack: Pack) -> Clock:
    """MATCH_DECIDE_HOURS hours from the moment the match was picked up."""
    return _house(pack, "match", "match.review", settings.MATCH_DECIDE_HOURS, Unit.HOURS, _MATCH)


def ticket_clock(pack: Pack) -> Clock:
    """TICKET_DAYS calendar days from the order on."""
    days = settings.TICKET_DAYS
    return _house(pack, "ticket", "measure.ordered", days, Unit.CALENDAR_DAYS, _TICKET)


def upstream_clock(pack: Pack) -> Clock:
    """UPSTREAM_ACKNOWLEDGE_HOURS hours from the letter on."""
    hours = settings.UPSTREAM_ACKNOWLEDGE_HOURS
    return _house(pack, "upstream", "upstream.passed_on", hours, Unit.HOURS, _UPSTREAM)


def _house(pack: Pack, key: str, trigger: str, length: int, unit: Unit, words: _Words) -> Clock:
    return Clock(
        key=f"{pack.id}.{key}",
        label=words.label,
        trigger=trigger,
        owes="provider",
        length=length,
        unit=unit,
        calendar=pack.clocks[0].calendar,
        kind=ClockKind.HOUSE_SLA,
        consequence=words.consequence,
        source=(),
        zone=pack.zone,
        cutoff=pack.cutoff,
        roll=False,
        extendable=True,
        standard=words.standard,
    )
