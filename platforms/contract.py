"""The records of the platform contract (docs/platform-contract.yaml), as Redress reads and sends them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


class PlatformError(Exception):
    """The platform did not do what was asked; the text says why, for staff.

    `permanent` is True when repeating cannot help; otherwise the same call may be repeated with the same key.
    `retry_after` is the platform's wish in seconds, if it named one.
    """

    def __init__(self, message: str, *, permanent: bool, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.permanent = permanent
        self.retry_after = retry_after


class TargetNotFound(PlatformError):
    """The platform knows no such artefact, user or address: recorded as "not found here". Always permanent."""

    def __init__(self, message: str) -> None:
        super().__init__(message, permanent=True)


class NotOffered(PlatformError):
    """The platform speaks an older contract without this call: "does not say", which is not "none". Always permanent."""

    def __init__(self, message: str) -> None:
        super().__init__(message, permanent=True)


@dataclass(frozen=True)
class GenerationRecord:
    """How an output was made."""

    prompt: str
    negative_prompt: str
    seed: int
    model: str
    loras: tuple[str, ...]
    """External ids of the LoRA versions used."""
    session: str
    paid: bool
    upstream: str | None
    """The third party whose model drew it through an API; None when the platform drew it itself."""


@dataclass(frozen=True)
class ArtefactRecord:
    """An artefact as the platform describes it."""

    id: str
    kind: str
    """output, model, model_version, page, link or training_picture."""
    title: str
    url: str
    state: str
    """available, removed or disabled."""
    owner: str
    """External id of the platform's user."""
    created_at: datetime
    """Aware, UTC."""
    parent: str | None
    produce_id: str | None
    """ProduceID of the AIGC label (GB 45438-2025)."""
    generation: GenerationRecord | None
    licensed: bool
    surface: str = ""
    """The kind of service it lies on: generation, storage, link or marketplace; empty if the platform does not say."""
    territories: tuple[str, ...] = ()
    """Where it is offered: ISO 3166 countries, or EU; empty for everywhere."""
    build: str | None = None
    """Of a model: the build that is served now; another name whenever the model was changed. None if not told."""
    label: str | None = None
    """Of a file: explicit_and_implicit, explicit, implicit or none (GB 45438-2025); None if not told."""


@dataclass(frozen=True)
class Kin:
    """An artefact directly related to the one that was asked about."""

    artefact: ArtefactRecord
    relation: str
    """What it is to the one asked about: a KinRelation."""


@dataclass(frozen=True)
class BlastRadius:
    """What a measure would touch at the platform, in its own count; nothing happened."""

    outputs: int
    versions: int
    users: int
    links: int
    placements: int
    licensed_uses: int
    """Artefacts among them that somebody holds a licence for."""


@dataclass(frozen=True)
class Probe:
    """One prompt to be tried on a model. The same prompt and seed on the same build give the same output."""

    id: str
    """Unique within a run, 1 to 64 characters; the result comes back under it."""
    prompt: str
    seed: int
    """0 to 4294967295."""


@dataclass(frozen=True)
class ProbeResult:
    """What became of one prompt."""

    id: str
    outcome: str
    """output or refused."""
    output: str | None
    """External id of what was made; its bytes come by `content`. None when refused."""
    sha256: str | None
    """Of the bytes, lower-case hexadecimal, as the platform says; None when refused."""


@dataclass(frozen=True)
class ProbeRun:
    """Prompts that were tried on one build of a model, in the order they were asked."""

    model: str
    build: str
    results: tuple[ProbeResult, ...]


@dataclass(frozen=True)
class Content:
    """Bytes of an artefact, already compared with the platform's digest."""

    body: bytes
    media_type: str
    sha256: str
    """Lower-case hexadecimal."""


@dataclass(frozen=True)
class PlatformUserRecord:
    """A user of the platform and their standing."""

    id: str
    handle: str
    state: str
    """active, warned, restricted, suspended or terminated."""
    since: datetime
    """Aware, UTC."""
    contact_email: str


@dataclass(frozen=True)
class MeasureOrder:
    """What the platform shall do. Prompt blocks are not ordered here: they live in the guard."""

    measure_id: str
    kind: str
    """content_removal, model_takedown, model_optimisation or user_sanction."""
    target_type: str
    """artefact or user."""
    target_id: str
    """External id on the platform."""
    case: str
    """Reference of the case."""
    reason_code: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """user_sanction: level. model_optimisation: terms, probes (suite and prompt each). Otherwise empty."""

    def body(self) -> dict[str, Any]:
        """The JSON body of the PUT; equal orders give equal bodies."""
        return {
            "kind": self.kind,
            "target": {"type": self.target_type, "id": self.target_id},
            "parameters": dict(self.parameters),
            "case": self.case,
            "reason_code": self.reason_code,
        }


@dataclass(frozen=True)
class Acknowledgement:
    """The platform's word on a measure; kept as evidence."""

    acknowledgement_id: str
    measure_id: str
    state: str
    """applied, accepted (a ticket) or lifted."""
    applied_at: datetime
    lifted_at: datetime | None
    before: str
    """State of the target before, in the platform's words."""
    after: str
    raw: str
    """The answer exactly as received, as text."""
