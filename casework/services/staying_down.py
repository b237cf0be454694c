"""What follows from a match of the output check, with its reasons to the user: all of it or nothing.

The measure and the statement of reasons are written in one transaction (Regulation 2022/2065 art. 17: the
reasons come no later than the restriction, and say whether automated means found or decided it).
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.actors import SWEEP, Actor, staff
from common.errors import RedressError
from counternotices.services.letters import to_respondent
from counternotices.services.wording import put_back_words, told_words
from evidence.chain import Fact
from evidence.ledger import append, case_chain
from measures.match_selectors import to_be_carried_out
from measures.models import Match
from measures.services import match_acting, match_deciding
from notices.languages import tag
from notices.models import Decision, Notice
from notices.services.disclosure import filer_as_seen
from notices.services.regimes import packs_of
from platforms.models import PlatformUser
from users.models import User

BATCH = 200


def sweep(now: datetime) -> int:
    """Act on everything that is acted on by itself; how many were. Safe at any time and in parallel."""
    return sum(act(id, now=now) for id in list(_waiting(now)))


def act(id: UUID, *, now: datetime) -> bool:
    """Act on one match; what cannot be done at this moment is put off."""
    try:
        return _act(id, now)
    except RedressError:
        match_acting.postpone(id, now=now)
        return False


def uphold(id: UUID, finding: match_deciding.Finding, *, user: User, now: datetime) -> Match:
    """A person upholds a match, and the user gets the reasons. Raises what `match_deciding.uphold` raises."""
    with transaction.atomic():
        match = match_deciding.uphold(id, finding, user=user, now=now)
        _tell(match, finding.reasons, staff(user.id), now)
    return match


@transaction.atomic
def _act(id: UUID, now: datetime) -> bool:
    match = match_acting.carry_out(id, now=now)
    if match is None:
        return False
    decision = Decision.objects.filter(case=match.case_id).first()
    _tell(match, decision.reasons if decision else {}, SWEEP, now)
    return True


def _waiting(now: datetime) -> list[UUID]:
    return list(to_be_carried_out(now).values_list("id", flat=True)[:BATCH])


def _tell(match: Match, reasons: Mapping[str, str], actor: Actor, now: datetime) -> None:
    """The statement of reasons; nobody to tell where the platform knows no such user."""
    person = _person(match)
    if person is None:
        return
    context = _context(match, person, reasons)
    letter = to_respondent("stay_down_statement", match.case, person, context, now=now, actor=actor)
    match.letter = letter
    match.save(update_fields=["letter"])
    facts: dict[str, Fact] = {"respondent": str(person.id), "items": 1, "letter": str(letter.id)}
    append(case_chain(match.case_id), "notice.forwarded", actor=actor, at=now, facts=facts)


def _person(match: Match) -> PlatformUser | None:
    owner = match.artefact.owner if match.artefact else None
    return owner or match.platform_user


def _context(match: Match, person: PlatformUser, reasons: Mapping[str, str]) -> dict[str, object]:
    notice = Notice.objects.get(case=match.case_id)
    language = tag(person.language)
    with override(language):
        return {
            "filer": filer_as_seen(notice),
            "work_title": notice.work_title,
            "how": _how(match),
            "items": [_item(match)],
            "taken_over": match.taken_over,
            "reasons": reasons.get(language, ""),
            "measures": _measures(match),
            "what_next": [put_back_words(pack) for pack in packs_of(match.case)],
        }


def _how(match: Match) -> str:
    if match.decided_by_id:
        return _(
            "Our output check pointed it out automatically. A person then compared it with the work "
            "and decided."
        )
    return _(
        "Our output check recognised it automatically: it is the same file, to the last bit, as one "
        "that this notice protects, and it came from your account, on which the decision on the "
        "notice stands. No person looked at it again before this was done."
    )


def _item(match: Match) -> str:
    thing = match.artefact
    if thing is not None:
        return (thing.title or thing.url or thing.external_id)[:200]
    if match.output_external_id:
        return match.output_external_id
    return _("An output with the SHA-256 %(hash)s") % {"hash": match.output_sha256}


def _measures(match: Match) -> list[dict[str, str]]:
    if match.measure is None:
        return [{"what": _("The output was not delivered"), "standing": _("done")}]
    return [told_words(match.measure, packs_of(match.case)[0].zone)]
