"""The form of the assessment sheet: one choice and one note for each question. Shape only; the service decides."""

from collections.abc import Mapping
from typing import Any, Final, Self

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from casework.assessment.questions import QUESTIONS, Question
from casework.models import Assessment
from casework.services.assess import LONGEST_NOTE, Answer, no_conclusion

NOTE: Final = "_note"


class AssessmentForm(forms.Form):
    """Nothing is chosen but what a person chose in the version before. A note without a finding says nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS.values():
            self.fields[question.key] = _choice(question)
            self.fields[question.key + NOTE] = forms.CharField(
                label=pgettext_lazy("assessment", "Note"),
                required=False,
                max_length=LONGEST_NOTE,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @classmethod
    def beginning(cls, row: Assessment | None) -> Self:
        """The form as the version before left it."""
        answers: Mapping[str, Mapping[str, str]] = row.answers if row else {}
        initial = {key: one["finding"] for key, one in answers.items()}
        initial |= {key + NOTE: one["note"] for key, one in answers.items()}
        return cls(initial=initial)

    def clean(self) -> dict[str, Any]:
        """What was noted needs a finding that it explains."""
        data = super().clean() or self.cleaned_data
        for key in QUESTIONS:
            if data.get(key + NOTE) and not data.get(key) and key not in self.errors:
                told = _("%(question)s: you noted something, so say what you found.")
                self.add_error(key, told % {"question": QUESTIONS[key].title})
        return data

    def answers(self) -> dict[str, Answer]:
        """What was answered, question by question."""
        data = self.cleaned_data
        return {key: Answer(data[key], data[key + NOTE]) for key in QUESTIONS if data[key]}


def _choice(question: Question) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=list(question.findings.items()),
        widget=forms.RadioSelect,
        required=question.required,
        error_messages={"required": no_conclusion(question)},
    )
