"""What a ticket is about, where it stands with the engineers, and when its probes hold. No database, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    """Where the engineers are with a ticket in progress: columns of the board, free to move between."""

    NEW = "new", pgettext_lazy("ticket", "New")
    SCOPED = "scoped", pgettext_lazy("ticket", "Scoped")
    MITIGATING = "mitigating", pgettext_lazy("ticket", "Mitigating")
    VERIFYING = "verifying", pgettext_lazy("ticket", "Verifying")


class Mitigation(models.TextChoices):
    """What is done to the model, or before and behind it."""

    DATA_REMOVAL = "data_removal", pgettext_lazy("mitigation", "Removal from the training data")
    FINE_TUNE = "fine_tune", pgettext_lazy("mitigation", "Fine-tuning")
    GUIDANCE = "guidance", pgettext_lazy("mitigation", "Negative prompt or guidance")
    CLASSIFIER = "classifier", pgettext_lazy("mitigation", "Classifier on the output")
    UNLEARNING = "unlearning", pgettext_lazy("mitigation", "Unlearning")
    RETIREMENT = "retirement", pgettext_lazy("mitigation", "Retirement of the model")


class Trained(models.TextChoices):
    """Who trained the model: the role test. Nobody can take data out of a training that was another's."""

    SERVICE = "service", pgettext_lazy("role test", "This service")
    USER_HERE = (
        "user_here",
        pgettext_lazy("role test", "A user, with this service's training function"),
    )
    UPSTREAM = (
        "upstream",
        pgettext_lazy("role test", "A third party, whose model is called through its interface"),
    )
    THIRD_PARTY = (
        "third_party",
        pgettext_lazy("role test", "A third party; this service runs its finished model"),
    )


class ProbeState(models.TextChoices):
    """What became of a probe that somebody proposed."""

    PROPOSED = "proposed", pgettext_lazy("probe", "Waits for review")
    IN_USE = "in_use", pgettext_lazy("probe", "In use")
    DECLINED = "declined", pgettext_lazy("probe", "Not used")


class Verdict(models.TextChoices):
    """What one run of a suite showed of one build."""

    PASSED = "passed", pgettext_lazy("probe run", "Passed")
    FAILED = "failed", pgettext_lazy("probe run", "Failed")
    UNPROVEN = "unproven", pgettext_lazy("probe run", "Shows nothing")


TRAINED_HERE: Final = frozenset({Trained.SERVICE, Trained.USER_HERE})
# Of these a refusal is what was promised; of the others it says nothing about the model.
BY_REFUSAL: Final = frozenset({Mitigation.CLASSIFIER, Mitigation.RETIREMENT})


@dataclass(frozen=True)
class Count:
    """What became of the probes of a run.

    `similar` of the drawn show the work, by the output check or by a person; `unscored` could not be looked at.
    """

    asked: int
    drawn: int
    similar: int
    unscored: int = 0

    @property
    def kept(self) -> int:
        """Probes that brought nothing similar."""
        return self.asked - self.similar

    @property
    def refused(self) -> int:
        """Probes to which nothing was drawn."""
        return self.asked - self.drawn


def within(count: Count, allowed_percent: int) -> bool:
    """Whether no larger share of the probes than allowed brought something similar."""
    return count.similar * 100 <= allowed_percent * count.asked


def verdict(count: Count, allowed_percent: int, mitigation: str) -> Verdict:
    """The pass line of a suite, put to what came of its probes.

    A run shows nothing when an output could not be looked at, or when nothing was drawn at all although
    the mitigation is not to refuse: then a block or a takedown answered, and not the model.
    """
    if not within(count, allowed_percent):
        return Verdict.FAILED
    silent = count.drawn == 0 and mitigation not in BY_REFUSAL
    return Verdict.UNPROVEN if count.unscored or silent or not count.asked else Verdict.PASSED


def overall(verdicts: Iterable[str | None]) -> Verdict | None:
    """One word for all suites on all models of a ticket; None: a run on the current build is missing."""
    found = list(verdicts)
    if Verdict.FAILED in found:
        return Verdict.FAILED
    if not found or None in found:
        return None
    return Verdict.UNPROVEN if Verdict.UNPROVEN in found else Verdict.PASSED
