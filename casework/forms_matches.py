"""The forms by which a person decides on a match of the output check. Shape only; the services decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms import ReasonsForm
from measures.services.match_deciding import Finding


class UpholdMatchForm(ReasonsForm):
    """What was taken over, and the reasons that the user gets."""

    taken_over = forms.CharField(
        label=_("Style or idea alone is never grounds: what expression was taken over?"),
        help_text=_("The user reads this too. Name the parts, not the manner."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what expression was taken over.")},
    )
    field_order = ("taken_over", "reasons_en", "reasons_zh")

    def finding(self) -> Finding:
        """What was found."""
        return Finding(self.cleaned_data["taken_over"], self.reasons())


class DismissMatchForm(forms.Form):
    """Why nothing follows."""

    reason = forms.CharField(
        label=_("Why nothing protected was taken over"),
        help_text=_("For the house: whoever looks at the next match of this work reads it."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give the reason.")},
    )
