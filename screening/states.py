"""The kinds of text that the service shows its users for us, their states, and what each means."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TextKind(StrEnum):
    """What a text is for, in the order in which several are told."""

    RULING = "ruling"
    NOTICE = "notice"
    WARNING = "warning"
    PRE_USE = "pre_use"
    TRAINING = "training"


class TextState(StrEnum):
    """Where one version of a text stands. Whether it is shown now is a question of time (in_force.py)."""

    PROPOSED = "proposed"
    STANDING = "standing"
    REFUSED = "refused"
    ENDED = "ended"


KIND_NAMES: Final[Mapping[TextKind, Promise]] = {
    TextKind.RULING: _("Court ruling"),
    TextKind.NOTICE: _("Infringement notice"),
    TextKind.WARNING: _("Dynamic warning"),
    TextKind.PRE_USE: _("Disclaimer before use"),
    TextKind.TRAINING: _("Disclaimer on training data"),
}
KIND_SENTENCES: Final[Mapping[TextKind, Promise]] = {
    TextKind.RULING: _("Appended to the result of a prompt that holds one of its terms."),
    TextKind.NOTICE: _("Appended to the result of a prompt that holds one of its terms."),
    TextKind.WARNING: _(
        "Told with a prompt that holds one of its terms or, without terms, with every prompt that a rule warns of or blocks."
    ),
    TextKind.PRE_USE: _("Shown before anything is generated."),
    TextKind.TRAINING: _("Shown where the service says what its models were trained on."),
}
STATE_NAMES: Final[Mapping[TextState, Promise]] = {
    TextState.PROPOSED: pgettext_lazy("shown text", "Waits for a second person"),
    TextState.STANDING: pgettext_lazy("shown text", "Approved"),
    TextState.REFUSED: pgettext_lazy("shown text", "Refused"),
    TextState.ENDED: pgettext_lazy("shown text", "Ended"),
}
BY_TERM: Final = frozenset({TextKind.RULING, TextKind.NOTICE})
"""Kinds that hang on terms and never stand without one."""
GENERAL: Final = frozenset({TextKind.PRE_USE, TextKind.TRAINING})
"""Kinds that are for everybody and never hang on a term."""
APPROVED_BY_SECOND: Final = frozenset({TextKind.RULING})
"""Kinds that a second person approves."""
