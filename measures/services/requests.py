"""The order that the platform gets, composed once when a measure is ordered."""

from typing import Any

from measures.models import Measure
from measures.rules import ON_ARTEFACT, SENT, Family
from measures.services.lifecycle import target_of
from platforms.contract import MeasureOrder

REASON = "copyright"


def compose(measure: Measure, case_reference: str) -> dict[str, Any]:
    """The body of docs/platform-contract.yaml for this measure; empty for what is not sent.

    It is stored and sent alike on every attempt, so nothing in it may depend on the moment: the
    case is the one that first asked, whoever joins later.
    """
    if measure.family not in SENT:
        return {}
    return MeasureOrder(
        measure_id=str(measure.id),
        kind=measure.family,
        target_type="artefact" if measure.family in ON_ARTEFACT else "user",
        target_id=target_of(measure),
        case=case_reference,
        reason_code=REASON,
        parameters=_parameters(measure),
    ).body()


def stored(measure: Measure) -> MeasureOrder:
    """The same order again, from the row."""
    body = measure.request
    return MeasureOrder(
        measure_id=str(measure.id),
        kind=body["kind"],
        target_type=body["target"]["type"],
        target_id=body["target"]["id"],
        case=body["case"],
        reason_code=body["reason_code"],
        parameters=body["parameters"],
    )


def _parameters(measure: Measure) -> dict[str, Any]:
    if measure.family == Family.USER_SANCTION:
        return {"level": measure.level}
    if measure.family == Family.MODEL_OPTIMISATION:
        return {
            "terms": [term["text"] for term in measure.parameters["terms"]],
            "probes": list(measure.parameters.get("probes", ())),
        }
    return {}
