"""The reasons of a proposed step, in both languages. Pure: no database, no clock.

They are kept as both texts at once because they go to people of either language and into the ledger.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from regimes.words import Text

STEP_NAMES: Final[Mapping[str, Text]] = {
    "": Text("a notice without a mark", "仅告知，不计分"),
    "warn": Text("warning", "警示"),
    "restrict": Text("restriction", "限制功能"),
    "suspend": Text("suspension", "暂停服务"),
    "terminate": Text("termination", "终止服务"),
}


def score(sum_: int, cases: int) -> Text:
    """What counts now."""
    return Text(
        f"Marks that count now: {sum_}, from {cases} {'case' if cases == 1 else 'cases'}.",
        f"目前计入的分值为{sum_}，来自{cases}起案件。",
    )


def threshold(step: str, thresholds: Mapping[str, int]) -> Text:
    """From which sum on the step is proposed."""
    if not step:
        least = min(thresholds.values())
        return Text(f"The first step begins at {least}.", f"第一级自{least}分起。")
    name = STEP_NAMES[step]
    return Text(
        f"From {thresholds[step]} on the policy proposes: {name.en}.",
        f"按现行规则，自{thresholds[step]}分起建议：{name.zh_hans}。",
    )


def first_in_good_faith() -> Text:
    """Why the first case is not in the sum."""
    return Text(
        "The user's first case, in good faith, leaves no mark.",
        "用户首次被认定且属善意，不计分。",
    )


def voided(number: int) -> Text:
    """Entries that were lifted."""
    return Text(
        f"Voided, so counted as never given: {number}.",
        f"已撤销、视为自始不存在的记录：{number}条。",
    )


def expired(number: int) -> Text:
    """Entries whose time is over."""
    return Text(f"Expired, no longer counted: {number}.", f"已到期、不再计入的记录：{number}条。")


def contested(number: int) -> Text:
    """Entries with an open counter-notice."""
    return Text(
        f"Not counted while a counter-notice is open: {number}.",
        f"不侵权声明处理期间暂不计入的记录：{number}条。",
    )


def share_unknown() -> Text:
    """The platform did not say how much the user has."""
    return Text(
        "The share of upheld items among all that the user has is not known: ask the service.",
        "被认定内容占该用户全部内容的比例未知：可向服务查询。",
    )


def share(upheld: int, items: int) -> Text:
    """The share of what was upheld."""
    return Text(
        f"Upheld and counting: {upheld} of {items} things of this user.",
        f"计入的被认定内容：该用户{items}项内容中的{upheld}项。",
    )


def small_share(upheld: int, items: int) -> Text:
    """Why one step less."""
    return Text(
        f"Only {upheld} of {items} things of this user were upheld: one step less.",
        f"该用户{items}项内容中仅{upheld}项被认定：降低一级。",
    )


def warned() -> Text:
    """The law's condition is met."""
    return Text(
        "A warning was told before the latest notice was filed.",
        "在最近一次通知提交之前已告知警示。",
    )


def not_warned(laws: Sequence[Text]) -> Text:
    """Why it stays at a warning."""
    if not laws:
        return Text(
            "No warning was told before: by the policy nothing above a warning comes first.",
            "此前未告知过警示：按现行规则，首先只能警示。",
        )
    return Text(
        f"No warning was told before, and {_and([one.en for one in laws])} wants one first.",
        f"此前未告知过警示，而{'、'.join(one.zh_hans for one in laws)}要求事先警示。",
    )


def no_such_step(step: str, laws: Sequence[Text]) -> Text:
    """Why the law has it one step less."""
    name = STEP_NAMES[step]
    return Text(
        f"{_and([one.en for one in laws])} names no such step as: {name.en}.",
        f"{'、'.join(one.zh_hans for one in laws)}未规定此级处置：{name.zh_hans}。",
    )


def appropriate_circumstances() -> Text:
    """17 U.S.C. 512(i) gives no number, and neither does any other law here."""
    return Text(
        "No law names a number for the end of the service: whether the circumstances are appropriate "
        "is for the people who decide, and a second person must agree.",
        "法律未规定终止服务的次数标准：是否属于适当情形由决定人判断，并须经另一人复核同意。",
    )


def _and(names: Sequence[str]) -> str:
    return " and ".join(names)
