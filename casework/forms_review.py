"""The forms of reviewing a counter-notice. Shape only; the services decide."""

from datetime import UTC, datetime
from typing import Any, Final

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from casework.forms_sums import SUMS, SumsForm
from counternotices.models import CounterNotice, Outcome
from notices.services.regimes import pack_of
from regimes.questions import counter_labels


class AskRespondentForm(forms.Form):
    """Exactly which elements of the counter-notice are missing; what the machine misses is ticked."""

    elements = forms.MultipleChoiceField(
        label=_("What is missing"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one element to ask for.")},
    )

    def __init__(self, counter_notice: CounterNotice, language: str, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["elements"]
        assert isinstance(field, forms.MultipleChoiceField)
        pack = pack_of(counter_notice.case_regime)
        field.choices = list(counter_labels(pack, language).items())


MOMENTS: Final = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]
EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
_REQUIRED: Final = _("Enter the moment.")
_INVALID: Final = _("Enter the moment as 2026-09-16 10:00.")


def moment_field(label: Any, required: Any = _REQUIRED) -> forms.DateTimeField:
    """A moment in the operator's zone, from 1990 on: what a slip of the year makes of it is refused."""
    return forms.DateTimeField(
        label=label,
        input_formats=MOMENTS,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": required, "invalid": _INVALID},
        validators=[MinValueValidator(EARLIEST, _INVALID)],
    )


class ArrivalForm(forms.Form):
    """When the forwarded statement arrived, in the operator's zone, and how that is known."""

    at = moment_field(_("Arrived at (the operator's time)"), _("Enter when it arrived."))
    proof = forms.CharField(
        label=_("How is it known?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example the number of the registered letter."),
        error_messages={"required": _("Say how the arrival is known.")},
    )


class EndingForm(SumsForm):
    """How proceedings ended, as the paper shows, and the sums it names if it names any."""

    outcome = forms.ChoiceField(
        label=_("What does the paper show?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how the proceedings ended.")},
    )
    body = forms.CharField(label=_("Court or authority"), max_length=200)
    number = forms.CharField(label=_("Number of the proceeding"), max_length=100, required=False)
    effective_at = moment_field(_("Effective from (the operator's time)"))
    file = forms.FileField(label=_("Paper of the court or authority"))
    field_order = ("outcome", "body", "number", *SUMS, "effective_at", "file")
