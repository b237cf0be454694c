"""The forms of recording what a court did. Shape only; the services decide."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.forms_review import moment_field
from counternotices.models import Effect
from measures.models import Measure
from notices.models import CaseRegime
from notices.services.regimes import pack_of

APPLICATION: Final = "application"
ORDER: Final = "order"


class PaperForm(forms.Form):
    """A paper of the court, and from when it counts."""

    effective_at = moment_field(_("Counts from (the operator's time)"))
    file = forms.FileField(
        label=_("Paper of the court"),
        help_text=_("If the form comes back, choose the file again."),
        error_messages={
            "required": _("Choose the paper of the court: nothing is recorded without it."),
            "empty": _("This file is empty. Choose another."),
        },
    )


class MatterForm(PaperForm):
    """What the court was asked for or ordered, about which measures of the case."""

    stage = forms.ChoiceField(
        label=_("What arrived?"),
        choices=[
            (ORDER, _("An order of the court")),
            (APPLICATION, _("An application that the court accepted")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what arrived.")},
    )
    regime = forms.ChoiceField(label=_("Under which law?"))
    effect = forms.ChoiceField(
        label=_("What does it do?"),
        choices=Effect.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what it does.")},
    )
    measures = forms.MultipleChoiceField(
        label=_("Which measures does it name?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only these are held or given back; everything else goes its way."),
        error_messages={"required": _("Choose at least one measure.")},
    )
    before_suit = forms.BooleanField(
        label=_("Preservation before the suit"),
        required=False,
        help_text=_("It falls away unless its applicant sues in time."),
    )
    urgent = forms.BooleanField(label=_("Urgent application"), required=False)
    court = forms.CharField(
        label=_("Court"),
        max_length=200,
        error_messages={"required": _("Enter the name of the court.")},
    )
    number = forms.CharField(label=_("Number of the proceeding"), max_length=100, required=False)

    field_order = (
        "stage",
        "regime",
        "effect",
        "measures",
        "before_suit",
        "urgent",
        "court",
        "number",
    )

    def __init__(
        self, regimes: Iterable[CaseRegime], measures: Iterable[Measure], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self._choose(
            "regime", [(one.pack_id, pack_of(one).title.in_language(language)) for one in regimes]
        )
        self._choose("measures", [(str(one.id), staff_words(one)) for one in measures])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def staff_words(measure: Measure) -> str:
    """What a measure is and what it is aimed at, in the words of the desk."""
    target = measure.artefact or measure.platform_user
    terms = ", ".join(term["text"] for term in measure.parameters.get("terms", ()))
    said = (
        measure.get_family_display(),
        measure.get_level_display(),
        target.external_id if target else terms,
    )
    return " · ".join(str(words) for words in said if words)
