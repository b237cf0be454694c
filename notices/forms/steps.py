"""The steps in their order, and which of them are complete."""

from dataclasses import dataclass
from typing import Final

from notices.forms.base import StepForm, Words, kept
from notices.forms.found import FoundForm
from notices.forms.others import OthersForm
from notices.forms.sign import SignForm
from notices.forms.work import WorkForm
from notices.forms.you import YouForm
from notices.models import Draft

STEPS: Final[tuple[type[StepForm], ...]] = (FoundForm, WorkForm, YouForm, OthersForm, SignForm)
BY_NAME: Final = {form.name: form for form in STEPS}


@dataclass(frozen=True)
class Mark:
    """One step as the step indicator shows it."""

    number: int
    name: str
    short: Words
    done: bool
    current: bool


def marks(draft: Draft, current: str) -> list[Mark]:
    """Every step, whether it is complete and which is open."""
    return [
        Mark(number, form.name, form.short, is_complete(draft, form.name), form.name == current)
        for number, form in enumerate(STEPS, start=1)
    ]


def is_complete(draft: Draft, name: str) -> bool:
    """Whether the kept answers of a step pass its form."""
    return name in draft.answers and examined(draft, name).is_valid()


def examined(draft: Draft, name: str) -> StepForm:
    """A step's form as it was when the draft was last kept, bound to what was kept."""
    return BY_NAME[name](draft.updated_at, kept(draft.answers.get(name, {})))


def first_incomplete(draft: Draft) -> str | None:
    """The first step that is not complete, or None when the notice can be sent."""
    return next((form.name for form in STEPS if not is_complete(draft, form.name)), None)


def after(name: str) -> str | None:
    """The step that follows, None after the last."""
    names = [form.name for form in STEPS]
    following = names[names.index(name) + 1 :]
    return following[0] if following else None


def before(name: str) -> str | None:
    """The step that goes before, None before the first."""
    names = [form.name for form in STEPS]
    place = names.index(name)
    return names[place - 1] if place else None
