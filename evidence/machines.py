"""What a state machine declares, in the form in which the database guards it."""

import re

from django.db.models import Model
from django_fsm import FSMFieldMixin

Step = tuple[str, str, str]
BIRTH = ""


def declared(model: type[Model], machine: str = "") -> set[Step]:
    """Every (machine, source, target) that the model's django-fsm transitions declare.

    `machine` is the name its trigger gives to `redress_guard_state`; by default the class's own in
    snake case. Source '' is birth: into the states of the class's `initial`, else the field's
    default. A source of `*` stands for every state, `+` for every state but the target. Raises
    ValueError for a model without a state field called `state`.
    """
    name = machine or re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower()
    field = model._meta.get_field("state")
    if not isinstance(field, FSMFieldMixin):
        raise ValueError(f"{model.__name__}.state is no django-fsm field.")
    steps = {(str(t.source), str(t.target)) for t in field.get_all_transitions(model)}
    births = [str(state) for state in getattr(model, "initial", (field.default,))]
    states = {state for step in steps for state in step if state not in {"*", "+"}} | set(births)
    found = {(name, BIRTH, state) for state in births}
    for source, target in steps:
        sources = {source} if source not in {"*", "+"} else states
        found |= {(name, one, target) for one in sources if source != "+" or one != target}
    return found
