"""What was done: a measure, its grounds, and the machine of each family."""

from measures.models.check import MeasureCheck
from measures.models.conflict import RegimeConflict
from measures.models.families import (
    FAMILY_MODELS,
    ContentRemoval,
    ModelOptimisation,
    ModelTakedown,
    PromptBlock,
    UserSanction,
)
from measures.models.match import Match, MatchSighting
from measures.models.measure import Measure, MeasureFreeze, MeasureGround
from measures.models.upstream import UpstreamRequest

__all__ = [
    "FAMILY_MODELS",
    "ContentRemoval",
    "Match",
    "MatchSighting",
    "Measure",
    "MeasureCheck",
    "MeasureFreeze",
    "MeasureGround",
    "ModelOptimisation",
    "ModelTakedown",
    "PromptBlock",
    "RegimeConflict",
    "UpstreamRequest",
    "UserSanction",
]
