"""What may be done with clocks: start, meet, stop, pause, resume; `sweep.run` lets time have its way."""

from deadlines.services.closing import meet, stop, stop_all
from deadlines.services.owning import hand_over
from deadlines.services.pausing import pause, resume
from deadlines.services.starting import PackVersion, Period, Subject, start

__all__ = [
    "PackVersion",
    "Period",
    "Subject",
    "hand_over",
    "meet",
    "pause",
    "resume",
    "start",
    "stop",
    "stop_all",
]
