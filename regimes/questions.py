"""Pure questions to a pack, so that no other room reads its fields by hand."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from regimes.errors import UnknownKey
from regimes.pack import Clock, Disclosure, Hold, Pack, Policy
from regimes.vocabulary import Bound, ClockKind, PutBackMode, Show


class Side(StrEnum):
    """Who looks at a case from outside."""

    FILER = "filer"
    RESPONDENT = "respondent"
    PUBLIC = "public"


def notice_labels(packs: Iterable[Pack], language: str) -> dict[str, str]:
    """The words for each element of a notice under these packs, by its key, in the packs' order."""
    return {e.key: e.label.in_language(language) for pack in packs for e in pack.notice_elements}


def counter_labels(pack: Pack, language: str) -> dict[str, str]:
    """The words for each element of a counter-notice under this pack, by its key, in its order."""
    return {e.key: e.label.in_language(language) for e in pack.counter_elements}


def clock(pack: Pack, key: str) -> Clock:
    """The clock of this key. Raises UnknownKey."""
    for one in pack.clocks:
        if one.key == key:
            return one
    raise UnknownKey(f"{pack.id} has no clock {key!r}; see regimes/packs/{pack.id}.")


def clocks_started_by(pack: Pack, event: str) -> tuple[Clock, ...]:
    """The clocks with a figure that `event` sets going; those without one are standards, see `standards`."""
    return tuple(one for one in pack.clocks if one.trigger == event and one.has_figure)


def standards(pack: Pack) -> tuple[Clock, ...]:
    """The law's standards without a number ("timely", "promptly"), for the public page of time limits."""
    return tuple(one for one in pack.clocks if one.kind is ClockKind.SOFT_STANDARD)


def house_clock(pack: Pack, name: str) -> Clock | None:
    """The house's own clock of this name, the last part of its key (`decide` of `cn.house.decide`), or None."""
    own = (one for one in pack.clocks if one.is_house_choice)
    return next((one for one in own if one.key.rsplit(".", 1)[-1] == name), None)


def house_clocks(pack: Pack, standard_key: str) -> tuple[Clock, ...]:
    """The figures the house put to a soft standard, none when it published none."""
    return tuple(one for one in pack.clocks if one.standard_of == standard_key)


def statutory_figures(pack: Pack) -> tuple[Clock, ...]:
    """The clocks whose figure is the law's own."""
    return tuple(one for one in pack.clocks if one.kind is ClockKind.STATUTORY_NUMBER)


def waiting_clock(pack: Pack) -> Clock | None:
    """The clock of the waiting period after a counter-notice, None where the regime has none."""
    return clock(pack, pack.wait.clock) if pack.wait else None


def window_end_clock(pack: Pack) -> Clock | None:
    """The clock by which a restoration has to be done at the latest, where the law gives a window."""
    return clock(pack, pack.wait.window_end) if pack.wait and pack.wait.window_end else None


def put_back_clock(pack: Pack) -> Clock | None:
    """The clock by which what was taken away has to be back: the end of the window, else the one that
    starts when a counter-notice prevails; None where the pack has a figure for neither."""
    started = clocks_started_by(pack, "counter_notice.prevailed")
    return window_end_clock(pack) or next(iter(started), None)


def waits_from_receipt(pack: Pack) -> bool:
    """Whether the period runs from the receipt of the counter-notice, and not from its arrival."""
    return pack.wait is not None and pack.wait.start_event == "counter_notice.filed"


def complaint_window(pack: Pack) -> Clock | None:
    """The clock for which complaints against a decision stay possible, None where there is no last day."""
    told = clocks_started_by(pack, "decision.told")
    return next((one for one in told if one.bound is Bound.AT_LEAST), None)


def out_of_court(pack: Pack) -> bool:
    """Whether the parties may turn to a certified out-of-court body under this regime."""
    return any(one.owes == "ods_body" for one in pack.clocks)


def put_back_mode(pack: Pack) -> PutBackMode:
    """What a counter-notice does to the measures under this regime."""
    return pack.put_back_mode


def hold(pack: Pack, event: str) -> Hold | None:
    """What `event` (proof of suit, court order) does to the waiting period, None when it does nothing."""
    return next((one for one in pack.hold_events if one.event == event), None)


def what_each_side_sees(pack: Pack, side: str) -> tuple[Disclosure, ...]:
    """What `side` may see of the other's data, item by item. Raises UnknownKey for a side that is not one."""
    if side not in set(Side):
        raise UnknownKey(f"No side {side!r}; there are {', '.join(Side)}.")
    return tuple(one for one in pack.disclosures if one.side == side)


def how_shown(pack: Pack, side: str, item: str, happened: Sequence[str] = ()) -> Show:
    """How much `side` sees of `item`, given the names of the events that have happened in the case.

    What the pack does not mention is hidden. Raises UnknownKey.
    """
    rules = [one for one in what_each_side_sees(pack, side) if one.item == item]
    if any(one.until and one.until in happened for one in rules):
        return Show.SHOWN
    return max((one.show for one in rules), key=list(Show).index, default=Show.HIDDEN)


def shows(pack: Pack, side: str, item: str, happened: Sequence[str] = ()) -> bool:
    """Whether `side` sees `item` in full; as `how_shown`."""
    return how_shown(pack, side, item, happened) is Show.SHOWN


def abuse_policy(pack: Pack, side: str = "notifier") -> Policy | None:
    """How abuse by this side (`notifier`, `counter`) is met, None where the pack has no rule.

    A pack with one policy alone has it for both: 17 USC 512(f) speaks of any person, and Regulation 2022/2065
    art. 23(2) of notices and complaints.
    """
    if len(pack.abuse_policy) == 1:
        return pack.abuse_policy[0]
    return next((one for one in pack.abuse_policy if one.key == side), None)
