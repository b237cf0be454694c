"""Letters about courts: what was ordered about a case, and how proceedings ended."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from common.actors import Actor
from counternotices.models import CourtOrder, Effect, Outcome, ProceedingsEnd
from counternotices.services.letters import to_respondent
from counternotices.services.wording import measure_words
from counternotices.states import CourtState
from measures.models import Measure
from notices.languages import tag
from notices.models import Notice
from notices.services.in_zone import in_zone
from notices.services.letters import to_filer
from notices.services.regimes import pack_of
from platforms.models import PlatformUser

# What a recorded step of a court means, said alike to both sides.
SUED: Final = "sued"
ORDERED: Final[Mapping[str, str | Promise]] = {
    Effect.KEEP: _(
        "a court has ordered that measures of this case stay. We obey the order: they are not lifted "
        "before the court lifts it. Everything else goes its way, and so do the clocks."
    ),
    Effect.RESTORE: _(
        "a court has ordered that measures of this case end (reverse preservation). We obey the order: "
        "they end at once."
    ),
}
STEPS: Final[Mapping[str, str | Promise]] = {
    CourtState.APPLIED: _(
        "a court has accepted an application about measures of this case. Nothing changes before it rules."
    ),
    CourtState.REFUSED: _(
        "a court has not granted an application about measures of this case. Nothing changes."
    ),
    CourtState.LIFTED: _(
        "a court has lifted its order about measures of this case. They are no longer held by it, and go "
        "the way they would have gone without it."
    ),
    CourtState.LAPSED: _(
        "preservation before the suit has fallen away, because nobody showed within its time that they "
        "sued or applied for arbitration. The measures are no longer held by it, and go the way they would have gone "
        "without it."
    ),
    SUED: _(
        "it was shown in time that suit was filed after preservation before the suit. The court's order "
        "stays in force."
    ),
}
ENDED: Final[Mapping[bool, str | Promise]] = {
    True: _("The measures that the counter-notice concerns therefore end."),
    False: _("The measures that the counter-notice concerns therefore stay for good."),
}
# Outcomes after which nothing is left that could keep the measures.
MEASURES_END: Final = frozenset({Outcome.DISMISSED, Outcome.WITHDRAWN, Outcome.SETTLED_ENDS})


def court_step(
    order: CourtOrder, step: str, effective_at: datetime, *, now: datetime, actor: Actor
) -> None:
    """Tell the filer and every affected user whose measures the order names."""
    case = order.case_regime.case
    measures = _measures(order)
    language = Notice.objects.values_list("language", flat=True).get(case=case)
    context = _court(order, step, measures, effective_at, language)
    to_filer("court_order_filer", case, context, now=now, actor=actor)
    for person in touched_by(order):
        own = [one for one in measures if one.touches == person]
        context = _court(order, step, own, effective_at, tag(person.language))
        to_respondent("court_order_respondent", case, person, context, now=now, actor=actor)


def proceedings_ended(end: ProceedingsEnd, *, now: datetime, actor: Actor) -> None:
    """Tell both how the proceedings ended and what follows for the measures."""
    counter_notice = end.counter_notice
    case, person = counter_notice.case_regime.case, counter_notice.respondent
    language = Notice.objects.values_list("language", flat=True).get(case=case)
    to_filer("proceedings_ended_filer", case, _ended(end, language), now=now, actor=actor)
    context = _ended(end, tag(person.language))
    to_respondent("proceedings_ended_respondent", case, person, context, now=now, actor=actor)


def touched_by(order: CourtOrder) -> list[PlatformUser]:
    """Whoever the order's measures touch, always in the same order."""
    people = {person.id: person for one in _measures(order) if (person := one.touches)}
    return sorted(people.values(), key=lambda one: one.id)


def _measures(order: CourtOrder) -> list[Measure]:
    return list(order.measures.select_related("artefact__owner", "platform_user"))


def _court(
    order: CourtOrder, step: str, measures: list[Measure], effective_at: datetime, language: str
) -> dict[str, object]:
    with override(tag(language)):
        sentence = ORDERED[order.effect] if step == CourtState.IN_FORCE else STEPS[step]
        return {
            "sentence": str(sentence),
            "measures": [measure_words(one) for one in measures],
            "court": order.court,
            "order_reference": order.reference,
            "effective": in_zone(effective_at, pack_of(order.case_regime).zone),
        }


def _ended(end: ProceedingsEnd, language: str) -> dict[str, object]:
    with override(tag(language)):
        return {
            "counter_reference": end.counter_notice.reference,
            "body": end.body,
            "outcome": str(end.get_outcome_display()),
            "effective": in_zone(end.effective_at, pack_of(end.counter_notice.case_regime).zone),
            "sentence": str(ENDED[end.outcome in MEASURES_END]),
        }
