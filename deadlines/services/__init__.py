"""What may be done with clocks: start, meet, stop, pause, resume, extend; `sweep.run` lets time have its way."""

from deadlines.services.closing import meet, stop, stop_all
from deadlines.services.extending import Grant, extend
from deadlines.services.owning import hand_over
from deadlines.services.pausing import pause, resume
from deadlines.services.starting import PackVersion, Period, Subject, start

__all__ = [
    "Grant",
    "PackVersion",
    "Period",
    "Subject",
    "extend",
    "hand_over",
    "meet",
    "pause",
    "resume",
    "start",
    "stop",
    "stop_all",
]
