"""The questions of the assessment sheet, as data: what is asked, and the norm or judgment that asks it.

What is recorded names a question by its key and the set by `EDITION`: change a question's sense and it is
another question, with another key, in another edition.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

EDITION: Final = "2026.1"
Words = str | Promise


class Finding(models.TextChoices):
    """What a person found about one question."""

    PRESENT = "present", pgettext_lazy("finding", "Present")
    MISSING = "missing", pgettext_lazy("finding", "Missing")
    UNCLEAR = "unclear", pgettext_lazy("finding", "Unclear")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("finding", "Not applicable")


_FACTOR: Final[Mapping[str, Words]] = dict(Finding.choices)
# A conclusion is drawn or said to be open; that a lens does not apply would hide it behind the other.
_CONCLUSION: Final[Mapping[str, Words]] = {
    Finding.PRESENT: pgettext_lazy("conclusion", "Liable"),
    Finding.MISSING: pgettext_lazy("conclusion", "Not liable"),
    Finding.UNCLEAR: pgettext_lazy("conclusion", "Open"),
}

_CODE_1169_1197: Final = _("PRC Civil Code arts. 1169 and 1197")
_CODE_1197: Final = _("PRC Civil Code art. 1197")
_COPYRIGHT: Final = _("PRC Copyright Law arts. 10, 52 and 53")
_LABELLING: Final = _(
    "Labelling Measures arts. 4 and 5; Deep Synthesis Provisions art. 17; GB 45438-2025"
)
_GUANGZHOU: Final = _("Guangzhou Internet Court (2024) Yue 0192 Min Chu 113")
_HANGZHOU: Final = _(
    "Hangzhou Internet Court (2024) Zhe 0192 Min Chu 1587, upheld (2024) Zhe 01 Min Zhong 10332"
)


@dataclass(frozen=True)
class Question:
    """One factor, or one conclusion.

    `asks` is a sentence that says what to look at; `findings` are the answers there are, with their words;
    without an answer to a `required` one nothing is recorded.
    """

    key: str
    title: Words
    asks: Words
    norms: tuple[Words, ...]
    findings: Mapping[str, Words] = field(default_factory=lambda: _FACTOR)
    required: bool = False


@dataclass(frozen=True)
class Section:
    """Questions that are looked at together."""

    key: str
    title: Words
    about: Words
    questions: tuple[Question, ...]


EXPRESSION: Final = Section(
    "expression",
    _("Expression and similarity"),
    _("Style or an idea alone is never grounds for a measure."),
    (
        Question(
            "expression_taken",
            _("Protected expression taken over"),
            _("Which expression of the work appears in the item? Name it in the note."),
            (_COPYRIGHT, _GUANGZHOU),
        ),
        Question(
            "style_alone",
            _("Idea or style alone"),
            _("Is what both have in common no more than an idea, a theme or a style?"),
            (_("TRIPS Agreement art. 9(2)"),),
        ),
        Question(
            "similarity",
            _("Substantial similarity"),
            _("Compare expression with expression. What a machine measures is a hint."),
            (_GUANGZHOU,),
        ),
        Question(
            "access",
            _("Access to the work"),
            _("Could whoever made the item, or the model, have known the work?"),
            (_GUANGZHOU,),
        ),
        Question(
            "fame",
            _("Fame of the work"),
            _("How widely is the work known, and since when?"),
            (_GUANGZHOU, _HANGZHOU),
        ),
    ),
)
FAULT: Final = Section(
    "fault",
    _("Fault lens: did the service know, or should it have known?"),
    _("The seven factors of the Supreme People's Court are weighed together; none decides alone."),
    (
        Question(
            "service_nature",
            _("Nature of the service"),
            _("How likely does it bring infringement about, and what power over content has it?"),
            (_("SPC provisions on information-network dissemination art. 9(1)"), _HANGZHOU),
        ),
        Question(
            "work_type",
            _("Kind of work, and an obvious infringement"),
            _("Are the kind of work, its fame and the infringement plain to see?"),
            (_("SPC provisions on information-network dissemination art. 9(2)"),),
        ),
        Question(
            "selection",
            _("Selected, edited, modified or recommended"),
            _("Did the service itself show, rank or list it, by hand or by algorithm?"),
            (_("SPC provisions on information-network dissemination arts. 9(3) and 12"), _HANGZHOU),
        ),
        Question(
            "prevention",
            _("Reasonable measures to prevent infringement"),
            _("Had the service taken them of its own accord? There is no general duty to review."),
            (_("SPC provisions on information-network dissemination arts. 8 and 9(4)"),),
        ),
        Question(
            "reaction",
            _("Easy way to notify, timely and reasonable reaction"),
            _("Weigh form and accuracy of the notice, and how hard the measures were."),
            (_("SPC provisions on information-network dissemination arts. 9(5), 13 and 14"),),
        ),
        Question(
            "repetition",
            _("Measures against the same user's repeated infringement"),
            _("Did the service act on what it knew of this user?"),
            (_("SPC provisions on information-network dissemination art. 9(6)"),),
        ),
        Question(
            "other_factors",
            _("Other factors"),
            _("Anything else that bears on knowledge. Name it in the note."),
            (_("SPC provisions on information-network dissemination art. 9(7)"),),
        ),
        Question(
            "direct_benefit",
            _("Direct economic benefit from this content"),
            _("Fees for the service in general are not direct benefit."),
            (_("SPC provisions on information-network dissemination art. 11"),),
        ),
    ),
)
CARE: Final = Section(
    "care",
    _("Duty of care of the service"),
    _("Present or missing at the time of the infringement."),
    (
        Question(
            "complaint_channel",
            _("Complaint channel"),
            _("Could anybody complain, and were procedure and time limits published?"),
            (_("Interim Measures for Generative AI Services art. 15"), _GUANGZHOU),
        ),
        Question(
            "risk_warning",
            _("Warning of copyright risk"),
            _("Were users told, before use, not to infringe?"),
            (_GUANGZHOU,),
        ),
        Question(
            "ai_mark",
            _("AI mark"),
            _("Is the output marked so that the public notices it, and in its metadata?"),
            (_LABELLING, _GUANGZHOU),
        ),
        Question(
            "prevention_before",
            _("Preventive measures before delivery"),
            _("Prompt filter, check of outputs, memory of what was removed."),
            (_HANGZHOU,),
        ),
    ),
)
STRICT: Final = Section(
    "strict",
    _("Strict-liability lens: who made it, and who controls it?"),
    _("Liability without fault, with exemption and mitigation. Looked at beside the fault lens."),
    (
        Question(
            "maker",
            _("The service made the output"),
            _("Who did what: developer, service, user? Say so in the note."),
            (_COPYRIGHT, _GUANGZHOU),
        ),
        Question(
            "upstream_model",
            _("Somebody else's model behind the service"),
            _("Name the upstream provider and what it contributed."),
            (_GUANGZHOU,),
        ),
        Question(
            "control",
            _("Control of the output"),
            _("Could the service decide what is delivered to its users?"),
            (_GUANGZHOU,),
        ),
        Question(
            "force_majeure",
            _("Exemption: force majeure"),
            _("Unforeseeable, unavoidable and insurmountable."),
            (_("PRC Civil Code art. 180"),),
        ),
        Question(
            "victim_intent",
            _("Exemption: the right holder's own intent"),
            _("Was the output brought about by the right holder alone?"),
            (_("PRC Civil Code art. 1174"),),
        ),
        Question(
            "gross_negligence",
            _("Mitigation: gross negligence of the right holder"),
            _("Did the right holder's own fault contribute to the damage or enlarge it?"),
            (_("PRC Civil Code art. 1173"),),
        ),
    ),
)
CONCLUSION: Final = Section(
    "conclusion",
    _("Track and conclusions"),
    _("Each lens is answered or said to be open. Neither hides the other."),
    (
        Question(
            "direct_track",
            _("Direct infringement by the service"),
            _("Did the service itself reproduce, adapt or disseminate the work?"),
            (_COPYRIGHT, _GUANGZHOU),
        ),
        Question(
            "contributory_track",
            _("Contribution to a user's infringement"),
            _("Did a user infringe, and did the service induce or help?"),
            (_CODE_1169_1197, _HANGZHOU),
        ),
        Question(
            "fault_lens",
            _("Conclusion under the fault lens"),
            _("Knew or should have known, and took no necessary measures."),
            (_CODE_1197,),
            _CONCLUSION,
            required=True,
        ),
        Question(
            "strict_lens",
            _("Conclusion under the strict-liability lens"),
            _("Made and controlled the output; no exemption."),
            (_GUANGZHOU,),
            _CONCLUSION,
            required=True,
        ),
    ),
)
SECTIONS: Final = (EXPRESSION, FAULT, CARE, STRICT, CONCLUSION)
QUESTIONS: Final[Mapping[str, Question]] = {
    question.key: question for section in SECTIONS for question in section.questions
}
LENSES: Final = tuple(key for key, question in QUESTIONS.items() if question.required)
