"""From what staff ticked to the measures that are ordered."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from casework.kin import kin_of_items
from measures.errors import BadOrder
from measures.rules import ON_ARTEFACT, TARGETS, Family, takedown_of
from measures.services.orders import Order
from notices.models import ClaimedItem
from platforms.models import Artefact, ArtefactKin, ArtefactKind, KinRelation, PlatformUser


@dataclass(frozen=True)
class BlockChoice:
    """How prompts are blocked, besides the terms. `expires_at` (UTC) is when the rule ends by itself."""

    aliases: Sequence[str] = ()
    allow: Sequence[str] = ()
    mode: str = "block"
    fields: Sequence[str] = ("prompt",)
    territory: str = ""
    expires_at: datetime | None = None
    names_person: bool = False


@dataclass(frozen=True)
class Choice:
    """The families ticked, the terms and probe prompts given, the sanction for each user, and what else is meant.

    `kin` are artefacts that an upheld item reaches, with that item; `spared` the ids of upheld items, as text,
    that are left as they are. `ends`: when (UTC) the sanction on a user ends by itself, where a term was given.
    """

    families: Sequence[str]
    terms: Sequence[str] = ()
    probes: Sequence[str] = ()
    sanctions: Mapping[PlatformUser, str] | None = None
    kin: Sequence[tuple[ClaimedItem, Artefact]] = ()
    spared: Set[str] = frozenset()
    ends: Mapping[PlatformUser, datetime] | None = None
    block: BlockChoice = field(default_factory=BlockChoice)


# The script tells the language, the first that fits: kana before Han, for Japanese is written in both.
_SCRIPTS: Final = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh-Hans", re.compile(r"[\u3400-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
_TAGGED: Final = re.compile(r"(?P<text>.*\S)\s*\[(?P<tag>[a-z]{2,3}(-[A-Za-z0-9]{2,8})*)\]")


def orders_for(items: Sequence[ClaimedItem], choice: Choice) -> list[Order]:
    """One order for each upheld thing that a ticked family can act on and each kin, one block, one sanction a user."""
    orders = [
        Order(family, item=item, parameters=_ticket(family, choice))
        for item in items
        if str(item.id) not in choice.spared
        for family in choice.families
        if _acts_on(family, item)
    ]
    if Family.MODEL_OPTIMISATION in choice.families:
        orders += _makers(items, choice)
    orders += [
        Order(takedown_of(artefact.kind), item=item, artefact=artefact)
        for item, artefact in choice.kin
    ]
    if Family.PROMPT_BLOCK in choice.families:
        orders.append(block_order(choice.terms, choice.block))
    return orders + _sanctions(items, choice)


def block_order(terms: Sequence[str], block: BlockChoice) -> Order:
    """One block of these terms and their aliases."""
    aliases = [{**term, "alias": True} for term in _tagged(block.aliases)]
    return Order(
        Family.PROMPT_BLOCK,
        parameters={
            "terms": [*_tagged(terms), *aliases],
            "allow": _tagged(block.allow),
            "mode": block.mode,
            "fields": list(block.fields),
            "names_person": block.names_person,
        },
        territory=block.territory,
        expires_at=block.expires_at,
    )


def _acts_on(family: str, item: ClaimedItem) -> bool:
    if family not in ON_ARTEFACT or item.artefact is None:
        return False
    return item.artefact.kind in TARGETS[Family(family)]


def _makers(items: Sequence[ClaimedItem], choice: Choice) -> list[Order]:
    """Tickets for the models that made the upheld outputs, where none of the items is a model itself.

    It may be a third party's, called through its interface: then it was never claimed, and nobody here trained it.
    """
    family = Family.MODEL_OPTIMISATION
    if any(_acts_on(family, item) for item in items):
        return []
    made = [item for item in items if item.artefact and str(item.id) not in choice.spared]
    lines = [(one.item, line.row) for one in kin_of_items(made, most=None) for line in one.lines]
    above = [(item, row) for item, row in lines if row.relation == KinRelation.BASE_MODEL]
    makers: dict[UUID, Order] = {}
    for item, row in _nearest(above):
        if row.kin.kind in TARGETS[family]:
            order = Order(family, item=item, artefact=row.kin, parameters=_ticket(family, choice))
            makers.setdefault(row.kin_id, order)
    return list(makers.values())


def _nearest(
    above: Sequence[tuple[ClaimedItem, ArtefactKin]],
) -> list[tuple[ClaimedItem, ArtefactKin]]:
    """Of each item's models the one that says most of it: the LoRA before the model that it runs on."""
    found: dict[UUID, tuple[ClaimedItem, ArtefactKin]] = {}
    for item, row in sorted(above, key=lambda pair: (_depth(pair[1]), pair[1].kin.external_id)):
        found.setdefault(item.id, (item, row))
    return list(found.values())


def _depth(row: ArtefactKin) -> tuple[int, bool]:
    return row.steps, row.kin.kind != ArtefactKind.MODEL_VERSION


def _ticket(family: str, choice: Choice) -> dict[str, object]:
    if family != Family.MODEL_OPTIMISATION:
        return {}
    probes = [{"suite": "normal", "prompt": prompt} for prompt in choice.probes]
    return {"terms": _tagged(choice.terms), "probes": probes}


def _sanctions(items: Sequence[ClaimedItem], choice: Choice) -> list[Order]:
    return [
        Order(
            Family.USER_SANCTION,
            item=_item_of(person, items),
            platform_user=person,
            level=level,
            expires_at=(choice.ends or {}).get(person),
        )
        for person, level in (choice.sanctions or {}).items()
    ]


def _item_of(person: PlatformUser, items: Sequence[ClaimedItem]) -> ClaimedItem:
    """What the sanction is for. Without it nobody would be told why, or could contest: BadOrder."""
    own = [item for item in items if item.artefact and item.artefact.owner_id == person.id]
    if not own:
        raise BadOrder(nothing_upheld(person))
    return own[0]


def nothing_upheld(person: PlatformUser) -> str:
    """The sentence for a sanction against somebody none of whose items was upheld."""
    return _("Nothing of %(handle)s was upheld: there is nothing to sanction them for.") % {
        "handle": person.handle or person.external_id
    }


def _tagged(terms: Sequence[str]) -> list[dict[str, str]]:
    return [_term(term) for term in terms]


def _term(given: str) -> dict[str, str]:
    """The term and the tag of its language: as somebody wrote it behind, or as the script tells."""
    if found := _TAGGED.fullmatch(given):
        return {"text": found["text"], "language": found["tag"]}
    tags = (tag for tag, script in _SCRIPTS if script.search(given))
    return {"text": given, "language": next(tags, "en")}
