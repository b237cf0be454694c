"""Sentences that pages and letters share, in the active language."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from measures.models import Measure
from measures.rules import Family, Level
from measures.services.shown import verification
from measures.states import MeasureState
from notices.services.in_zone import in_zone
from regimes.pack import Clock, Pack
from regimes.questions import out_of_court, waiting_clock, waits_from_receipt
from regimes.vocabulary import PutBackMode, Unit

_ON_ARTEFACT: Final[Mapping[str, str | Promise]] = {
    Family.CONTENT_REMOVAL: gettext_lazy("Removal of “%(target)s”"),
    Family.MODEL_TAKEDOWN: gettext_lazy(
        "Takedown of the model “%(target)s”: not listed, not applied"
    ),
    Family.MODEL_OPTIMISATION: gettext_lazy(
        "A change to the model “%(target)s” so that it stops making this"
    ),
}
_ON_ACCOUNT: Final[Mapping[str, str | Promise]] = {
    Level.WARN: gettext_lazy("A warning on your account"),
    Level.RESTRICT: gettext_lazy("Some functions of your account are limited"),
    Level.SUSPEND: gettext_lazy("Your account is suspended"),
    Level.TERMINATE: gettext_lazy("Your account is ended"),
}
_LASTING: Final = (Level.RESTRICT, Level.SUSPEND)
"""Levels that last: a warning is given once, and what is ended for good says so itself."""
_STANDING: Final[Mapping[str, str | Promise]] = {
    MeasureState.PROPOSED: gettext_lazy("planned; a second person looks at it first"),
    MeasureState.ORDERED: gettext_lazy("ordered"),
    MeasureState.EXECUTING: gettext_lazy("being carried out"),
    MeasureState.IN_FORCE: gettext_lazy("in force"),
    MeasureState.IN_PROGRESS: gettext_lazy("being worked on"),
    MeasureState.FAILED: gettext_lazy("ordered, not carried out yet"),
    MeasureState.LIFTING: gettext_lazy("being lifted"),
    MeasureState.LIFTED: gettext_lazy("lifted"),
    MeasureState.VOIDED: gettext_lazy("lifted; it counts as never given"),
    MeasureState.DONE: gettext_lazy("done"),
}
_PERIOD: Final[Mapping[str, str | Promise]] = {
    Unit.WORKING_DAYS: gettext_lazy("%(length)d working days"),
    Unit.CALENDAR_DAYS: gettext_lazy("%(length)d calendar days"),
    Unit.MONTHS: gettext_lazy("%(length)d months"),
    Unit.HOURS: gettext_lazy("%(length)d hours"),
}


def measure_words(measure: Measure) -> str:
    """What a measure does, said to the person it touches."""
    if measure.family == Family.USER_SANCTION:
        return str(_ON_ACCOUNT[measure.level])
    target = measure.artefact
    name = (target.title or target.external_id) if target else ""
    return str(_ON_ARTEFACT.get(measure.family, measure.get_family_display())) % {"target": name}


def standing_words(measure: Measure) -> str:
    """How far it is, and what tests have shown of that: no more is claimed."""
    standing = str(_STANDING.get(measure.state, measure.get_state_display()))
    shown = verification(measure).words
    return (
        _("%(standing)s; %(shown)s") % {"standing": standing, "shown": shown} if shown else standing
    )


def told_words(measure: Measure, zone: str) -> dict[str, str]:
    """A measure as letters tell it: `what` it does, its `standing`, and `until` when where it ends by itself.

    A sanction without an end says so (Regulation (EU) 2022/2065 art. 17(3)(a): the duration of a restriction).
    """
    return {
        "what": measure_words(measure),
        "standing": standing_words(measure),
        "until": _until_words(measure, zone),
    }


def _until_words(measure: Measure, zone: str) -> str:
    if measure.expires_at is not None:
        return _("until %(day)s") % {"day": in_zone(measure.expires_at, zone)}
    return _("no end date") if measure.level in _LASTING else ""


def period_words(pack: Pack) -> str:
    """How long the right holder has, and from when; empty where no suit is waited for."""
    clock = waiting_clock(pack)
    if clock is None or pack.wait is None:
        return ""
    length = _length(pack, clock)
    if waits_from_receipt(pack):
        return _("%(length)s, counted from the day we received the counter-notice") % {
            "length": length
        }
    return _("%(length)s, counted from the day the counter-notice reaches the filer") % {
        "length": length
    }


def put_back_words(pack: Pack) -> str:
    """What a counter-notice leads to under this law, in one paragraph to its author."""
    if pack.put_back_mode is PutBackMode.NONE:
        return _("This procedure takes nothing away, so there is nothing to contest in it.")
    if pack.put_back_mode is PutBackMode.REVERSE_ON_MERITS:
        return _(
            "A person who did not decide the notice decides on your counter-notice, with reasons. If "
            "it is justified the measures end at once. There is no waiting period."
        )
    if pack.put_back_mode is PutBackMode.RESTORE_IMMEDIATELY_BAR_RENOTICE:
        return _(
            "If you contest, a person who did not decide the notice checks your counter-notice. If it "
            "holds, the measures end at once, it is forwarded to the filer, and the filer may not "
            "notify us of the same items again."
        )
    return _(
        "If you contest, a person who did not decide the notice checks your counter-notice and "
        "forwards it. The filer can then show that they sued or complained: %(period)s. If they do "
        "not, the measures end by themselves and you are told."
    ) % {"period": period_words(pack)}


def justified_words(justified: bool) -> str:
    """The result of an internal complaint."""
    if justified:
        return _("your complaint is justified, and the decision is reversed")
    return _("your complaint is not justified, and the decision stands")


def redress_words(pack: Pack) -> list[str]:
    """What can still be done after our answer under this regime, a sentence for each way."""
    court = _("You may bring the matter before a court at any time; our answer does not bind it.")
    if not out_of_court(pack):
        return [court]
    body = _(
        "You may turn to any certified out-of-court dispute settlement body of your choice; its "
        "decision binds neither side, and it takes at most a small fee from you."
    )
    return [body, court]


def _length(pack: Pack, clock: Clock) -> str:
    settings = pack.wait.settings if pack.wait else ()
    chosen = next((one for one in settings if pack.wait and one.key == pack.wait.setting), None)
    if chosen is not None:
        return chosen.label.in_language(get_language() or "en")
    return str(_PERIOD[clock.unit]) % {"length": clock.length}
