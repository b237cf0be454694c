"""A platform with as many pictures as there are measures, and a case for each."""

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from django.db import transaction

from common import clock
from common.actors import SETUP
from measures.models import Measure
from measures.services import Order, impose
from notices.models import Case, CaseRegime, Notice
from notices.services.lifecycle import Step, advance
from platforms.models import Artefact, Platform, PlatformUser
from sandbox.shelf import NewArtefact, put
from sandbox.store import prepared
from tests.people import create_person
from users.models import User

OWNER = "u_5512"


def plant(data: Path, size: int) -> list[str]:
    """Put `size` pictures on the sandbox's shelf; their ids."""
    names = [f"out_kill_{number}" for number in range(size)]
    with prepared(data) as store, store.transaction():
        for name in names:
            new = NewArtefact(name, "output", name, f"/o/{name}", OWNER, "2026-09-01T08:00:00.000Z")
            put(store, new)
    return names


class Orders:
    """Orders the removal of one picture after the other, each in a case of its own."""

    def __init__(self, names: list[str]) -> None:
        self._names: Iterator[str] = iter(names)
        self._tara: User = create_person("tara@redress.example", "Tara", ["reviewer"])
        self._platform = Platform.objects.create(slug="kill", name="Acme AI")
        self._paul = PlatformUser.objects.create(platform=self._platform, external_id=OWNER)

    def next(self, *, by_drain: bool = False) -> Measure:
        """One more measure, sent off by its own task; or, as if that was lost, due for the sweep and its drain."""
        if not by_drain:
            return self._next()
        with patch("common.jobs._send"):
            measure = self._next()
        Measure.objects.filter(id=measure.id).update(try_after=None)
        return measure

    @transaction.atomic
    def _next(self) -> Measure:
        now, name = clock.now(), next(self._names)
        artefact = Artefact.objects.create(
            platform=self._platform,
            external_id=name,
            kind="output",
            owner=self._paul,
            read_at=now,
        )
        case = Case.objects.create(
            reference=name, platform=self._platform, language="en", title=name, filed_at=now
        )
        Notice.objects.create(
            case=case, channel="api", language="en", filer_role="owner", filed_at=now
        )
        regime = CaseRegime.objects.create(
            case=case, pack_id="cn-civil-code", pack_version="1", pack_sha256="0" * 64
        )
        advance(case.id, "start_review", Step(SETUP, now))
        case = advance(case.id, "accept", Step(SETUP, now))
        order = Order("content_removal", artefact=artefact)
        return impose(case, [regime], [order], user=self._tara, now=now)[0]
