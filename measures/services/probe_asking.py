"""Having one suite tried on one model: prompts sent, outputs fetched, each compared with the works."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID, uuid5

from measures.models import Probe, TicketModel
from measures.services.likeness import Likeness, Scorer
from measures.ticketing import Count
from platforms import contract
from platforms.client import MOST_PROBES, PlatformClient
from platforms.contract import PlatformError, ProbeResult

DRAWN: Final = "output"  # the contract's own word


@dataclass(frozen=True)
class Question:
    """A suite as it stood when the look was opened."""

    suite_id: UUID
    version: int
    allowed_percent: int
    probes: tuple[Probe, ...]


@dataclass(frozen=True)
class Seen:
    """What became of one probe. `likeness` is None when it was refused."""

    probe: Probe
    output: str
    sha256: str
    media_type: str
    likeness: Likeness | None


@dataclass(frozen=True)
class Asked:
    """One suite, tried on one build. `key` is that of its first request."""

    question: Question
    build: str
    key: UUID
    scorer: str
    seen: tuple[Seen, ...]

    @property
    def count(self) -> Count:
        """What became of its probes."""
        told = [one.likeness for one in self.seen if one.likeness is not None]
        return Count(
            asked=len(self.seen),
            drawn=len(told),
            similar=sum(one.similar for one in told),
            unscored=sum(one.score is None for one in told),
        )


class Opened(Protocol):
    """The look that asks: which model, since when, and who compares."""

    @property
    def model(self) -> TicketModel: ...
    @property
    def at(self) -> datetime: ...
    @property
    def scorer(self) -> Scorer: ...


def ask(question: Question, name: str, look: Opened, client: PlatformClient) -> Asked:
    """Try every probe. Repeated within one look it is the same request, so that nothing is drawn twice.

    Raises PlatformError: when the platform does not answer, when its outputs are not those it named, and
    when a new build came while it was asked, for then nobody knows which build made what.
    """
    seen: list[Seen] = []
    builds: list[str] = []
    key = uuid5(look.model.id, f"{question.suite_id} {question.version} {look.at.isoformat()}")
    for place, probes in enumerate(_batches(question.probes)):
        sent = [contract.Probe(one.id.hex, one.prompt, one.seed) for one in probes]
        ran = client.probe(name, sent, str(uuid5(key, str(place))))
        builds.append(ran.build)
        for probe, result in zip(probes, ran.results, strict=True):
            seen.append(_seen(probe, result, look.scorer, client))
    if len(set(builds)) != 1:
        raise PlatformError("a new build came while the suite ran", permanent=False)
    return Asked(question, builds[0], key, look.scorer.name, tuple(seen))


def _seen(probe: Probe, result: ProbeResult, scorer: Scorer, client: PlatformClient) -> Seen:
    if result.outcome != DRAWN or result.output is None:
        return Seen(probe, "", "", "", None)
    content = client.content(result.output)
    if content.sha256 != result.sha256:
        raise PlatformError("an output is not the one that the platform named", permanent=False)
    likeness = scorer.score(content.body, content.media_type)
    return Seen(probe, result.output, content.sha256, content.media_type, likeness)


def _batches(probes: Sequence[Probe]) -> Iterator[Sequence[Probe]]:
    for start in range(0, len(probes), MOST_PROBES):
        yield probes[start : start + MOST_PROBES]


def digest(prompt: str) -> str:
    """SHA-256 of a prompt, as a run keeps it."""
    return hashlib.sha256(prompt.encode()).hexdigest()
