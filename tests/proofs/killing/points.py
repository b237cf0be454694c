"""Where the worker halts to be killed. Only the worker of this proof loads this."""

import os
import threading
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from measures.models import Measure
from measures.services import drain, execute
from measures.services.many import Held
from notices.services.lifecycle import Step
from platforms.client import PlatformClient
from platforms.contract import Acknowledgement, MeasureOrder

BEFORE_CALL, DURING_CALL, AFTER_ANSWER, BEFORE_COMMIT = POINTS = (
    "before the call",
    "during the call",
    "after the answer",
    "before the commit",
)
# Not killed: the platform's answer comes too late, before it does anything or when it has done it.
LATE, DONE_LATE = TIMEOUTS = ("before the effect", "after the effect")
IN_FLIGHT_SECONDS = 0.5


def arm() -> None:
    """Make every measure halt once at the point KILL_AT; a measure that halted before passes."""
    point, folder = os.environ.get("KILL_AT", ""), Path(os.environ["KILL_FOLDER"])
    if point == BEFORE_COMMIT:
        _halt_before_commit(folder)
    elif point:
        _halt_at_call(point, folder)


def _halt_at_call(point: str, folder: Path) -> None:
    real = PlatformClient.apply

    def apply(client: PlatformClient, order: MeasureOrder, key: str) -> Acknowledgement:
        marker = folder / order.measure_id
        if marker.exists():
            return real(client, order, key)
        if point == BEFORE_CALL:
            _halt(marker)
        if (
            point == DURING_CALL
        ):  # the sandbox was told to be slow, so the request is under way then
            threading.Timer(IN_FLIGHT_SECONDS, marker.touch).start()
        real(client, order, key)
        return _halt(marker)

    PlatformClient.apply = apply  # type: ignore[method-assign]


def _halt_before_commit(folder: Path) -> None:
    alone, together = execute.took_effect, drain.take_effect

    def took_effect(measure: Measure, acknowledgement: dict[str, object], step: Step) -> None:
        alone(measure, acknowledgement, step)
        if not (folder / str(measure.id)).exists():
            _halt(folder / str(measure.id))

    def take_effect(
        mine: Sequence[Held], words: Mapping[UUID, dict[str, object]], now: datetime
    ) -> None:
        together(mine, words, now)
        markers = [folder / str(one.measure.id) for one in mine]
        new = [marker for marker in markers if not marker.exists()]
        for marker in new[1:]:
            marker.touch()
        if new:
            _halt(new[0])

    execute.took_effect = took_effect
    drain.take_effect = take_effect


def _halt(marker: Path) -> Acknowledgement:
    """Say where we are, and wait for the kill."""
    marker.touch()
    while True:
        time.sleep(60)
