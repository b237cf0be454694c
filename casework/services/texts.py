"""Texts that users are shown, where they touch a case: who is named in it, and whether it still stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from common.actors import SWEEP
from common.errors import Conflict, NotFound, RedressError
from notices.access import case_for
from notices.models import Case
from notices.selectors import owners, standing_cases
from notices.states import CaseState
from screening.display_rules import NewText, language_of, leaks
from screening.display_selectors import standing_on_cases
from screening.models import DisplayText
from screening.rules import TermText
from screening.services.display import approve_text, end_text, write_text
from screening.states import TextKind
from users.models import User

BATCH: Final = 100


@dataclass(frozen=True)
class Wish:
    """A version as it was typed: terms and phrases as lines, the case by its reference, `series` None for a new text."""

    kind: TextKind
    title: str
    texts: Mapping[str, str]
    terms: Sequence[str] = ()
    allow_phrases: Sequence[str] = ()
    case_reference: str = ""
    source: str = ""
    in_force_from: datetime | None = None
    in_force_until: datetime | None = None
    series: UUID | None = None


def write(wish: Wish, *, user: User, now: datetime) -> DisplayText:
    """Write a version. What stands on a case names none of the users whose things are complained of there.

    Raises as `write_text`, and RedressError with a sentence for a case that is not there or does not stand.
    """
    case = _case(wish, user)
    new = NewText(
        kind=wish.kind,
        title=wish.title,
        texts=wish.texts,
        in_force_from=wish.in_force_from or now,
        in_force_until=wish.in_force_until,
        terms=[TermText(term, language_of(term)) for term in wish.terms],
        allow_phrases=wish.allow_phrases,
        case_id=case.id if case else None,
        case_reference=case.reference if case else "",
        source=wish.source,
        series=wish.series,
    )
    if case and (named := leaks(new, _people(case))):
        raise RedressError(_("The text cannot be used yet."), fields=named)
    return write_text(new, user=user, now=now)


def approve(text: DisplayText, *, user: User, now: datetime) -> DisplayText:
    """As `approve_text`; nothing is published for a case that fell meanwhile (Conflict)."""
    if text.case_id and not standing_cases().filter(id=text.case_id).exists():
        raise Conflict(_("The case no longer stands: refuse the text."))
    return approve_text(text.id, user=user, now=now)


def end_fallen(now: datetime) -> int:
    """End the texts whose case was withdrawn, or restored under the last of its laws; how many.

    Safe at any time and in parallel: a text ends once.
    """
    fallen = standing_on_cases().exclude(case_id__in=standing_cases().values("id"))[:BATCH]
    found = [(text.id, text.case_id) for text in fallen]
    withdrawn = set(
        Case.objects.filter(
            id__in=[case_id for _id, case_id in found], state=CaseState.WITHDRAWN
        ).values_list("id", flat=True)
    )
    for text_id, case_id in found:
        reason = "case_withdrawn" if case_id in withdrawn else "case_restored"
        end_text(text_id, reason, actor=SWEEP, now=now)
    return len(found)


def _case(wish: Wish, user: User) -> Case | None:
    if not wish.case_reference.strip():
        return None
    try:
        case = case_for(user, wish.case_reference)
    except NotFound as error:
        raise _refused(error.message) from error
    if not standing_cases().filter(id=case.id).exists():
        raise _refused(_("Only a case that was upheld and still stands can be told to users."))
    return case


def _refused(sentence: str) -> RedressError:
    return RedressError(sentence, fields={"case_reference": sentence})


def _people(case: Case) -> list[str]:
    """What the users whose things are complained of are called on the service."""
    return [name for user in owners(case) for name in (user.handle, user.external_id) if name]
