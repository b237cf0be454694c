"""The form for granting more time. Shape only; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from deadlines.services.extending import MOST_AT_ONCE


class ExtendForm(forms.Form):
    """By how much, why, and the paper that shows it."""

    length = forms.IntegerField(
        label=_("By how much"),
        min_value=1,
        max_value=MOST_AT_ONCE,
        error_messages={"required": _("Enter by how much.")},
    )
    reason = forms.CharField(
        label=_("Why more time is granted"),
        help_text=_("Kept with the case; the parties are told the new date, not this text."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down why more time is granted.")},
    )
    paper = forms.FileField(
        label=_("Paper that shows the reason"), required=False, allow_empty_file=True
    )

    def __init__(self, *args: Any, unit: str, needs_paper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["length"].help_text = unit
        self.fields["paper"].required = needs_paper
        self.fields["paper"].error_messages["required"] = _(
            "Add the paper that shows why the waiting period is longer."
        )
