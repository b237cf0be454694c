"""Lists of rules go out to other providers, and theirs come in as proposals: nothing of them lives by itself."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from common.actors import Actor
from common.errors import Conflict, NotFound, RedressError
from common.transactions import lock_all
from evidence import ledger
from evidence.chain import Chain
from screening.engine.rules import Mode
from screening.engine.terms import fold_term
from screening.list_states import ProposalState
from screening.lists import FORMAT, BadList, Listed, ReadList, read_list
from screening.models import PromptRule, RuleList, RuleProposal
from screening.selectors import live_rules
from screening.services.feed import newest, shared
from screening.signing import BadKey, providers, public_key, sign

_NAMESPACE = UUID("b3a2a3d6-2f6f-4b67-9d52-5b4a7a0f6c11")


@dataclass(frozen=True)
class Imported:
    """What a list brought: new proposals, and how many that waited it no longer holds."""

    list: RuleList
    new: int
    withdrawn: int


@transaction.atomic
def export_list(provider: str, *, actor: Actor, now: datetime) -> bytes:
    """Our rules in force, signed, for other providers: terms and where they hold, nothing about people.

    No case, right holder, work, message, or person who decided; no rule with a term that any rule of ours was
    ever told to be a real person's name; none that only watches.
    """
    names = _names_of_people()
    rules = [
        rule
        for rule in live_rules(now).exclude(mode=Mode.SHADOW)
        if names.isdisjoint(_letters(rule.terms))
    ]
    told = {
        "format": FORMAT,
        "provider": provider,
        "version": newest(),
        "issued": now.isoformat(),
        "rules": [{"id": str(rule.id), "mode": rule.mode, **shared(rule)} for rule in rules],
    }
    payload = json.dumps(told, ensure_ascii=False, sort_keys=True)
    signed = {"payload": payload, "signature": sign(payload.encode()), "key": public_key()}
    content = json.dumps(signed, ensure_ascii=False).encode()
    digest = hashlib.sha256(content).hexdigest()
    ledger.append(
        Chain("rule", uuid5(_NAMESPACE, digest)),
        "rule_list.exported",
        actor=actor,
        at=now,
        facts={"version": newest(), "rules": len(rules), "sha256": digest},
    )
    return content


def _names_of_people() -> set[str]:
    named = PromptRule.objects.filter(names_person=True)
    return {name for terms in named.values_list("terms", flat=True) for name in _letters(terms)}


def _letters(terms: Iterable[Mapping[str, Any]]) -> list[str]:
    """The terms as the matcher sees them: another spelling is the same name."""
    return [fold_term(term["text"]).letters for term in terms]


def import_list(content: bytes, *, actor: Actor, now: datetime) -> Imported:
    """Take in a provider's list: each rule that is new or changed waits for a person.

    Raises BadList for one that no known provider signed or that cannot be read, and Conflict for one that is
    not newer than the last: an old list would bring back what the provider has taken from it.
    """
    try:
        known = providers()
    except BadKey as error:
        raise BadList(_("FEED_PROVIDERS cannot be read: see docs/settings.md.")) from error
    found = read_list(content, known)
    with transaction.atomic():
        lock_all("rule", [uuid5(_NAMESPACE, name) for name in (found.provider, found.key)])
        _check_newer(found)
        row = RuleList.objects.create(
            provider=found.provider,
            key=found.key,
            version=found.version,
            sha256=hashlib.sha256(content).hexdigest(),
            rules=len(found.rules),
            imported_by=actor.key,
            imported_at=now,
        )
        return _compared(row, {one.id: one for one in found.rules}, actor, now)


def _theirs(name: str, key: str) -> Q:
    """Lists of the same provider, who may have been renamed here, or have taken a new key."""
    return Q(provider=name) | Q(key=key)


def _check_newer(found: ReadList) -> None:
    lists = RuleList.objects.filter(_theirs(found.provider, found.key))
    if lists.filter(version__gte=found.version).exists():
        raise Conflict(
            _("Version %(version)d of %(provider)s or a newer one was taken in already.")
            % {"version": found.version, "provider": found.provider}
        )


def _compared(
    row: RuleList, listed: Mapping[UUID, Listed], actor: Actor, now: datetime
) -> Imported:
    """What is new waits; what waited and is gone or changed is no longer proposed; what was decided stays decided."""
    lists = RuleList.objects.filter(_theirs(row.provider, row.key))
    earlier = RuleProposal.objects.filter(source__in=lists, gone_at=None)
    kept, withdrawn = set(), 0
    for proposal in earlier.exclude(state=ProposalState.WITHDRAWN).select_for_update():
        now_listed = listed.get(proposal.foreign_id)
        if now_listed is not None and now_listed.content == proposal.content:
            kept.add(proposal.foreign_id)
            continue
        proposal.gone_at = now
        if proposal.state == ProposalState.WAITING:
            proposal.withdraw()
            withdrawn += 1
        proposal.save(update_fields=["gone_at", "state"])
    new = [
        RuleProposal(source=row, foreign_id=one.id, content=dict(one.content))
        for one in listed.values()
        if one.id not in kept
    ]
    RuleProposal.objects.bulk_create(new)
    ledger.append(
        Chain("rule", row.id),
        "rule_list.imported",
        actor=actor,
        at=now,
        facts={"version": row.version, "rules": row.rules, "new": len(new), "sha256": row.sha256},
    )
    return Imported(row, len(new), withdrawn)


def hold_proposal(id: UUID) -> RuleProposal:
    """The proposal with its row locked, while it waits. Raises NotFound, and Conflict when it is decided."""
    found = RuleProposal.objects.select_for_update(of=("self",)).select_related("source")
    proposal = found.filter(id=id).first()
    if proposal is None:
        raise NotFound(_("There is no such proposal."))
    if proposal.state != ProposalState.WAITING:
        raise Conflict(_("This proposal is decided already. Reload the page."))
    return proposal


def approved(proposal: RuleProposal, measure_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Note that a measure of ours came of it. The caller holds it, in its transaction."""
    proposal.approve()
    _decided(proposal, actor, now, measure_id=measure_id)
    _tell(proposal, "rule_proposal.approved", actor, now)


@transaction.atomic
def refuse_proposal(id: UUID, reason: str, *, actor: Actor, now: datetime) -> None:
    """Do not take it, and say why. Raises as `hold_proposal`, and RedressError without a reason."""
    if not reason.strip():
        raise RedressError(_("Say why."), fields={"reason": _("Give your reasons.")})
    proposal = hold_proposal(id)
    proposal.refuse()
    _decided(proposal, actor, now, reason=reason.strip())
    _tell(proposal, "rule_proposal.refused", actor, now)


def _decided(proposal: RuleProposal, actor: Actor, now: datetime, **more: Any) -> None:
    changes = {"decided_by": actor.key, "decided_at": now, **more}
    for name, value in changes.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=["state", *changes])


def _tell(proposal: RuleProposal, event: str, actor: Actor, now: datetime) -> None:
    facts = {
        "proposal": str(proposal.id),
        "foreign": str(proposal.foreign_id),
        "measure": str(proposal.measure_id) if proposal.measure_id else None,
    }
    ledger.append(Chain("rule", proposal.source_id), event, actor=actor, at=now, facts=facts)
