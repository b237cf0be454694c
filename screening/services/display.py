"""A text is written, approved, and ends. Each reaches every guard within two seconds of the commit."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django_fsm import can_proceed

from common.actors import Actor, staff
from common.errors import Conflict, Forbidden, NotFound, RedressError
from common.transactions import lock
from evidence import ledger
from evidence.chain import Chain, Fact
from screening.display_rules import NewText, faults, shown
from screening.display_selectors import APPROVERS
from screening.models import DisplayText
from screening.rules import written
from screening.states import APPROVED_BY_SECOND, TextState
from users.models import User
from users.roles import Role

LONGEST_REASON = 200


@transaction.atomic
def write_text(new: NewText, *, user: User, now: datetime) -> DisplayText:
    """The next version of a text, or the first of a new one. What a second person approves waits for them.

    Ledger: display_text.proposed or display_text.published. Raises Forbidden for who is not legal,
    RedressError with a sentence for each wrong field, NotFound for a text there is not, and Conflict when
    a version of it still waits for approval.
    """
    _require(user, Role.LEGAL)
    new = replace(new, in_force_from=max(new.in_force_from, now))
    if wrong := faults(new):
        raise RedressError(_("The text cannot be used yet."), fields=wrong)
    series = new.series or uuid4()
    lock("text", series)
    waits = new.kind in APPROVED_BY_SECOND
    text = DisplayText.objects.create(
        series=series,
        number=_next_number(new, series),
        state=str(TextState.PROPOSED if waits else TextState.STANDING),
        written_by=user,
        written_at=now,
        **_content(new),
    )
    event = "display_text.proposed" if waits else "display_text.published"
    _record(text, event, staff(user.id), now, payload=_words(text))
    return text


@transaction.atomic
def approve_text(text_id: UUID, *, user: User, now: datetime) -> DisplayText:
    """Let a version be shown, from now if its first moment has passed.

    Ledger: display_text.published. Raises Forbidden for its author and for who may not approve, Conflict
    when it was decided already, NotFound.
    """
    _require(user, *APPROVERS)
    text = _held(text_id)
    if text.written_by_id == user.id:
        raise Forbidden(_("You wrote this text: a second person approves it."))
    begins = max(text.in_force_from, now)
    if text.in_force_until is not None and text.in_force_until <= begins:
        raise Conflict(_("The text's last moment has passed: refuse it, and write it anew."))
    _step(text, "approve", decided_by=user, decided_at=now, in_force_from=begins)
    _record(text, "display_text.published", staff(user.id), now)
    return text


@transaction.atomic
def refuse_text(text_id: UUID, reason: str, *, user: User, now: datetime) -> DisplayText:
    """Do not let a version be shown; its author may take it back in the same way.

    Ledger: display_text.refused, the reason as its payload. Raises as `approve_text`, and RedressError
    without a reason.
    """
    _require(user, *APPROVERS)
    if not reason.strip() or len(reason) > 500:
        raise RedressError(_("Say why, in at most 500 characters."))
    text = _held(text_id)
    _step(text, "refuse", decided_by=user, decided_at=now, refused_because=reason.strip())
    _record(text, "display_text.refused", staff(user.id), now, payload=reason.strip().encode())
    return text


@transaction.atomic
def end_text(text_id: UUID, reason: str, *, actor: Actor, now: datetime) -> DisplayText:
    """Show a version no more; the text is silent then, and no older version comes back.

    One that has ended stays as it ended. `reason` is a code (`by_hand`, `case_restored`). Ledger:
    display_text.ended. Raises Conflict for one that was never approved, NotFound.
    """
    if not reason or len(reason) > LONGEST_REASON:
        raise RedressError(_("Say why the text ends, in at most 200 characters."))
    text = _held(text_id)
    if text.state == TextState.ENDED:
        return text
    _step(text, "end", ended_at=now, ended_reason=reason)
    _record(text, "display_text.ended", actor, now, more={"reason": reason})
    return text


def _require(user: User, *roles: str) -> None:
    if not user.has_role(*roles):
        raise Forbidden(_("Your role does not allow this step."))


def _held(text_id: UUID) -> DisplayText:
    """The version, with its text locked until the transaction ends."""
    series = DisplayText.objects.filter(id=text_id).values_list("series", flat=True).first()
    if series is None:
        raise NotFound(_("There is no such text."))
    lock("text", series)
    return DisplayText.objects.select_related("written_by").get(id=text_id)


def _next_number(new: NewText, series: UUID) -> int:
    versions = list(DisplayText.objects.filter(series=series))
    if new.series is None:
        return 1
    if not versions:
        raise NotFound(_("There is no such text."))
    if any(one.kind != new.kind or one.case_id != new.case_id for one in versions):
        raise Conflict(_("A text keeps its kind and its case: write a new one instead."))
    if any(one.state == TextState.PROPOSED for one in versions):
        raise Conflict(_("A version of this text waits for approval: decide on that first."))
    return max(one.number for one in versions) + 1


def _content(new: NewText) -> dict[str, object]:
    return {
        "kind": str(new.kind),
        "title": new.title.strip(),
        "written": dict(new.texts),
        "shown": shown(new.texts),
        "terms": written(new.terms),
        "allow_phrases": list(new.allow_phrases),
        "case_id": new.case_id,
        "case_reference": new.case_reference,
        "source": new.source.strip(),
        "in_force_from": new.in_force_from,
        "in_force_until": new.in_force_until,
    }


def _step(text: DisplayText, event: str, **fields: object) -> None:
    transition = getattr(text, event)
    if not can_proceed(transition):
        raise Conflict(_("This version was decided already. Reload the page."))
    transition()
    for name, value in fields.items():
        setattr(text, name, value)
    text.save(update_fields=["state", *fields])


def _record(
    text: DisplayText,
    event: str,
    actor: Actor,
    now: datetime,
    *,
    payload: bytes | None = None,
    more: Mapping[str, Fact] | None = None,
) -> None:
    facts: dict[str, Fact] = {
        "text": str(text.id),
        "version": text.number,
        "kind": text.kind,
        "case": str(text.case_id) if text.case_id else None,
        **(more or {}),
    }
    chain = Chain("rule", text.series)
    ledger.append(chain, event, actor=actor, at=now, facts=facts, payload=payload)


def _words(text: DisplayText) -> bytes:
    """Words may name people: they can be erased, the facts stay."""
    words = {
        "title": text.title,
        "written": text.written,
        "source": text.source,
        "terms": text.terms,
        "allow_phrases": text.allow_phrases,
    }
    return json.dumps(words, ensure_ascii=False, sort_keys=True).encode()
