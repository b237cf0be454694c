"""Forwarding a notice to the affected users, with a statement of reasons."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import override

from common.actors import Actor
from counternotices.services.letters import to_respondent
from counternotices.services.wording import put_back_words, told_words
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from measures.models import Measure
from measures.selectors import measures_touching, people_affected
from notices.languages import tag
from notices.models import Case, ClaimedItem, Notice
from notices.services.disclosure import filer_as_seen
from notices.services.regimes import packs_of
from notices.states import ItemOutcome
from platforms.models import PlatformUser

_ITEMS_NAMED = 50


def forward_notice(
    case: Case, reasons: Mapping[str, str], *, now: datetime, actor: Actor
) -> list[PlatformUser]:
    """One statement of reasons to each affected user, naming only their own items and measures.

    Affected is also whose thing was not claimed itself but is held because it was made from what was.
    """
    people = people_affected(case)
    for person in people:
        _forward(case, person, reasons, now=now, actor=actor)
    return people


def _forward(
    case: Case, person: PlatformUser, reasons: Mapping[str, str], *, now: datetime, actor: Actor
) -> None:
    notice = Notice.objects.get(case=case)
    items = list(notice.items.filter(outcome=ItemOutcome.UPHELD, artefact__owner=person))
    language = tag(person.language)
    brought = list(measures_touching(case.id, person.id))
    with override(language):
        filer = filer_as_seen(notice)
        packs = packs_of(case)
        measures = [told_words(measure, packs[0].zone) for measure in brought]
        what_next = [put_back_words(pack) for pack in packs]
    context = {
        "filer": filer,
        "work_title": notice.work_title,
        "items": [*(item.locator[:200] for item in items), *_unclaimed(brought, items)][
            :_ITEMS_NAMED
        ],
        "points": [point.text for point in notice.points.all()],
        "reasons": reasons[language],
        "measures": measures,
        "what_next": what_next,
    }
    letter = to_respondent("statement_of_reasons", case, person, context, now=now, actor=actor)
    facts: dict[str, Fact] = {
        "respondent": str(person.id),
        "items": len(items),
        "letter": str(letter.id),
    }
    append(case_chain(case.id), "notice.forwarded", actor=actor, at=now, facts=facts)


def _unclaimed(measures: Iterable[Measure], items: Iterable[ClaimedItem]) -> list[str]:
    """The addresses of what is held without having been claimed itself."""
    claimed = {item.artefact_id for item in items}
    things = {one.artefact_id: one.artefact for one in measures if one.artefact}
    return [
        (thing.url or thing.external_id)[:200] for id, thing in things.items() if id not in claimed
    ]
