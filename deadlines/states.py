"""The states of a deadline and what each means. The arrows between them are on the model."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(StrEnum):
    """Where a deadline stands."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MET_LATE = "met_late"
    STOPPED = "stopped"
    BREACHED = "breached"
    FIRED = "fired"


OPEN: Final = (State.RUNNING, State.PAUSED, State.BREACHED)
"""Something is still owed."""

ENDED: Final = (State.MET, State.MET_LATE, State.STOPPED, State.FIRED)
"""No way leads out of these."""

SENTENCES: Final[Mapping[State, Promise]] = {
    State.RUNNING: _("The clock is running."),
    State.PAUSED: _("The clock is paused while another owes an answer."),
    State.MET: _("What was owed was done in time."),
    State.MET_LATE: _("What was owed was done after the clock had run out."),
    State.STOPPED: _("The clock was stopped because nothing is owed any more."),
    State.BREACHED: _("The clock ran out and what is owed has not been done."),
    State.FIRED: _("The clock ran out and its consequence was carried out."),
}


class Owes(StrEnum):
    """Who has to act before the clock runs out."""

    PROVIDER = "provider"
    FILER = "filer"
    RIGHT_HOLDER = "right_holder"
    RESPONDENT = "respondent"
    COURT = "court"
    ODS_BODY = "ods_body"
