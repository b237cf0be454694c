"""What the ladder would propose for each user if what is theirs is upheld: shown beside the form, never ticked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise

from casework.forms_uphold import UpholdForm
from measures.ladder import Entry, Law, Proposal, Standing, expiry, propose, weigh
from measures.ladder_policy import Policy
from measures.presenters.ladder import said, step_name
from measures.rules import Intent
from measures.standing_selectors import laws_of, policy_in_force, standings
from notices.models import Case, ClaimedItem
from platforms.models import PlatformUser


@dataclass(frozen=True)
class ByIntent:
    """The step that would be proposed for one finding about the intent."""

    intent: str | Promise
    step: str | Promise


@dataclass(frozen=True)
class PersonRow:
    """One affected user on the form: their fields, and what the figures would propose and why."""

    person: PlatformUser
    fields: list[BoundField]
    proposed: str | Promise
    reasons: list[str]
    days: int
    by_intent: list[ByIntent]


def rows(form: forms.Form, case: Case, *, now: datetime) -> list[PersonRow]:
    """The users of the form, in its order; as many queries for one as for many."""
    assert isinstance(form, UpholdForm)
    policy, laws = policy_in_force()[1], laws_of(case)
    found = standings([person.id for person in form.people])
    listed = []
    for person in form.people:
        claimed = [_claimed(item, case, policy, now) for item in _items_of(person, form)]
        proposals = _proposals(found[person.id], claimed, policy, laws, now)
        listed.append(_row(form, person, proposals, policy))
    return listed


def _row(
    form: UpholdForm, person: PlatformUser, found: dict[str, Proposal], policy: Policy
) -> PersonRow:
    plain = found[Intent.NOT_ASSESSED]
    return PersonRow(
        person=person,
        fields=[form[f"{name}_{person.id}"] for name in ("intent", "sanction", "days")],
        proposed=step_name(plain.step),
        reasons=said(plain.reasons),
        days=policy.days.get(plain.step, 0),
        by_intent=[
            ByIntent(Intent(intent).label, step_name(one.step))
            for intent, one in found.items()
            if one.step != plain.step
        ],
    )


def _items_of(person: PlatformUser, form: UpholdForm) -> list[ClaimedItem]:
    claimed = form.claimed.values()
    return [item for item in claimed if item.artefact and item.artefact.owner_id == person.id]


def _claimed(item: ClaimedItem, case: Case, policy: Policy, now: datetime) -> Entry:
    """The entry that upholding the item would bring, as long as nothing was found of the intent."""
    return Entry(
        id=str(item.id),
        case=str(case.id),
        kind=item.kind,
        weight=weigh(item.kind, Intent.NOT_ASSESSED, policy),
        filed_at=case.filed_at,
        at=now,
        expires_at=expiry(now, policy),
    )


def _proposals(
    standing: Standing,
    claimed: Sequence[Entry],
    policy: Policy,
    laws: Sequence[Law],
    now: datetime,
) -> dict[str, Proposal]:
    """By what a person may find of the intent."""
    found = {}
    for intent in Intent.values:
        further = [_meant(one, intent, policy) for one in claimed]
        full = replace(standing, entries=(*standing.entries, *further))
        found[str(intent)] = propose(full, policy, laws, now=now)
    return found


def _meant(one: Entry, intent: str, policy: Policy) -> Entry:
    return replace(one, intent=intent, weight=weigh(one.kind, intent, policy))
