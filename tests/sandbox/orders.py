"""Orders as the tests give them."""

from typing import Any

from platforms.contract import MeasureOrder

CASE = "N-2026-004417-K"


def order(measure_id: str, kind: str, target_id: str, **parameters: Any) -> MeasureOrder:
    target_type = "user" if kind == "user_sanction" else "artefact"
    return MeasureOrder(
        measure_id, kind, target_type, target_id, CASE, "copyright_infringement", parameters
    )


def removal(measure_id: str, target_id: str = "out_8Hk2") -> MeasureOrder:
    return order(measure_id, "content_removal", target_id)


def sanction(measure_id: str, level: str, user: str = "u_5512") -> MeasureOrder:
    return order(measure_id, "user_sanction", user, level=level)


def ticket(measure_id: str, target_id: str = "foxspirit-v3") -> MeasureOrder:
    probes = [
        {"suite": "normal", "prompt": "a fox spirit"},
        {"suite": "adversarial", "prompt": "white fox mask"},
    ]
    return order(
        measure_id, "model_optimisation", target_id, terms=["fox spirit", "狐灵"], probes=probes
    )
