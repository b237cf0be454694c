"""The forms about lists of rules from other providers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms import RefuseForm
from casework.forms_block import MODES
from casework.services.proposals import Taking
from screening.engine.rules import Mode


class ListForm(forms.Form):
    """A signed list of rules."""

    file = forms.FileField(
        label=_("Signed list of another provider"),
        help_text=_(
            "Only lists of providers named in the settings are taken; nothing of a list is in force by that."
        ),
        error_messages={"required": _("Choose the file of the list.")},
    )


class TakeForm(forms.Form):
    """For which case of ours a proposed rule is ordered."""

    reference = forms.CharField(
        label=_("Accepted case of ours on which it is to stand"),
        help_text=_("A rule lives and ends with a notice: for example N-2026-000123-K."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "short"}),
        error_messages={"required": _("Name the case.")},
    )
    mode = forms.ChoiceField(
        label=_("What the rule does"),
        choices=MODES,
        initial=Mode.BLOCK.value,
        widget=forms.RadioSelect,
    )

    names_person = forms.BooleanField(
        label=_(
            "A term is the name of a real person (the rule is never shared with other providers)"
        ),
        help_text=_(
            "A list does not say so. Take the mark away only if you know it is no person's name."
        ),
        required=False,
        initial=True,
    )

    def taking(self) -> Taking:
        """What was chosen."""
        told = self.cleaned_data
        return Taking(told["reference"], told["mode"], told["names_person"])


class TurnDownForm(RefuseForm):
    """Why a proposed rule is not taken."""
