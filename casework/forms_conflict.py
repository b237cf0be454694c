"""The form by which a person decides between two laws. Shape only; the service decides."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms import ReasonsForm
from measures.services.deciding import Choice
from measures.states import ConflictDecision


class ConflictForm(ReasonsForm):
    """Which law is followed, and why. Nothing is chosen beforehand."""

    decision = forms.ChoiceField(
        label=_("What happens to the measures?"),
        choices=ConflictDecision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which way to decide.")},
    )
    field_order = ("decision", "reasons_en", "reasons_zh")

    def choice(self) -> Choice:
        """What was decided."""
        return Choice(self.cleaned_data["decision"], self.reasons())
