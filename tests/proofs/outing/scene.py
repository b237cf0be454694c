"""Cases with four removals each, ordered one after the other, every one at a moment of its own."""

import random
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from measures.models import ContentRemoval, Measure, MeasureGround
from measures.services.impose import GRACE
from measures.services.requests import compose
from measures.states import MeasureState
from notices.models import Case, CaseRegime
from platforms.models import Artefact, Platform
from sandbox.shelf import NewArtefact, put
from sandbox.store import prepared
from tests.people import create_person

A_CASE, SHARED = 4, 25  # measures for each case; one in so many stands on a second case too
OWNER = "u_5512"
PACK = {"pack_id": "cn-civil-code", "pack_version": "1", "pack_sha256": "0" * 64}


@dataclass(frozen=True)
class Planted:
    """The measures by the moment of their order, and of each case its measures in that order."""

    platform: Platform
    arrivals: list[tuple[datetime, uuid.UUID]]
    cases: dict[uuid.UUID, list[str]]


def plant(data: Path, size: int, began: datetime, during: timedelta, seed: int) -> Planted:
    """`size` removals that are ordered within `during`, in random order over the cases."""
    names = [f"out_{number}" for number in range(size)]
    _shelve(data, names)
    platform = Platform.objects.create(slug="outage", name="Acme AI")
    cases, regimes = _cases(platform, max(1, size // A_CASE), began)
    of_case = [number % len(cases) for number in range(size)]
    random.Random(seed).shuffle(of_case)
    kind: dict[str, Any] = {"platform": platform, "kind": "output", "read_at": began}
    artefacts = Artefact.objects.bulk_create(
        [Artefact(external_id=name, **kind) for name in names], 1000
    )
    user = create_person("tara@redress.example", "Tara", ["reviewer"])
    rows, grounds = [], []
    for number, artefact in enumerate(artefacts):
        at = began + during * number / size
        home = of_case[number]
        row = ContentRemoval(
            family="content_removal", platform=platform, artefact=artefact,
            state=MeasureState.ORDERED, approval_required=False,
            ordered_by=user, ordered_at=at, try_after=at + GRACE,
        )  # fmt: skip
        row.request = compose(row, cases[home].reference)
        rows.append(row)
        for place in {home, (home + 1) % len(cases)} if number % SHARED == 0 else {home}:
            behind = {"case": cases[place], "case_regime": regimes[place]}
            grounds.append(MeasureGround(measure=row, ordered_by=user, created_at=at, **behind))
    Measure.objects.bulk_create(rows, 1000)
    MeasureGround.objects.bulk_create(grounds, 1000)
    lines: dict[uuid.UUID, list[str]] = {case.id: [] for case in cases}
    for ground in grounds:
        lines[ground.case_id].append(str(ground.measure_id))
    return Planted(platform, [(row.ordered_at, row.id) for row in rows], lines)


def _shelve(data: Path, names: list[str]) -> None:
    with prepared(data) as store, store.transaction():
        for name in names:
            put(
                store,
                NewArtefact(name, "output", name, f"/o/{name}", OWNER, "2026-09-01T08:00:00.000Z"),
            )


def _cases(platform: Platform, many: int, at: datetime) -> tuple[list[Case], list[CaseRegime]]:
    about: dict[str, Any] = {"platform": platform, "language": "en", "filed_at": at}
    cases = [Case(reference=f"out_{n}", title=f"out_{n}", **about) for n in range(many)]
    Case.objects.bulk_create(cases, 1000)
    regimes = [CaseRegime(case=case, **PACK) for case in cases]
    CaseRegime.objects.bulk_create(regimes, 1000)
    return cases, regimes
