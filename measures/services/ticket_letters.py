"""Telling the right holders of every case behind a ticket what its suites showed, and who trained the model."""

from collections.abc import Iterator, Mapping

from django.utils.translation import override

from measures.models import Measure, MeasureGround
from measures.rules import Suite
from measures.ticket_selectors import Standing
from measures.ticketing import TRAINED_HERE, Trained
from notices.models import Case
from notices.services.letters import to_filer
from notices.services.lifecycle import Step


def verified(measure: Measure, standing: Standing, step: Step) -> None:
    """Verified on build X, 40 of 40."""
    _tell("model_verified", measure, step, _counts(measure, standing))


def regressed(measure: Measure, standing: Standing, step: Step) -> None:
    """A later build makes it again, and we are at it."""
    _tell("model_regressed", measure, step, _counts(measure, standing))


def role_answered(
    measure: Measure, trained: Trained, reasons: Mapping[str, str], step: Step
) -> None:
    """Whether the work can be taken out of the training data here, and why or why not."""
    for case in _cases(measure):
        with override(case.language.lower()):
            said = str(trained.label)
        context = {
            "model": _name(measure),
            "trained_by": said,
            "here": trained in TRAINED_HERE,
            "reasons": reasons[case.language],
        }
        to_filer("training_role_answered", case, context, now=step.now, actor=step.actor)


def _tell(template: str, measure: Measure, step: Step, context: dict[str, object]) -> None:
    for case in _cases(measure):
        to_filer(template, case, context, now=step.now, actor=step.actor)


def _counts(measure: Measure, standing: Standing) -> dict[str, object]:
    normal, other = standing.of(Suite.NORMAL), standing.of(Suite.ADVERSARIAL)
    return {
        "model": _name(measure),
        "build": ", ".join(standing.builds),
        "kept": normal.kept,
        "asked": normal.asked,
        "refused": normal.refused,
        "adversarial_kept": other.kept,
        "adversarial_asked": other.asked,
    }


def _name(measure: Measure) -> str:
    artefact = measure.artefact
    return f"{artefact.title or artefact.external_id}" if artefact else ""


def _cases(measure: Measure) -> Iterator[Case]:
    grounds = MeasureGround.objects.filter(measure=measure, ended_at=None).order_by()
    yield from Case.objects.filter(id__in=grounds.values("case")).order_by("id")
