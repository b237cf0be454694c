"""Step 3: who files, and for whom."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from notices.forms.base import Paper, StepForm
from notices.models import FileRole, FilerRole
from notices.services.drafts import Answers


class YouForm(StepForm):
    """Name and e-mail are needed to answer; the rest is what the laws ask a notice to carry."""

    name = "you"
    title = _("You")
    short = _("You")
    advised = ("filer_address", "filer_phone", "filer_identity")
    papers: ClassVar[tuple[Paper, ...]] = (
        Paper(
            FileRole.IDENTITY,
            _("Proof of identity"),
            _("Identity card, passport or business licence. Only our staff sees it."),
            advised=True,
        ),
        Paper(
            FileRole.AUTHORITY,
            _("Authority letter"),
            _("Only if you act for somebody else: the letter that gives you the power to."),
        ),
    )

    filer_role = forms.ChoiceField(
        label=_("For whom do you file?"),
        choices=FilerRole.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say whether you own the rights or act for the right holder.")
        },
    )
    principal = forms.CharField(
        label=_("Name of the right holder"),
        required=False,
        max_length=200,
        help_text=_("Only if you act for somebody else."),
    )
    filer_name = forms.CharField(
        label=_("Your full name, or the name of your firm"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("The next page shows who sees it, and when."),
        error_messages={"required": _("Enter your name.")},
    )
    filer_email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,  # as long as the column that keeps it
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        help_text=_("The receipt and every answer go there. It is not shown to the other side."),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address in the right form, like name@example.com."),
        },
    )
    filer_phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "class": "short"}),
    )
    filer_address = forms.CharField(
        label=_("Postal address"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "street-address"}),
    )
    filer_identity = forms.CharField(
        label=_("Identity card, passport or registration number"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
        help_text=_("The law asks a notice to carry true identity. Only our staff sees it."),
    )

    @classmethod
    def address(cls, answers: Answers) -> str:
        """The e-mail address in kept answers, empty unless it has the form of one."""
        typed = (answers.get("filer_email") or [""])[0]
        try:
            return str(cls.base_fields["filer_email"].clean(typed))
        except ValidationError:
            return ""

    def clean(self) -> dict[str, Any]:
        """Somebody who acts for another says for whom."""
        data = super().clean() or {}
        if data.get("filer_role") == FilerRole.AGENT and not data.get("principal"):
            self.add_error("principal", gettext("Enter the name of the right holder you act for."))
        return data
