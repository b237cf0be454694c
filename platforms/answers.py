"""From the platform's JSON to records. Anything malformed is refused whole: a record is never half true."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from platforms.contract import (
    Acknowledgement,
    ArtefactRecord,
    BlastRadius,
    GenerationRecord,
    Kin,
    PlatformUserRecord,
    Probe,
    ProbeResult,
    ProbeRun,
)
from platforms.models import ArtefactKind, KinRelation

Expected = TypeVar("Expected")
ARTEFACT_STATES = ("available", "removed", "disabled")
# A user's standing, from the lightest to the heaviest.
USER_STATES = ("active", "warned", "restricted", "suspended", "terminated")
MEASURE_STATES = ("applied", "accepted", "lifted")
LABELS = ("explicit_and_implicit", "explicit", "implicit", "none")
COUNTS = ("outputs", "versions", "users", "links", "placements", "licensed_uses")
MOST_COUNTED = 2**53
LONGEST_BUILD = 128
LONGEST_CURSOR = 512
LONGEST_KIN_PAGE = 500
SHA256: Final = re.compile("[0-9a-f]{64}")


_TERRITORY: Final = re.compile("[A-Z]{2}")


class Malformed(ValueError):
    """The answer breaks the contract; the text names the field."""


def artefact_record(data: Any) -> ArtefactRecord:
    """Raises Malformed."""
    record = _object(data, "answer")
    return ArtefactRecord(
        id=_get(record, "id", str),
        kind=_one_of(record, "kind", ArtefactKind.values),
        title=_get(record, "title", str),
        url=_get(record, "url", str),
        state=_one_of(record, "state", ARTEFACT_STATES),
        owner=_get(record, "owner", str),
        created_at=_moment(record, "created_at"),
        parent=_optional(record, "parent", str),
        produce_id=_optional(record, "produce_id", str),
        generation=_generation(record.get("generation")),
        licensed=_get(record, "licensed", bool),
        surface=_optional(record, "surface", str) or "",
        territories=_territories(record),
        build=_short(record, "build", LONGEST_BUILD),
        label=_one_of(record, "label", LABELS) if record.get("label") is not None else None,
    )


def kin_page(data: Any) -> tuple[tuple[Kin, ...], str | None]:
    """One page of kin and the cursor of the next, if there is one. Raises Malformed."""
    record = _object(data, "answer")
    listed = _get(record, "kin", list)
    if len(listed) > LONGEST_KIN_PAGE:
        raise Malformed(f"kin must be at most {LONGEST_KIN_PAGE} on a page")
    return tuple(_kin(one) for one in listed), _short(record, "next", LONGEST_CURSOR)


def _kin(data: Any) -> Kin:
    record = _object(data, "kin")
    artefact = artefact_record(record.get("artefact"))
    return Kin(artefact, _one_of(record, "relation", KinRelation.values))


def blast_radius(data: Any) -> BlastRadius:
    """Raises Malformed."""
    record = _object(data, "answer")
    counted = {name: _get(record, name, int) for name in COUNTS}
    for name, number in counted.items():
        if not 0 <= number <= MOST_COUNTED:
            raise Malformed(f"{name} must be a count")
    return BlastRadius(**counted)


def probe_run(data: Any, model: str, asked: Sequence[Probe]) -> ProbeRun:
    """Raises Malformed, also when a prompt is missing, is answered twice or was never asked."""
    record = _object(data, "answer")
    if record.get("model") != model:
        raise Malformed("model is not the one asked about")
    build = _short(record, "build", LONGEST_BUILD)
    if not build:
        raise Malformed("build must be named")
    results = tuple(_probe_result(one) for one in _get(record, "results", list))
    if [one.id for one in results] != [probe.id for probe in asked]:
        raise Malformed("results must answer each prompt once, in order")
    return ProbeRun(model, build, results)


def _probe_result(data: Any) -> ProbeResult:
    record = _object(data, "result")
    outcome = _one_of(record, "outcome", ("output", "refused"))
    output, sha256 = _optional(record, "output", str), _optional(record, "sha256", str)
    if outcome == "output" and not (output and sha256 and SHA256.fullmatch(sha256)):
        raise Malformed("an output needs its id and its sha256")
    if outcome == "refused" and (output or sha256):
        raise Malformed("what was refused has no output")
    return ProbeResult(_get(record, "id", str), outcome, output, sha256)


def _short(record: dict[str, Any], name: str, longest: int) -> str | None:
    text = _optional(record, name, str)
    if text is not None and not 1 <= len(text) <= longest:
        raise Malformed(f"{name} must be 1 to {longest} characters")
    return text


def _territories(record: dict[str, Any]) -> tuple[str, ...]:
    named = _optional(record, "territories", list) or []
    if not all(isinstance(one, str) and _TERRITORY.fullmatch(one) for one in named):
        raise Malformed("territories must be two capital letters each")
    return tuple(named)


def _generation(data: Any) -> GenerationRecord | None:
    if data is None:
        return None
    record = _object(data, "generation")
    loras = _get(record, "loras", list)
    if not all(isinstance(lora, str) for lora in loras):
        raise Malformed("loras must be texts")
    return GenerationRecord(
        prompt=_get(record, "prompt", str),
        negative_prompt=_get(record, "negative_prompt", str),
        seed=_get(record, "seed", int),
        model=_get(record, "model", str),
        loras=tuple(loras),
        session=_get(record, "session", str),
        paid=_get(record, "paid", bool),
        upstream=_optional(record, "upstream", str),
    )


def user_record(data: Any) -> PlatformUserRecord:
    """Raises Malformed."""
    record = _object(data, "answer")
    return PlatformUserRecord(
        id=_get(record, "id", str),
        handle=_get(record, "handle", str),
        state=_one_of(record, "state", USER_STATES),
        since=_moment(record, "since"),
        contact_email=_get(record, "contact_email", str),
    )


def acknowledgement(data: Any, raw: str, measure_id: str) -> Acknowledgement:
    """Raises Malformed, also when the answer speaks of another measure."""
    record = _object(data, "answer")
    effect = _object(record.get("effect"), "effect")
    if record.get("measure_id") != measure_id:
        raise Malformed("measure_id is not the one asked about")
    return Acknowledgement(
        acknowledgement_id=_get(record, "acknowledgement_id", str),
        measure_id=measure_id,
        state=_one_of(record, "state", MEASURE_STATES),
        applied_at=_moment(record, "applied_at"),
        lifted_at=_moment(record, "lifted_at") if record.get("lifted_at") is not None else None,
        before=_get(effect, "before", str),
        after=_get(effect, "after", str),
        raw=raw,
    )


def _object(data: Any, name: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise Malformed(f"{name} must be an object")
    return data


def _get(record: dict[str, Any], name: str, kind: type[Expected]) -> Expected:
    value = record.get(name)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise Malformed(f"{name} must be {kind.__name__}")
    if "\x00" in str(value):
        raise Malformed(f"{name} holds a NUL character")
    return value


def _optional(record: dict[str, Any], name: str, kind: type[Expected]) -> Expected | None:
    return None if record.get(name) is None else _get(record, name, kind)


def _one_of(record: dict[str, Any], name: str, allowed: Sequence[str]) -> str:
    value = _get(record, name, str)
    if value not in allowed:
        raise Malformed(f"{name} must be one of {', '.join(allowed)}")
    return value


def _moment(record: dict[str, Any], name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(_get(record, name, str))
    except ValueError as error:
        raise Malformed(f"{name} must be a moment (RFC 3339)") from error
    if moment.tzinfo is None:
        raise Malformed(f"{name} must name its zone")
    return moment.astimezone(UTC)
