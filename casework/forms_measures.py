"""The form of the measures board."""

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.states import MeasureState


class ProgressForm(forms.Form):
    """A ticket is done, or is not possible; either with words that say what or why."""

    target = forms.ChoiceField(
        label=_("Outcome"),
        choices=[
            (MeasureState.DONE.value, _("Done")),
            (MeasureState.NOT_POSSIBLE.value, _("Not possible")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it is done or not possible.")},
    )
    note = forms.CharField(
        label=_("What was done, or why it is not possible"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say what was done, or why it is not possible.")},
    )


class ExplainForm(forms.Form):
    """Why what a test found is no breach."""

    note = forms.CharField(
        label=_("Why it is no breach"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The finding stays on record, and the tests go on."),
        error_messages={"required": _("Say why it is no breach.")},
    )
