"""The claim and its state: a case, the regimes it runs under, the notice, its items and papers."""

from notices.models.case import Case, CaseRegime, Decision, InformationRequest, ReferenceCounter
from notices.models.draft import Draft, DraftFile, Upload
from notices.models.notice import (
    TRACED,
    Channel,
    ClaimedItem,
    FileRole,
    FilerRole,
    Notice,
    NoticeFile,
    SimilarityPoint,
)
from notices.models.sanction import NotifierSanction
from notices.models.trace import TracedSession

__all__ = [
    "TRACED",
    "Case",
    "CaseRegime",
    "Channel",
    "ClaimedItem",
    "Decision",
    "Draft",
    "DraftFile",
    "FileRole",
    "FilerRole",
    "InformationRequest",
    "Notice",
    "NoticeFile",
    "NotifierSanction",
    "ReferenceCounter",
    "SimilarityPoint",
    "TracedSession",
    "Upload",
]
