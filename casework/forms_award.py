"""The form of recording what a court awarded. Shape only; the service decides."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms_review import moment_field
from casework.forms_sums import SUMS, SumsForm


class AwardForm(SumsForm):
    """A judgment that ended no proceedings of ours, and its paper."""

    body = forms.CharField(
        label=_("Court or authority"),
        max_length=200,
        error_messages={"required": _("Enter the name of the court.")},
    )
    number = forms.CharField(label=_("Number of the proceeding"), max_length=100, required=False)
    effective_at = moment_field(_("Effective from (the operator's time)"))
    file = forms.FileField(
        label=_("Paper of the court or authority"),
        help_text=_("If the form comes back, choose the file again."),
        error_messages={
            "required": _("Choose the paper of the court: nothing is recorded without it."),
            "empty": _("This file is empty. Choose another."),
        },
    )
    field_order = ("body", "number", *SUMS, "effective_at", "file")
