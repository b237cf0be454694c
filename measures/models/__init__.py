"""What was done: a measure, its grounds, and the machine of each family."""

from measures.models.families import (
    MACHINES,
    ContentRemoval,
    ModelOptimisation,
    ModelTakedown,
    PromptBlock,
    UserSanction,
)
from measures.models.measure import Measure, MeasureGround

__all__ = [
    "MACHINES",
    "ContentRemoval",
    "Measure",
    "MeasureGround",
    "ModelOptimisation",
    "ModelTakedown",
    "PromptBlock",
    "UserSanction",
]
