"""The forms of the engineers' board and of a ticket's page."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms import ReasonsForm
from measures.models import ProbeResult
from measures.rules import Suite
from measures.services.probes import Wish
from measures.ticketing import Mitigation, Trained
from users.models import User

_REVIEWS = (("use", _("Use it")), ("decline", _("Do not use it")))


class _Person(forms.ModelChoiceField):
    """People by their names."""

    def label_from_instance(self, obj: Any) -> str:
        """What the list shows."""
        return str(obj.name)


class PlanForm(forms.Form):
    """What is done to the model, and by whom."""

    mitigation = forms.ChoiceField(
        label=_("Mitigation"),
        choices=Mitigation.choices,
        error_messages={"required": _("Choose what is to be done.")},
    )
    owner = _Person(
        label=_("Owner"), queryset=User.objects.none(), required=False, empty_label=_("Nobody yet")
    )

    def __init__(self, *args: Any, engineers: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = engineers if engineers is not None else User.objects.none()


class RoleForm(ReasonsForm):
    """Who trained the model, with the reasons that the right holder reads."""

    trained_by = forms.ChoiceField(
        label=_("Who trained the model"),
        choices=Trained.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who trained the model.")},
    )
    field_order = ("trained_by", "reasons_en", "reasons_zh")


class ProbeForm(forms.Form):
    """A probe that staff add."""

    suite = forms.ChoiceField(label=_("Suite"), choices=Suite.choices)
    prompt = forms.CharField(
        label=_("Prompt"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Give the prompt.")},
    )
    seed = forms.IntegerField(
        label=_("Seed (optional)"), required=False, min_value=0, max_value=2**32 - 1
    )

    def wish(self) -> Wish:
        """What was typed."""
        data = self.cleaned_data
        return Wish(data["suite"], data["prompt"], data["seed"])


class ReviewForm(forms.Form):
    """Whether a right holder's probe is used; the reason is read by them."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=_REVIEWS,
        error_messages={"required": _("Choose whether it is used.")},
    )
    reason = forms.CharField(
        label=_("Reason, read by the right holder"), required=False, max_length=2_000
    )

    @property
    def use(self) -> bool:
        """Whether it is taken into use."""
        return bool(self.cleaned_data["decision"] == _REVIEWS[0][0])


class JudgeForm(forms.Form):
    """An output that shows the work although the output check did not see it."""

    result = forms.ChoiceField(
        label=_("Output"), error_messages={"required": _("Choose the output.")}
    )
    note = forms.CharField(
        label=_("What of the work it shows"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what of the work the output shows.")},
    )

    def __init__(self, *args: Any, results: Iterable[ProbeResult] = (), **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "judge_%s", **kwargs})  # a page with other notes
        field = self.fields["result"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices_of(results)


def choices_of(results: Iterable[ProbeResult]) -> Sequence[tuple[str, str]]:
    """The outputs that can be judged, as the page names them."""
    return [(str(one.id), f"#{one.probe.number} · {one.output}") for one in results]
