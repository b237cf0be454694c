"""Step 5: what is asked for, the statements in full, the signature."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from notices.forms.base import StepForm
from notices.statements import Statement, wanted
from notices.vocabulary import RequestedMeasure
from regimes.loader import in_force

PREFIX = "statement-"


class SignForm(StepForm):
    """The statements of every regime in use. Signing is required, each statement is advised."""

    name = "sign"
    title = _("Statements and signature")
    short = _("Sign")
    advised = ("requested_measures",)

    requested_measures = forms.MultipleChoiceField(
        label=_("What do you ask us to do?"),
        required=False,
        choices=RequestedMeasure.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose all that fit. We decide what is necessary and give reasons."),
    )
    signature = forms.CharField(
        label=_("Signature: type your full name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Typing your name here signs the notice and the statements ticked above."),
        error_messages={"required": _("Type your full name to sign the notice.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.statements = statements(self.at)
        for one in self.statements:
            self.fields[PREFIX + one.key] = forms.BooleanField(label=str(one.text), required=False)
        self.order_fields(
            ["requested_measures", *(PREFIX + one.key for one in self.statements), "signature"]
        )

    def made(self) -> dict[str, str]:
        """The statements that were ticked, each with the version of its text."""
        return {
            one.key: one.version
            for one in self.statements
            if self.cleaned_data.get(PREFIX + one.key)
        }


def statements(at: datetime) -> list[Statement]:
    """The statements that the regimes in use ask for, by the law in force at that moment."""
    return wanted([in_force(key, at) for key in settings.REGIMES], get_language() or "en")
