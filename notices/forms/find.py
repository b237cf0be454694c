"""Finding a notice again: reference and e-mail address."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.references import tidy


class FindForm(forms.Form):
    """Only the shape is judged here: whether such a notice exists is never told."""

    use_required_attribute = False

    reference = forms.CharField(
        label=_("Reference"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"class": "short", "autocomplete": "off", "spellcheck": "false"}
        ),
        help_text=_("It stands on the receipt, for example N-2026-004417-K."),
        error_messages={"required": _("Enter the reference that stands on your receipt.")},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        help_text=_("The address that the notice was filed with."),
        error_messages={
            "required": _("Enter the e-mail address that the notice was filed with."),
            "invalid": _("Enter an e-mail address in the right form, like name@example.com."),
        },
    )

    def clean_reference(self) -> str:
        """The reference in its one true spelling; a slip of the pen is told at once."""
        reference = tidy(self.cleaned_data["reference"])
        if reference is None:
            raise ValidationError(
                gettext(
                    "This is not a reference of ours. Check each character against your receipt."
                )
            )
        return reference
