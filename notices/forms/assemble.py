"""From the complete answers of a draft to a filing."""

from typing import Any

from notices.filing import Filing, PaperClaim, PointClaim
from notices.forms.base import lines
from notices.forms.found import FoundForm
from notices.forms.sign import SignForm
from notices.forms.steps import STEPS, examined
from notices.models import Channel, Draft
from notices.vocabulary import UNPUBLISHED

_SAME = [
    "filer_role",
    "filer_name",
    "filer_email",
    "filer_phone",
    "filer_address",
    "filer_identity",
    "principal",
    "work_title",
    "work_kind",
    "work_description",
    "explanation",
    "sample_origin",
    "signature",
]


def filing(draft: Draft, *, language: str) -> Filing:
    """The notice as it will be filed, in the language it is signed in. Raises ValueError while a step is incomplete."""
    answers: dict[str, Any] = {}
    for step in STEPS:
        form = examined(draft, step.name)
        if not form.is_valid():
            raise ValueError(f"The step {step.name!r} is not complete.")
        answers |= form.cleaned_data
        if isinstance(form, SignForm):
            answers["statements"] = form.made()
    return Filing(
        channel=Channel.PORTAL.value,
        language=language,
        account_id=draft.account_id,
        items=tuple(FoundForm.items(answers)),
        work_published_at=UNPUBLISHED if answers["unpublished"] else answers["work_published_at"],
        requested_measures=tuple(answers["requested_measures"]),
        statements=answers["statements"],
        points=tuple(PointClaim(text) for text in lines(answers["points"])),
        files=tuple(PaperClaim(paper.file_id, paper.role) for paper in draft.files.all()),
        **{name: answers[name] for name in _SAME},
    )
