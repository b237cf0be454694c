"""A ticket is opened with its measure: affected models, two probe suites, a clock."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings

from common.actors import Actor
from deadlines.services import Period, Subject, start
from measures.models import Measure, Probe, ProbeSuite, Ticket, TicketModel
from measures.rules import TICKET, Suite
from measures.services.house_clocks import ticket_clock
from measures.services.issues import announce
from measures.services.lifecycle import record
from measures.ticketing import ProbeState
from measures.upstream_selectors import providers_of
from notices.models import CaseRegime, ClaimedItem
from notices.services.lifecycle import Step
from notices.services.look_up import PROMPT
from notices.services.regimes import pack_of
from notices.states import ItemOutcome
from platforms.models import Artefact, ArtefactKin, KinRelation
from screening.corpus.disguises import disguises

# What was made from a model is likely to make the same, and what a ticket must reach.
DESCENDANTS: Final = (KinRelation.VERSION, KinRelation.MERGE, KinRelation.QUANTISATION)
MOST_MODELS: Final = 20
MOST_PROBES: Final = 200
SEEDS: Final = (11, 23, 47, 101, 211, 307, 401, 503)
LONGEST_PROMPT: Final = 2_000


@dataclass(frozen=True)
class Wanted:
    """One probe to be: which suite, which prompt, which seed."""

    suite: str
    prompt: str
    seed: int


def open_ticket(measure: Measure, regime: CaseRegime, step: Step) -> Ticket:
    """Open the ticket of a measure that was just ordered, in that transaction, with its case locked.

    Its normal-use suite holds the prompts that staff gave, and the prompts and seeds with which upheld
    outputs were made; the adversarial one the prompts that staff gave and the terms in disguise.
    """
    ticket = Ticket.objects.create(measure=measure, upstream=bool(providers_of(measure)))
    ticket.refresh_from_db(fields=["number"])
    for artefact in affected(measure):
        TicketModel.objects.create(ticket=ticket, artefact=artefact, look_at=step.now)
    add_probes(ticket, _wanted(measure, regime), step)
    _start_clock(measure, regime, step.actor, step)
    facts: dict[str, Any] = {"ticket": ticket.name, "upstream": ticket.upstream}
    record(
        measure, "ticket.opened", Step(step.actor, step.now, facts=facts), cases=[regime.case_id]
    )
    announce(ticket, step.now)
    return ticket


def join_ticket(measure: Measure, regime: CaseRegime, step: Step) -> None:
    """A further case stands behind the measure: what it claims is probed too."""
    ticket = Ticket.objects.filter(measure=measure).first()
    if ticket is not None:
        add_probes(ticket, _from_case(measure, regime), step)


def affected(measure: Measure) -> list[Artefact]:
    """The model itself first, then what the platform says was made from it."""
    own = measure.artefact
    if own is None:
        return []
    kin = ArtefactKin.objects.filter(artefact=own, relation__in=DESCENDANTS)
    rows = kin.select_related("kin").order_by("steps", "kin__external_id")[: MOST_MODELS - 1]
    return [own, *(row.kin for row in rows)]


def add_probes(ticket: Ticket, wanted: Iterable[Wanted], step: Step) -> int:
    """Bring these probes into use, each once; how many were new. Their suites are then run anew."""
    added = 0
    for kind in Suite.values:
        suite, _created = ProbeSuite.objects.get_or_create(
            ticket=ticket, kind=kind, defaults={"allowed_percent": allowed(kind)}
        )
        rows = list(suite.probes.all())
        known = {(row.prompt, row.seed) for row in rows}
        number = max((row.number for row in rows), default=0)
        new = [
            one
            for one in dict.fromkeys(wanted_of(wanted, kind))
            if (one.prompt, one.seed) not in known
        ]
        for place, one in enumerate(new[: max(0, MOST_PROBES - len(rows))], start=number + 1):
            _add(suite, place, one, step)
            added += 1
        if new and rows:
            suite.version += 1
            suite.save(update_fields=["version"])
    if added:
        TicketModel.objects.filter(ticket=ticket).update(look_at=step.now)
    return added


def wanted_of(wanted: Iterable[Wanted], kind: str) -> Iterator[Wanted]:
    """Those for one suite, without what the platform contract could not carry."""
    return (
        one for one in wanted if one.suite == kind and 0 < len(one.prompt.strip()) <= LONGEST_PROMPT
    )


def allowed(kind: str) -> int:
    """The pass line of a new suite: of normal use nothing, of attempts to get round it a small share."""
    return 0 if kind == Suite.NORMAL else settings.PROBE_ADVERSARIAL_PERCENT


def seeds() -> tuple[int, ...]:
    """With which seeds each prompt is tried."""
    return SEEDS[: max(1, settings.PROBE_SEEDS)]


def _add(suite: ProbeSuite, number: int, one: Wanted, step: Step) -> None:
    Probe.objects.create(
        suite=suite,
        number=number,
        prompt=one.prompt,
        seed=one.seed,
        state=ProbeState.IN_USE,
        added_at=step.now,
    )


def _start_clock(measure: Measure, regime: CaseRegime, actor: Actor, step: Step) -> None:
    pack = pack_of(regime)
    period = Period(TICKET, ticket_clock(pack), pack, step.now)
    start(period, Subject(regime.case_id, regime.id, measure.id), actor=actor, now=step.now)


def _wanted(measure: Measure, regime: CaseRegime) -> list[Wanted]:
    given = [
        Wanted(probe["suite"], probe["prompt"].strip(), seed)
        for probe in measure.parameters.get("probes", ())
        for seed in seeds()
    ]
    terms = [term["text"].strip() for term in measure.parameters.get("terms", ())]
    disguised = [
        Wanted(Suite.ADVERSARIAL, text, SEEDS[0]) for term in terms for text in disguises(term)
    ]
    return [*given, *_from_case(measure, regime), *disguised]


def _from_case(measure: Measure, regime: CaseRegime) -> list[Wanted]:
    """What the case itself complains of: prompts claimed, and how upheld outputs of the model were made."""
    items = (
        ClaimedItem.objects.filter(notice__case_id=regime.case_id, outcome=ItemOutcome.UPHELD)
        .select_related("artefact")
        .order_by("number")
    )
    names = [one.external_id for one in affected(measure)]
    found: list[Wanted] = []
    for item in items[:MOST_PROBES]:
        if item.kind == PROMPT:
            found += [Wanted(Suite.NORMAL, item.locator.strip(), seed) for seed in seeds()]
        elif item.artefact is not None:
            found += _made_with(item.artefact, names)
    return found


def _made_with(artefact: Artefact, names: Sequence[str]) -> list[Wanted]:
    made = artefact.record.get("generation")
    if not isinstance(made, dict) or not made.get("prompt"):
        return []
    by = [str(made.get("model") or ""), *(str(one) for one in made.get("loras") or ())]
    if not {*by, *(one.partition("@")[0] for one in by)} & set(names):
        return []
    seed = made.get("seed")
    given = seed if isinstance(seed, int) and 0 <= seed < 2**32 else SEEDS[0]
    return [Wanted(Suite.NORMAL, str(made["prompt"]).strip(), given)]
