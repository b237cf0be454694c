"""A platform, the cast, and accepted cases; the platform's answers are scripted at the border."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from django.db import transaction

from common.actors import SETUP
from measures.models import FAMILY_MODELS, Measure, MeasureGround
from measures.services import end_grounds, impose
from measures.services import execute as executing
from measures.services import lift as lifting
from measures.services.orders import Order
from notices.models import Case, CaseRegime, ClaimedItem, Notice
from notices.services.lifecycle import Step, advance
from platforms.client import PlatformClient
from platforms.contract import Acknowledgement, MeasureOrder, PlatformError
from platforms.models import Artefact, Platform, PlatformUser
from tests.people import create_person
from users.models import User

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


@dataclass
class ScriptedPlatform(PlatformClient):
    """Acknowledges everything, but for the errors it was told to answer first."""

    errors: list[PlatformError] = field(default_factory=list)
    calls: list[tuple[str, str, str]] = field(default_factory=list)
    during: Callable[[], None] = lambda: None

    def apply(self, order: MeasureOrder, idempotency_key: str) -> Acknowledgement:
        self.calls.append(("apply", order.measure_id, idempotency_key))
        state = "accepted" if order.kind == "model_optimisation" else "applied"
        return self._answer(order.measure_id, state)

    def lift(self, measure_id: str, idempotency_key: str) -> Acknowledgement:
        self.calls.append(("lift", measure_id, idempotency_key))
        return self._answer(measure_id, "lifted")

    def _answer(self, measure_id: str, state: str) -> Acknowledgement:
        self.during()
        if self.errors:
            raise self.errors.pop(0)
        name = f"ack_{state}_{measure_id[:8]}"
        lifted = NOW if state == "lifted" else None
        return Acknowledgement(name, measure_id, state, NOW, lifted, "available", "removed", "{}")


@dataclass
class Stage:
    """Everything a measure needs, made on demand."""

    platform: Platform
    paul: PlatformUser
    tara: User
    dan: User
    lea: User
    eno: User
    eve: User
    client: ScriptedPlatform
    numbers: Iterator[int]

    def artefact(self, kind: str = "output") -> Artefact:
        return Artefact.objects.create(
            platform=self.platform,
            external_id=f"{kind}_{next(self.numbers)}",
            kind=kind,
            owner=self.paul,
            read_at=NOW,
        )

    @transaction.atomic
    def case(self, *packs: str) -> Case:
        """A notice that Tara accepted, under these packs."""
        number = next(self.numbers)
        case = Case.objects.create(
            reference=f"N-2026-{number:06d}-K",
            platform=self.platform,
            language="en",
            title="Fox Spirit",
            filed_at=NOW,
        )
        Notice.objects.create(
            case=case, channel="portal", language="en", filer_role="owner", filed_at=NOW
        )
        for pack in packs or ("cn-civil-code",):
            CaseRegime.objects.create(
                case=case, pack_id=pack, pack_version="2026.1", pack_sha256="0" * 64
            )
        advance(case.id, "start_review", Step(SETUP, NOW))
        Case.objects.filter(id=case.id).update(decided_by=self.tara, decided_at=NOW)
        return advance(case.id, "accept", Step(SETUP, NOW))

    def item(self, case: Case, artefact: Artefact, outcome: str = "upheld") -> ClaimedItem:
        return ClaimedItem.objects.create(
            notice=case.notice,
            number=next(self.numbers),
            kind=artefact.kind,
            locator=artefact.external_id,
            artefact=artefact,
            outcome=outcome,
        )

    def impose(self, case: Case, *orders: Order, user: User | None = None) -> list[Measure]:
        regimes = list(case.regimes.all())
        return impose(case, regimes, orders, user=user or self.tara, now=NOW)

    def sanction(
        self, case: Case, level: str = "warn", expires_at: datetime | None = None
    ) -> Measure:
        """A sanction for Paul, for an output of his."""
        item = self.item(case, self.artefact())
        order = Order("user_sanction", item, None, self.paul, level, expires_at=expires_at)
        return self.impose(case, order)[0]

    def removal(self, case: Case) -> Measure:
        """A removal that was ordered and not yet sent."""
        return self.impose(case, Order("content_removal", artefact=self.artefact()))[0]

    def release(self, measure: Measure, reason: str = "restored", at: datetime = NOW) -> Measure:
        """End every ground of the measure."""
        for ground in measure.grounds.filter(ended_at=None).select_related("case_regime"):
            end_grounds(ground.case_regime, reason, Step(SETUP, at))
        return Measure.objects.get(id=measure.id)

    def release_ground(self, ground: MeasureGround) -> None:
        end_grounds(ground.case_regime, "restored", Step(SETUP, NOW))

    def execute(self, measure: Measure, at: datetime = NOW) -> Measure:
        executing.execute(measure.id, self.client, lambda: at)
        return Measure.objects.get(id=measure.id)

    def lift(self, measure: Measure, at: datetime = NOW) -> Measure:
        lifting.lift(measure.id, self.client, lambda: at)
        return Measure.objects.get(id=measure.id)


def declared() -> set[tuple[str, str, str]]:
    """Machine, source and target of every step that the families declare; source '' is birth."""
    rows = set()
    for model in FAMILY_MODELS.values():
        rows |= {(model.machine, "", str(state)) for state in model.initial}
        for step in model._meta.get_field("state").get_all_transitions(model):
            rows.add((model.machine, str(step.source), str(step.target)))
    return rows


@pytest.fixture
def stage(db: None) -> Stage:
    platform = Platform.objects.create(slug=f"acme-{uuid.uuid4().hex[:8]}", name="Acme AI")
    paul = PlatformUser.objects.create(
        platform=platform, external_id="user_paul", handle="paul", email="paul@example.org"
    )
    people = {
        name: create_person(f"{name}@redress.example", name.title(), roles)
        for name, roles in (
            ("tara", ["reviewer", "approver"]),
            ("dan", ["approver"]),
            ("lea", ["legal"]),
            ("eno", ["engineer"]),
            ("eve", []),
        )
    }
    client = ScriptedPlatform()
    return Stage(platform, paul, **people, client=client, numbers=iter(range(1, 10_000)))
