"""The form by which a right holder proposes a probe."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ProposeForm(forms.Form):
    """A prompt that still brings the work out, and the model with which it does."""

    model = forms.ChoiceField(
        label=_("Model"),
        error_messages={"required": _("Choose the model."), "invalid_choice": _("Choose one.")},
    )
    prompt = forms.CharField(
        label=_("The prompt, as a user would write it"),
        help_text=_("A person looks at it; then it is tested on every build, with the others."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give the prompt.")},
    )

    def __init__(self, *args: Any, models: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, choices = self.fields["model"], list(models)
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if len(choices) == 1:
            field.initial = choices[0][0]
