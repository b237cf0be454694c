"""The forms of the developers' page."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TryForm(forms.Form):
    """A prompt to be checked."""

    prompt = forms.CharField(
        label=_("Prompt"),
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Enter a prompt.")},
    )


class KeyForm(forms.Form):
    """A key for the API, by the name of what uses it."""

    name = forms.CharField(
        label=_("What is the key for?"),
        max_length=100,
        error_messages={"required": _("Say what the key is for.")},
    )
