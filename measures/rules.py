"""Which measures there are, who must agree to them, and what is offered for what."""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from measures import ladder_policy


class Family(models.TextChoices):
    """The five kinds of necessary measure (Civil Code 1195; Interim Measures 14)."""

    CONTENT_REMOVAL = "content_removal", _("Content removal")
    MODEL_TAKEDOWN = "model_takedown", _("Model takedown")
    PROMPT_BLOCK = "prompt_block", _("Prompt block")
    MODEL_OPTIMISATION = "model_optimisation", _("Model optimisation")
    USER_SANCTION = "user_sanction", _("User sanction")


class Level(models.TextChoices):
    """The ladder of Interim Measures 14(2): warn, limit functions, suspend, end service."""

    WARN = "warn", pgettext_lazy("sanction", "Warning")
    RESTRICT = "restrict", pgettext_lazy("sanction", "Restriction")
    SUSPEND = "suspend", pgettext_lazy("sanction", "Suspension")
    TERMINATE = "terminate", pgettext_lazy("sanction", "Termination")


class Suite(models.TextChoices):
    """What a probe imitates: a user's normal use, or somebody who tries to get round the block."""

    NORMAL = "normal", pgettext_lazy("probe", "Normal use")
    ADVERSARIAL = "adversarial", pgettext_lazy("probe", "Adversarial")


class Intent(models.TextChoices):
    """What a person found of a user's intent (Regulation 2022/2065 art. 23(3)(d)); never found by a program."""

    NOT_ASSESSED = ladder_policy.NOT_ASSESSED, pgettext_lazy("intent", "Not assessed")
    GOOD_FAITH = ladder_policy.GOOD_FAITH, pgettext_lazy("intent", "Good faith")
    INDUCEMENT = (
        ladder_policy.INDUCEMENT,
        pgettext_lazy("intent", "Induced it by repeated suggestive prompts"),
    )
    WILFUL = ladder_policy.WILFUL, pgettext_lazy("intent", "Knew that it infringes")


# The deadline kind of an upstream provider's acknowledgement; its length is the operator's choice.
UPSTREAM: Final = "measures.upstream"
# The deadline kind of a match that waits for a person; a house figure too.
MATCH: Final = "measures.match"
# The deadline kind of the answer to an appeal against a sanction; its length is the operator's choice.
APPEAL: Final = "measures.appeal"
# The deadline kind of a ticket: by when the model is to be changed, the operator's choice too.
TICKET: Final = "measures.ticket"

ON_ARTEFACT: Final = frozenset(
    {Family.CONTENT_REMOVAL, Family.MODEL_TAKEDOWN, Family.MODEL_OPTIMISATION}
)
# Told to the platform by HTTP; a prompt block lives in our own guard.
SENT: Final = frozenset(Family) - {Family.PROMPT_BLOCK}
# From suspension up, and a whole model: too heavy for one pair of eyes.
APPROVED_FAMILIES: Final = frozenset({Family.MODEL_TAKEDOWN})
APPROVED_LEVELS: Final = frozenset({Level.SUSPEND, Level.TERMINATE})

# The artefact kinds (platforms.models.ArtefactKind, and "prompt") that each family can act on.
TARGETS: Final[Mapping[Family, frozenset[str]]] = {
    Family.CONTENT_REMOVAL: frozenset({"output", "page", "link", "training_picture"}),
    Family.MODEL_TAKEDOWN: frozenset({"model", "model_version"}),
    Family.MODEL_OPTIMISATION: frozenset({"model", "model_version"}),
}


def needs_second_person(family: str, level: str = "") -> bool:
    """Whether somebody other than the orderer and the decider must approve."""
    return family in APPROVED_FAMILIES or level in APPROVED_LEVELS


def takedown_of(kind: str) -> Family:
    """The family of measure that takes an artefact of this kind away."""
    on_models = kind in TARGETS[Family.MODEL_TAKEDOWN]
    return Family.MODEL_TAKEDOWN if on_models else Family.CONTENT_REMOVAL
