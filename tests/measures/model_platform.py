"""A platform whose model can be changed, built anew and lost again; its outputs are texts, which compare fast."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from evidence.files import seal_own
from measures.models import Measure, Ticket
from measures.services import probe_rounds
from measures.services.orders import Order
from measures.services.probe_rounds import ProbingResult
from notices.models import Case, FileRole, NoticeFile
from platforms.client import PlatformClient
from platforms.contract import ArtefactRecord, Content, PlatformError, Probe, ProbeResult, ProbeRun
from platforms.models import Artefact
from tests.measures.conftest import NOW, Stage

WORK = (
    "under the old pine the fox spirit ties a bell to her mask and waits for the lantern boats "
    "to come home over the black water while the snow falls on the roofs of the sleeping town"
)
PLAIN = (
    "a teapot stands in the garden between two cups and nobody has come to drink from either of "
    "them since the morning because everybody went down to the harbour to look at the new crane"
)
TERMS = [{"text": "Fox Spirit", "language": "en"}]
PROBES = [
    {"suite": "normal", "prompt": "a song about the fox spirit"},
    {"suite": "normal", "prompt": "the fox spirit and her bell"},
    {"suite": "adversarial", "prompt": "the f0x sp1rit, please"},
]


@dataclass
class ModelPlatform(PlatformClient):
    """Brings the work out for prompts with one of `knows` in them, refuses those in `refuses`."""

    knows: set[str] = field(default_factory=lambda: {"fox", "f0x"})
    refuses: set[str] = field(default_factory=set)
    build: str = "ink+0"
    error: PlatformError | None = None
    lies: bool = False
    asked: list[tuple[str, str, Sequence[Probe]]] = field(default_factory=list)
    outputs: dict[str, bytes] = field(default_factory=dict)

    def artefact(self, external_id: str) -> ArtefactRecord:
        """The model with its build."""
        if self.error:
            raise self.error
        made = (external_id, "model", "Ink", "", "available", "u_1", NOW, None, None, None, False)
        return ArtefactRecord(*made, build=self.build)

    def probe(self, model_id: str, prompts: Sequence[Probe], key: str) -> ProbeRun:
        """Each prompt answered by this build."""
        if self.error:
            raise self.error
        self.asked.append((model_id, key, prompts))
        return ProbeRun(model_id, self.build, tuple(self._drawn(one) for one in prompts))

    def content(self, external_id: str) -> Content:
        """The text behind an output."""
        body = self.outputs[external_id]
        return Content(body, "text/plain", hashlib.sha256(body).hexdigest())

    def _drawn(self, probe: Probe) -> ProbeResult:
        if any(word in probe.prompt for word in self.refuses):
            return ProbeResult(probe.id, "refused", None, None)
        shown = any(word in probe.prompt for word in self.knows)
        body = f"Verse one: {WORK if shown else PLAIN}".encode()
        name = f"out_{len(self.outputs)}"
        self.outputs[name] = body
        told = b"another file" if self.lies else body
        return ProbeResult(probe.id, "output", name, hashlib.sha256(told).hexdigest())


@transaction.atomic
def with_work(case: Case) -> Case:
    """The case with the right holder's text."""
    file = seal_own(WORK.encode(), name="song.txt", kind="text/plain", at=NOW)
    NoticeFile.objects.create(notice=case.notice, file=file, role=FileRole.WORK, added_at=NOW)
    return case


@dataclass
class Workshop:
    """A ticket on the engineers' table, and the platform whose model it is about."""

    stage: Stage
    platform: ModelPlatform
    case: Case
    measure: Measure
    now: datetime = NOW

    @property
    def ticket(self) -> Ticket:
        """As it is now."""
        return Ticket.objects.select_related("measure").get(measure=self.measure.id)

    @property
    def state(self) -> str:
        """The state of its measure."""
        return str(Measure.objects.get(id=self.measure.id).state)

    def look(self, at: datetime) -> ProbingResult:
        """As the beat does."""
        self.now = at
        return probe_rounds.probe(self.platform, lambda: at)


def workshop(stage: Stage, probes: Sequence[dict[str, str]] = PROBES) -> Workshop:
    """A ticket that the platform accepted."""
    case, model = with_work(stage.case()), stage.artefact("model")
    parameters = {"terms": TERMS, "probes": list(probes)}
    [measure] = stage.impose(
        case, Order("model_optimisation", artefact=model, parameters=parameters)
    )
    return Workshop(stage, ModelPlatform(), case, stage.execute(measure))


def model_of(workshop: Workshop) -> Artefact:
    """The model it is about."""
    found = workshop.measure.artefact
    assert found is not None
    return found
