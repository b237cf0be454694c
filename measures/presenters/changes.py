"""What the right holder sees of the changes to models that their case asks for. No model's owner, no other case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from measures.models import Probe, Ticket
from measures.rules import Suite
from measures.states import LIVE, MeasureState
from measures.ticket_selectors import Standing, proposed_of_case, standings, tickets_of_case
from measures.ticketing import Count


@dataclass(frozen=True)
class Change:
    """One model that is changed, or was. `may_add`: probes can still be proposed."""

    id: UUID
    model: str
    words: str
    tint: str
    at: datetime | None
    adversarial: Count
    refused: int
    may_add: bool


@dataclass(frozen=True)
class Changes:
    """All of them, and the probes that this right holder proposed."""

    models: Sequence[Change]
    proposed: Sequence[Probe]

    @property
    def may_add(self) -> bool:
        """Whether there is a ticket to propose a probe for."""
        return any(one.may_add for one in self.models)


def changes_of(case_id: UUID) -> Changes:
    """What the page shows. A fixed number of queries."""
    tickets = tickets_of_case(case_id)
    if not tickets:
        return Changes((), ())
    found = standings(tickets)
    told = [_change(one, found[one.measure_id]) for one in tickets]
    return Changes(told, proposed_of_case(case_id))


def _change(ticket: Ticket, standing: Standing) -> Change:
    measure, normal = ticket.measure, standing.of(Suite.NORMAL)
    words, tint = _words(ticket, standing)
    artefact = measure.artefact
    return Change(
        id=ticket.measure_id,
        model=(artefact.title or artefact.external_id) if artefact else "",
        words=words,
        tint=tint,
        at=measure.verified_at or measure.found_broken_at,
        adversarial=standing.of(Suite.ADVERSARIAL),
        refused=normal.refused,
        may_add=measure.state in LIVE or measure.state == MeasureState.DONE,
    )


def _words(ticket: Ticket, standing: Standing) -> tuple[str, str]:
    """Nothing is called verified but by a test."""
    measure, normal = ticket.measure, standing.of(Suite.NORMAL)
    numbers = {
        "build": ", ".join(standing.builds),
        "kept": normal.kept,
        "asked": normal.asked,
    }
    if measure.found_broken_at is not None:
        lost = _(
            "a later build lost it: on build %(build)s, %(kept)s of %(asked)s; the engineers are at it"
        )
        return lost % numbers, "danger"
    if measure.state == MeasureState.DONE and measure.verified_at is not None:
        return _("verified on build %(build)s, %(kept)s of %(asked)s") % numbers, "success"
    if measure.state == MeasureState.NOT_POSSIBLE:
        return _("the engineers found it not possible"), ""
    if normal.asked:
        so_far = _("being changed; at the last test, %(kept)s of %(asked)s on build %(build)s")
        return so_far % numbers, "progress"
    return _("ordered; not tested yet"), "progress"
