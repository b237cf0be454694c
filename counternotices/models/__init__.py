"""The affected user's answer, what the right holder and the courts did about it, and what may not come again."""

from counternotices.models.abuse import RespondentSanction
from counternotices.models.award import Award
from counternotices.models.bar import BarredItem, RenoticeBar
from counternotices.models.complaint import Complaint
from counternotices.models.counter_notice import CounterNotice, CounterNoticeFile, Reason
from counternotices.models.court import CourtOrder, CourtPaper, Effect, PaperKind
from counternotices.models.proceedings import Outcome, ProceedingKind, ProceedingsEnd, SuitProof

__all__ = [
    "Award",
    "BarredItem",
    "Complaint",
    "CounterNotice",
    "CounterNoticeFile",
    "CourtOrder",
    "CourtPaper",
    "Effect",
    "Outcome",
    "PaperKind",
    "ProceedingKind",
    "ProceedingsEnd",
    "Reason",
    "RenoticeBar",
    "RespondentSanction",
    "SuitProof",
]
