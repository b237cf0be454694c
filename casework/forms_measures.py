"""The form of the measures board."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms_letters import CarriedForm
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


class PassOnForm(forms.Form):
    """A measure is passed on to the provider whose model made the thing."""

    provider = forms.ChoiceField(
        label=_("Upstream provider"),
        help_text=_("As the generation records name it."),
        error_messages={"required": _("Choose the provider."), "invalid_choice": _("Choose one.")},
    )
    address = forms.EmailField(
        label=_("E-mail address (optional)"),
        required=False,
        max_length=320,
        help_text=_("Without one the letter waits among the letters to carry."),
        error_messages={"invalid": _("This is no e-mail address. Correct it, or leave it empty.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"),
        choices=[("en", "English"), ("zh-Hans", "简体中文")],
        error_messages={"required": _("Choose the language.")},
    )

    def __init__(self, *args: Any, providers: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].choices = [(one, one) for one in providers]  # type: ignore[attr-defined]


class UpstreamAcknowledgedForm(CarriedForm):
    """When the provider acknowledged, how that is known, and the paper that shows it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paper = self.fields["paper"]
        paper.required, paper.label = True, _("The paper that shows it")
        paper.error_messages["required"] = _("Choose the paper that shows the acknowledgement.")
        self.fields["at"].label = _("Acknowledged on, at")
