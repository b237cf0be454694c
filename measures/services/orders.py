"""What staff order: one measure, on one target, for one item."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from measures.errors import BadOrder
from measures.rules import ON_ARTEFACT, TARGETS, Family, Level, Suite
from notices.models import Case, ClaimedItem
from notices.states import ItemOutcome
from platforms.models import Artefact, PlatformUser

Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class Order:
    """One measure to be taken.

    `artefact` is the target of a removal, takedown or ticket (by default the item's own),
    `platform_user` that of a sanction; a prompt block targets its terms. `parameters`, by family:
    prompt block `{"terms": [{"text", "language", "alias"}], "allow": [{"text", "language"}], "mode", "fields",
    "names_person"}`;
    ticket `{"terms": [...], "probes": [{"suite": "normal"|"adversarial", "prompt"}]}`.
    `expires_at` (UTC) ends a sanction or block by itself; None means until it is lifted.
    `too_wide` is found by trying a block (measures/services/widths.py), whatever was given.
    """

    family: str
    item: ClaimedItem | None = None
    artefact: Artefact | None = None
    platform_user: PlatformUser | None = None
    level: str = ""
    parameters: Parameters = field(default_factory=dict)
    territory: str = ""
    expires_at: datetime | None = None
    too_wide: bool = False

    def target(self) -> Artefact | PlatformUser | None:
        """What is acted on; None for a prompt block. Raises BadOrder when it is missing."""
        if self.family == Family.PROMPT_BLOCK:
            return None
        if self.family == Family.USER_SANCTION:
            found: Artefact | PlatformUser | None = self.platform_user
        else:
            found = self.artefact or (self.item.artefact if self.item else None)
        if found is None:
            raise BadOrder(_("Say what the measure acts on: its target is not known here."))
        return found

    def terms_digest(self) -> str:
        """SHA-256 over what makes two prompt blocks the same; '' for every other family."""
        if self.family != Family.PROMPT_BLOCK:
            return ""
        terms = sorted(_folded(self.parameters.get("terms", ())))
        allow = sorted(_folded(self.parameters.get("allow", ())))
        mode = self.parameters.get("mode", "block")
        told = [terms, allow, mode, self.territory]
        if (fields := sorted(self.parameters.get("fields", ("prompt",)))) != ["prompt"]:
            told.append(fields)
        text = json.dumps(told, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def sort_key(self) -> tuple[bool, str, str, str]:
        """One order for all services, so that two of them never wait for each other.

        Prompt blocks come last: a rule that begins holds up every other rule until the commit.
        """
        target = self.target()
        name = str(target.id) if target else self.terms_digest()
        return target is None, self.family, name, self.level


def check(order: Order, case: Case, items: Mapping[UUID, ClaimedItem]) -> None:
    """Raise BadOrder unless the order fits its target, its item and its case.

    `items` are the case's as they are now, with their artefacts: what an order carries may be older.
    """
    if order.family not in Family.values:
        raise BadOrder(_("There is no such kind of measure."))
    target = order.target()
    if target is not None and target.platform_id != case.platform_id:
        raise BadOrder(_("The target belongs to another platform than the case."))
    _check_item(order, items)
    if order.platform_user is not None:
        _check_owner(order, order.platform_user, items)
    if order.family in ON_ARTEFACT:
        _check_kind(order)
    if (order.level in Level.values) != (order.family == Family.USER_SANCTION):
        raise BadOrder(_("A sanction, and nothing else, has a level: choose one."))
    if order.family in {Family.PROMPT_BLOCK, Family.MODEL_OPTIMISATION}:
        _check_terms(order.parameters)


def _check_item(order: Order, items: Mapping[UUID, ClaimedItem]) -> None:
    if order.item is None:
        return
    if order.item.id not in items:
        raise BadOrder(_("The item belongs to another case."))
    if items[order.item.id].outcome != ItemOutcome.UPHELD:
        raise BadOrder(_("Item %(number)s was not upheld.") % {"number": order.item.number})


def _check_owner(order: Order, person: PlatformUser, items: Mapping[UUID, ClaimedItem]) -> None:
    """A user answers for their own items alone; without one nobody could say what for, or contest it."""
    if order.family != Family.USER_SANCTION:
        raise BadOrder(_("Only a sanction acts on a user."))
    artefact = items[order.item.id].artefact if order.item else None
    if artefact is None or artefact.owner_id != person.id:
        raise BadOrder(
            _("A sanction against %(handle)s must stand on an upheld item of their own: name one.")
            % {"handle": person.handle or person.external_id}
        )


def _check_kind(order: Order) -> None:
    target = order.target()
    if isinstance(target, Artefact) and target.kind not in TARGETS[Family(order.family)]:
        raise BadOrder(
            _("“%(family)s” cannot act on “%(kind)s”.")
            % {"family": Family(order.family).label, "kind": target.get_kind_display()}
        )


def _check_terms(parameters: Parameters) -> None:
    terms = parameters.get("terms", ())
    if not terms or not all(_tagged(term) for term in [*terms, *parameters.get("allow", ())]):
        raise BadOrder(_("Give at least one term, and the language of each."))
    for probe in parameters.get("probes", ()):
        if probe.get("suite") not in Suite.values or not str(probe.get("prompt", "")).strip():
            raise BadOrder(_("Each probe needs its suite and its prompt."))


def _tagged(term: Any) -> bool:
    return (
        isinstance(term, Mapping)
        and bool(str(term.get("text", "")).strip())
        and bool(term.get("language"))
    )


def _folded(terms: Sequence[Mapping[str, str]]) -> list[str]:
    return [f"{term['language']}:{term['text'].strip().casefold()}" for term in terms]
