"""A prompt rule begins and ends. Both reach every guard within two seconds of the commit."""

import json
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from common.actors import Actor
from common.errors import Conflict, NotFound, RedressError
from common.transactions import lock
from evidence import ledger
from evidence.chain import Chain, Fact
from screening.models import PromptRule
from screening.rules import NewRule, faults, written


@transaction.atomic
def create_rule(new: NewRule, *, actor: Actor, at: datetime) -> PromptRule:
    """Put a rule in force. Given once more with the same id and content it answers with the first.

    Raises RedressError with a sentence for each wrong field, and Conflict when the id is taken by
    another rule. Until the caller's transaction ends no other rule can begin or end: call it last.
    """
    if wrong := faults(new, at):
        raise RedressError(_("The prompt rule cannot be put in force yet."), fields=wrong)
    lock("rule", new.id)
    content = _content(new)
    if (known := PromptRule.objects.filter(id=new.id).first()) is not None:
        return _same(known, content)
    rule = PromptRule.objects.create(id=new.id, created_at=at, **content)
    rule.refresh_from_db(fields=["version"])
    ledger.append(
        Chain("rule", rule.id),
        "rule.created",
        actor=actor,
        at=at,
        facts=_facts(rule),
        payload=_payload(rule),
    )
    return rule


@transaction.atomic
def end_rule(rule_id: UUID, *, actor: Actor, at: datetime, reason: str) -> PromptRule:
    """Take a rule out of force for good. A rule that has ended already stays as it ended.

    `reason` is a code of up to 200 characters (`case_restored`), never personal text. Raises NotFound.
    """
    if not reason or len(reason) > 200:
        raise RedressError(_("Say why the rule ends, in at most 200 characters."))
    lock("rule", rule_id)
    rule = PromptRule.objects.filter(id=rule_id).first()
    if rule is None:
        raise NotFound(_("There is no such prompt rule."))
    if rule.ended_at is None:
        rule.ended_at, rule.ended_reason = at, reason
        rule.save(update_fields=["ended_at", "ended_reason"])
        rule.refresh_from_db(fields=["version"])
        facts: dict[str, Fact] = {"reason": reason, "version": rule.version}
        ledger.append(Chain("rule", rule.id), "rule.lifted", actor=actor, at=at, facts=facts)
    return rule


def _content(new: NewRule) -> dict[str, object]:
    return {
        "work": new.work,
        "owner": new.owner,
        "terms": written(new.terms),
        "names_person": new.names_person,
        "allow_phrases": list(new.allow_phrases),
        "fields": list(new.fields),
        "territory": new.territory,
        "mode": str(new.mode),
        "reason_code": new.reason_code,
        "case_id": new.case_id,
        "case_reference": new.case_reference,
        "user_message": dict(new.user_message),
        "appeal_url": new.appeal_url,
        "expires_at": new.expires_at,
        "ordered_by": new.ordered_by,
        "approved_by": new.approved_by,
    }


def _same(known: PromptRule, content: dict[str, object]) -> PromptRule:
    if any(getattr(known, name) != value for name, value in content.items()):
        raise Conflict(_("Another prompt rule has this id: make a new one."))
    return known


def _facts(rule: PromptRule) -> dict[str, Fact]:
    return {
        "version": rule.version,
        "case": str(rule.case_id),
        "mode": rule.mode,
        "reason_code": rule.reason_code,
        "fields": rule.fields,
        "territory": rule.territory,
        "terms": len(rule.terms),
        "expires_at": rule.expires_at.isoformat() if rule.expires_at else None,
        "ordered_by": rule.ordered_by,
        "approved_by": rule.approved_by,
    }


def _payload(rule: PromptRule) -> bytes:
    """Terms may be names of people: they can be erased, the facts stay."""
    words = {
        "work": rule.work,
        "owner": rule.owner,
        "terms": rule.terms,
        "allow_phrases": rule.allow_phrases,
        "user_message": rule.user_message,
    }
    return json.dumps(words, ensure_ascii=False, sort_keys=True).encode()
