"""What the other side sees of the filer, before and after a counter-notice."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from notices.services.disclosure import FILER_NAME, name_as, strictest
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

    `regime` is the one that decides, named where the regimes of a case differ.
    """

    label: str
    at_once: str
    later: str
    reason: str
    regime: str


def preview(packs: Sequence[Pack], told: Told, language: str) -> list[Seen]:
    """One row for each item that any regime speaks of, as the letter will have it: the strictest decides."""
    rules: dict[str, list[tuple[Pack, Disclosure]]] = {}
    for pack in packs:
        for one in what_each_side_sees(pack, Side.RESPONDENT):
            rules.setdefault(one.item, []).append((pack, one))
    return [_row(packs, found, told, language) for found in rules.values()]


def _row(
    packs: Sequence[Pack], found: list[tuple[Pack, Disclosure]], told: Told, language: str
) -> Seen:
    item = found[0][1].item
    at_once = strictest(packs, item)
    later = strictest(packs, item, [one.until for _pack, one in found if one.until])
    decides, rule = next((pair for pair in found if pair[1].show is at_once), found[0])
    differ = len({(one.show, one.until) for _pack, one in found}) > 1 or len(found) < len(packs)
    return Seen(
        rule.label.in_language(language),
        _shown(item, at_once, told),
        _shown(item, later, told),
        rule.reason.in_language(language) if rule.show is at_once else "",
        decides.title.in_language(language) if differ and rule.show is at_once else "",
    )


def _shown(item: str, show: Show, told: Told) -> str:
    if show is Show.SHOWN:
        return _full(item, told)
    partly = name_as(show, told.name) if item == FILER_NAME else ""
    return partly or _("Not disclosed")


def _full(item: str, told: Told) -> str:
    words = {
        FILER_NAME: told.name or _("Your name"),
        "filer_contact": told.contact or _("Your contact details"),
        "notice_content": _("“%(work)s”, %(items)d items, %(points)d points of similarity")
        % {"work": told.work, "items": told.items, "points": told.points},
    }
    return words.get(item, _("Disclosed"))
