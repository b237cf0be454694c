"""From the platform's JSON to records. Anything malformed is refused whole: a record is never half true."""

import re
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from platforms.contract import Acknowledgement, ArtefactRecord, GenerationRecord, PlatformUserRecord

Expected = TypeVar("Expected")
ARTEFACT_KINDS = ("output", "model", "model_version", "page", "link", "training_picture")
ARTEFACT_STATES = ("available", "removed", "disabled")
USER_STATES = ("active", "warned", "restricted", "suspended", "terminated")
MEASURE_STATES = ("applied", "accepted", "lifted")


_TERRITORY: Final = re.compile("[A-Z]{2}")


class Malformed(ValueError):
    """The answer breaks the contract; the text names the field."""


def artefact_record(data: Any) -> ArtefactRecord:
    """Raises Malformed."""
    record = _object(data, "answer")
    return ArtefactRecord(
        id=_get(record, "id", str),
        kind=_one_of(record, "kind", ARTEFACT_KINDS),
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
    )


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


def _one_of(record: dict[str, Any], name: str, allowed: tuple[str, ...]) -> str:
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
