"""Sentences that pages and letters share, in the active language."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from counternotices.rules import FILED
from measures.models import Measure
from measures.rules import Family, Level
from measures.states import MeasureState
from regimes.pack import Clock, Pack
from regimes.questions import waiting_clock
from regimes.vocabulary import PutBackMode, Unit

_ON_ARTEFACT: Final[Mapping[str, str | Promise]] = {
    Family.CONTENT_REMOVAL: _l("Removal of “%(target)s”"),
    Family.MODEL_TAKEDOWN: _l("Takedown of the model “%(target)s”: not listed, not applied"),
    Family.MODEL_OPTIMISATION: _l(
        "A change to the model “%(target)s” so that it stops making this"
    ),
}
_ON_ACCOUNT: Final[Mapping[str, str | Promise]] = {
    Level.WARN: _l("A warning on your account"),
    Level.RESTRICT: _l("Some functions of your account are limited"),
    Level.SUSPEND: _l("Your account is suspended"),
    Level.TERMINATE: _l("Your account is ended"),
}
_STANDING: Final[Mapping[str, str | Promise]] = {
    MeasureState.PROPOSED: _l("planned; a second person looks at it first"),
    MeasureState.ORDERED: _l("ordered"),
    MeasureState.EXECUTING: _l("being carried out"),
    MeasureState.IN_FORCE: _l("in force"),
    MeasureState.IN_PROGRESS: _l("being worked on"),
    MeasureState.FAILED: _l("ordered, not carried out yet"),
    MeasureState.LIFTING: _l("being lifted"),
    MeasureState.LIFTED: _l("lifted"),
    MeasureState.VOIDED: _l("lifted; it counts as never given"),
    MeasureState.DONE: _l("done"),
}
_PERIOD: Final[Mapping[str, str | Promise]] = {
    Unit.WORKING_DAYS: _l("%(length)d working days"),
    Unit.CALENDAR_DAYS: _l("%(length)d calendar days"),
    Unit.MONTHS: _l("%(length)d months"),
    Unit.HOURS: _l("%(length)d hours"),
}


def measure_words(measure: Measure) -> str:
    """What a measure does, said to the person it touches."""
    if measure.family == Family.USER_SANCTION:
        return str(_ON_ACCOUNT[measure.level])
    target = measure.artefact
    name = (target.title or target.external_id) if target else ""
    return str(_ON_ARTEFACT.get(measure.family, measure.get_family_display())) % {"target": name}


def standing_words(measure: Measure) -> str:
    """How far it is."""
    return str(_STANDING.get(measure.state, measure.get_state_display()))


def period_words(pack: Pack) -> str:
    """How long the right holder has, and from when; empty where no suit is waited for."""
    clock = waiting_clock(pack)
    if clock is None or pack.wait is None:
        return ""
    length = _length(pack, clock)
    if pack.wait.start_event == FILED:
        return _("%(length)s, counted from the day we received the counter-notice") % {
            "length": length
        }
    return _("%(length)s, counted from the day the counter-notice reaches the filer") % {
        "length": length
    }


def put_back_words(pack: Pack) -> str:
    """What a counter-notice leads to under this law, in one paragraph to its author."""
    if pack.put_back_mode is PutBackMode.REVERSE_ON_MERITS:
        return _(
            "A person who did not decide the notice decides on your counter-notice, with reasons. If "
            "it is justified the measures end at once. There is no waiting period."
        )
    return _(
        "If you contest, a person who did not decide the notice checks your counter-notice and "
        "forwards it. The filer can then show that they sued or complained: %(period)s. If they do "
        "not, the measures end by themselves and you are told."
    ) % {"period": period_words(pack)}


def _length(pack: Pack, clock: Clock) -> str:
    settings = pack.wait.settings if pack.wait else ()
    chosen = next((one for one in settings if pack.wait and one.key == pack.wait.setting), None)
    if chosen is not None:
        return chosen.label.in_language(get_language() or "en")
    return str(_PERIOD[clock.unit]) % {"length": clock.length}
