"""A complaint about training (GPAI Code, copyright chapter, measure 1.5): about the model, never about one output."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from notices.filing import Filing
from notices.forms.base import lines
from notices.models import Channel, FilerRole
from regimes.vocabulary import CaseKind

_LONG: Final = forms.Textarea(attrs={"rows": 4})
COMMITMENTS: Final = (
    ("1.1", _("A copyright policy that is kept (measure 1.1)")),
    ("1.2", _("Lawful access, no piracy sites (measure 1.2)")),
    ("1.3", _("Reservations of rights, such as robots.txt (measure 1.3)")),
    ("1.4", _("Safeguards against infringing outputs (measure 1.4)")),
)


class TrainingForm(forms.Form):
    """One page. What the pack asks for and is left empty is asked for later, as with a notice."""

    use_required_attribute = False
    models = forms.CharField(
        label=_("Model or service concerned, one per line"),
        widget=_LONG,
        max_length=5_000,
        error_messages={"required": _("Name the model or the service.")},
    )
    work_title = forms.CharField(
        label=_("Your works"),
        max_length=300,
        error_messages={"required": _("Name at least one work.")},
    )
    work_description = forms.CharField(
        label=_("Which works, or where their reservation of rights stands"),
        widget=_LONG,
        required=False,
        max_length=20_000,
    )
    commitments = forms.MultipleChoiceField(
        label=_("What was not kept"),
        choices=COMMITMENTS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    explanation = forms.CharField(
        label=_("What happened, when, and how you know"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=100_000,
        error_messages={"required": _("Say what happened.")},
    )
    filer_role = forms.ChoiceField(
        label=_("For whom do you complain?"),
        choices=FilerRole.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say for whom you complain.")},
    )
    filer_name = forms.CharField(
        label=_("Your name"), max_length=200, error_messages={"required": _("Enter your name.")}
    )
    filer_email = forms.EmailField(
        label=_("Your e-mail address"),
        error_messages={"required": _("Enter your e-mail address.")},
    )
    principal = forms.CharField(
        label=_("Right holder, if it is not you"), max_length=200, required=False
    )
    signature = forms.CharField(
        label=_("Signature (your name)"),
        max_length=200,
        error_messages={"required": _("Sign with your name.")},
    )

    def filing(self, *, language: str, account_id: Any) -> Filing:
        """The complaint as it will be filed."""
        data = self.cleaned_data
        same = (
            "work_title work_description explanation filer_role filer_name filer_email principal "
            "signature"
        )
        return Filing(
            channel=Channel.PORTAL.value,
            language=language,
            account_id=account_id,
            items=(),
            kind=CaseKind.TRAINING_COMPLAINT.value,
            particulars={
                "model_concerned": lines(data["models"]),
                "commitment_concerned": data["commitments"],
            },
            **{name: data[name] for name in same.split()},
        )
