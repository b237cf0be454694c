"""What was done: a measure, its grounds, and the machine of each family."""

from measures.models.appeal import SanctionAppeal
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
from measures.models.outage import Outage
from measures.models.policy import LadderPolicy
from measures.models.probe import Probe, ProbeOpinion, ProbeResult, ProbeRun, ProbeSuite
from measures.models.standing import EntryGround, StandingEntry, UserVolume
from measures.models.sync import SyncAct, TicketSync
from measures.models.ticket import RoleTest, Ticket, TicketModel
from measures.models.upstream import UpstreamRequest

__all__ = [
    "FAMILY_MODELS",
    "ContentRemoval",
    "EntryGround",
    "LadderPolicy",
    "Match",
    "MatchSighting",
    "Measure",
    "MeasureCheck",
    "MeasureFreeze",
    "MeasureGround",
    "ModelOptimisation",
    "ModelTakedown",
    "Outage",
    "Probe",
    "ProbeOpinion",
    "ProbeResult",
    "ProbeRun",
    "ProbeSuite",
    "PromptBlock",
    "RegimeConflict",
    "RoleTest",
    "SanctionAppeal",
    "StandingEntry",
    "SyncAct",
    "Ticket",
    "TicketModel",
    "TicketSync",
    "UpstreamRequest",
    "UserSanction",
    "UserVolume",
]
