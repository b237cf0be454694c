"""What the other side sees of the filer, regime by regime, before and after a counter-notice."""

from collections import Counter
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from notices.services.disclosure import FILER_NAME, name_as
from regimes.pack import Disclosure, Pack
from regimes.questions import Side, what_each_side_sees
from regimes.vocabulary import Show


@dataclass(frozen=True)
class Told:
    """What the filer said that the other side may come to see."""

    name: str
    contact: str
    work: str
    items: int
    points: int


@dataclass(frozen=True)
class Seen:
    """One row of the preview: what is seen at once, and what only later; why.

    `regime` is named where the regimes of a case differ.
    """

    label: str
    at_once: str
    later: str
    reason: str
    regime: str


def preview(packs: list[Pack], told: Told, language: str) -> list[Seen]:
    """The rows of the preview. Where several regimes differ, each has its row."""
    rows: dict[tuple[str, str, str], Seen] = {}
    for pack in packs:
        for one in what_each_side_sees(pack, Side.RESPONDENT):
            row = _row(one, told, language, pack.title.in_language(language))
            rows.setdefault((one.item, row.at_once, row.later), row)
    times = Counter(item for item, _now, _later in rows)
    order = {item: place for place, item in enumerate(times)}
    return [
        replace(row, regime=row.regime if times[item] > 1 else "")
        for (item, _now, _later), row in sorted(rows.items(), key=lambda pair: order[pair[0][0]])
    ]


def _row(one: Disclosure, told: Told, language: str, regime: str) -> Seen:
    full = _full(one.item, told)
    hidden = _("Not disclosed")
    partly = name_as(one.show, told.name) if one.item == FILER_NAME else ""
    at_once = full if one.show is Show.SHOWN else partly or hidden
    later = full if one.until or one.show is Show.SHOWN else hidden
    return Seen(
        one.label.in_language(language), at_once, later, one.reason.in_language(language), regime
    )


def _full(item: str, told: Told) -> str:
    words = {
        FILER_NAME: told.name or _("Your name"),
        "filer_contact": told.contact or _("Your contact details"),
        "notice_content": _("“%(work)s”, %(items)d items, %(points)d points of similarity")
        % {"work": told.work, "items": told.items, "points": told.points},
    }
    return words.get(item, _("Disclosed"))
