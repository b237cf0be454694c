"""Answering a request for information: exactly what was asked, nothing else."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language, gettext

from notices.forms.base import Paper
from notices.models import FileRole
from regimes.pack import Answer, Element

# The role of the files that answer an element; any other element's files are plain answers.
ROLES: dict[str, str] = {
    "right_proof": FileRole.RIGHT_PROOF,
    "agent_authority": FileRole.AUTHORITY,
    "rightholder_identity_proof": FileRole.IDENTITY,
    "prelim_evidence": FileRole.OUTPUT_COPY,
}


class AnswerForm(forms.Form):
    """One field for each element that was asked for; elements answered by files are papers."""

    use_required_attribute = False
    LONGEST: ClassVar[int] = 20_000

    def __init__(self, elements: Sequence[Element], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.papers: list[Paper] = []
        for element in elements:
            label = element.label.in_language(language)
            about = element.description.in_language(language)
            if element.answer is Answer.FILES:
                role = ROLES.get(element.key, FileRole.ANSWER.value)
                self.papers.append(Paper(role, label, about))
            elif element.answer is Answer.STATEMENT:
                self.fields[element.key] = forms.BooleanField(
                    label=label, help_text=about, required=False
                )
            else:
                self.fields[element.key] = forms.CharField(
                    label=label,
                    help_text=about,
                    required=False,
                    max_length=self.LONGEST,
                    widget=forms.Textarea(attrs={"rows": 3}),
                )

    def texts(self) -> dict[str, str]:
        """What was answered in words, by element."""
        given = {key: value for key, value in self.cleaned_data.items() if value}
        return {key: gettext("Yes") if value is True else value for key, value in given.items()}
