"""The steps that several families share. Each family's own file says which it has."""

from django_fsm import transition

from measures.states import MeasureState as S


class Sent:
    """Carried out by the platform, over HTTP."""

    @transition(field="state", source=S.ORDERED, target=S.EXECUTING)
    def start(self) -> None:
        """The request is about to leave the house."""

    @transition(field="state", source=S.EXECUTING, target=S.FAILED)
    def fail(self) -> None:
        """The platform refused for good; a person must act."""

    @transition(field="state", source=S.EXECUTING, target=S.NOT_FOUND)
    def miss(self) -> None:
        """The platform does not know the target."""

    @transition(field="state", source=S.FAILED, target=S.ORDERED)
    def retry(self) -> None:
        """A person has it tried again."""

    @transition(field="state", source=[S.ORDERED, S.FAILED], target=S.CANCELLED)
    def cancel(self) -> None:
        """The last ground ended before it took effect."""


class Enforced(Sent):
    """In force once the platform acknowledges it, and lifted by the platform too."""

    @transition(field="state", source=S.EXECUTING, target=S.IN_FORCE)
    def take_effect(self) -> None:
        """The platform acknowledged it."""

    @transition(field="state", source=S.IN_FORCE, target=S.LIFTING)
    def order_lift(self) -> None:
        """The last ground ended; the platform is told."""

    @transition(field="state", source=S.LIFTING, target=S.IN_FORCE)
    def recall(self) -> None:
        """Before the platform lifted it something came to stand behind it again."""

    @transition(field="state", source=S.LIFTING, target=S.LIFTED)
    def end(self) -> None:
        """The platform acknowledged the lifting, or no longer has the target."""


class Proposed(Enforced):
    """Begins with a proposal that a second person approves or refuses."""

    @transition(field="state", source=S.PROPOSED, target=S.ORDERED)
    def approve(self) -> None:
        """A second person agrees."""

    @transition(field="state", source=S.PROPOSED, target=S.CANCELLED)
    def refuse(self) -> None:
        """A second person does not agree."""

    @transition(field="state", source=[S.PROPOSED, S.ORDERED, S.FAILED], target=S.CANCELLED)
    def cancel(self) -> None:
        """The last ground ended before it took effect."""
