"""The machine of each family: one proxy of Measure, its first states and its steps."""

from typing import Final

from django_fsm import transition

from measures.models.measure import Measure
from measures.models.steps import Enforced, Proposed, Sent
from measures.rules import Family
from measures.states import MeasureState as S


class ContentRemoval(Enforced, Measure):
    """An output, page, link or training picture is taken down, and put back when lifted."""

    machine = "measure.content_removal"
    initial = (S.ORDERED,)

    class Meta:
        proxy = True


class ModelTakedown(Proposed, Measure):
    """A model or one of its versions is neither published nor applied any more."""

    machine = "measure.model_takedown"
    initial = (S.PROPOSED,)

    class Meta:
        proxy = True


class PromptBlock(Measure):
    """Prompts with certain terms are refused by our own guard: no HTTP, no waiting.

    One that would stop too many recent prompts is proposed; its rule watches until a second person agrees.
    """

    machine = "measure.prompt_block"
    initial = (S.ORDERED, S.PROPOSED)

    class Meta:
        proxy = True

    @transition(field="state", source=S.PROPOSED, target=S.ORDERED)
    def approve(self) -> None:
        """A second person agrees."""

    @transition(field="state", source=S.PROPOSED, target=S.CANCELLED)
    def refuse(self) -> None:
        """A second person does not agree."""

    @transition(field="state", source=S.PROPOSED, target=S.CANCELLED)
    def cancel(self) -> None:
        """The last ground ended before it took effect."""

    @transition(field="state", source=S.ORDERED, target=S.IN_FORCE)
    def take_effect(self) -> None:
        """The rule was created in the same transaction."""

    @transition(field="state", source=S.IN_FORCE, target=S.LIFTED)
    def end(self) -> None:
        """The last ground or the term ended; the rule ended in the same transaction."""


class ModelOptimisation(Sent, Measure):
    """A ticket for engineers: the model is to stop making the thing in normal use."""

    machine = "measure.model_optimisation"
    initial = (S.ORDERED,)

    class Meta:
        proxy = True

    @transition(field="state", source=S.EXECUTING, target=S.IN_PROGRESS)
    def take_effect(self) -> None:
        """The platform accepted the ticket."""

    @transition(field="state", source=S.IN_PROGRESS, target=S.DONE)
    def finish(self) -> None:
        """Every probe suite held on the current build; the database sees to that."""

    @transition(field="state", source=S.DONE, target=S.IN_PROGRESS)
    def reopen(self) -> None:
        """A later build makes it again; its probes showed that."""

    @transition(field="state", source=S.IN_PROGRESS, target=S.NOT_POSSIBLE)
    def give_up(self) -> None:
        """It cannot be done; the engineer says why."""

    @transition(field="state", source=S.IN_PROGRESS, target=S.LIFTING)
    def order_lift(self) -> None:
        """The last ground ended; the platform is told to stop."""

    @transition(field="state", source=S.LIFTING, target=S.IN_PROGRESS)
    def recall(self) -> None:
        """Before the platform stopped something came to stand behind it again."""

    @transition(field="state", source=S.LIFTING, target=S.CANCELLED)
    def end(self) -> None:
        """The platform acknowledged that the ticket is off."""


class UserSanction(Proposed, Measure):
    """A user is warned, restricted, suspended or shut out. Lifted on the merits, it counts as never given."""

    machine = "measure.user_sanction"
    # A warning or restriction is ordered at once; from suspension up it is proposed.
    initial = (S.ORDERED, S.PROPOSED)

    class Meta:
        proxy = True

    @transition(field="state", source=S.LIFTING, target=S.VOIDED)
    def void(self) -> None:
        """The platform acknowledged the lifting of a sanction that should not have been."""


FAMILY_MODELS: Final[dict[str, type[Measure]]] = {
    Family.CONTENT_REMOVAL: ContentRemoval,
    Family.MODEL_TAKEDOWN: ModelTakedown,
    Family.PROMPT_BLOCK: PromptBlock,
    Family.MODEL_OPTIMISATION: ModelOptimisation,
    Family.USER_SANCTION: UserSanction,
}
