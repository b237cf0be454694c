"""The forms of the desk. Shape only; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from notices.models import Case
from notices.services.regimes import packs_of
from regimes.questions import notice_labels

_LONG = forms.Textarea(attrs={"rows": 4})


class ReasonsForm(forms.Form):
    """Reasons in both languages: what is sent to each party is in theirs."""

    reasons_en = forms.CharField(label=_("Reasons (English)"), widget=_LONG, max_length=20_000)
    reasons_zh = forms.CharField(label=_("Reasons (Chinese)"), widget=_LONG, max_length=20_000)

    def reasons(self) -> dict[str, str]:
        """The reasons by language."""
        data = self.cleaned_data
        return {"en": data["reasons_en"], "zh-Hans": data["reasons_zh"]}


class AskForm(forms.Form):
    """Exactly which elements of the packs are missing, and a word to the filer."""

    elements = forms.MultipleChoiceField(
        label=_("What is missing"), widget=forms.CheckboxSelectMultiple
    )
    message = forms.CharField(
        label=_("A word to the filer"), widget=_LONG, required=False, max_length=5_000
    )

    def __init__(self, case: Case, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["elements"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(notice_labels(packs_of(case), language).items())


class RefuseForm(forms.Form):
    """Why a second person does not agree."""

    reason = forms.CharField(
        label=_("Why you do not agree"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5_000,
        error_messages={"required": _("Say why you do not agree.")},
    )
