"""The forms against a filer of wrong notices. Shape only; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.forms import ReasonsForm
from notices.services.sanctions import LONGEST_DAYS, Sanction
from notices.states import SanctionLevel
from regimes.pack import Pack
from regimes.questions import abuse_policy


class FilerSanctionForm(ReasonsForm):
    """Which step, on which factors of which law's policy, for how long, and why. Nothing is chosen beforehand."""

    level = forms.ChoiceField(label=_("Step"), widget=forms.RadioSelect)
    factors = forms.MultipleChoiceField(
        label=_("Factors of the law's policy that weigh here"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick the factors of one law only."),
        error_messages={"required": _("Name at least one factor of the policy.")},
    )
    days = forms.IntegerField(
        label=_("For how many days (suspension only)"),
        required=False,
        min_value=1,
        max_value=LONGEST_DAYS,
    )
    field_order = ("level", "factors", "days", "reasons_en", "reasons_zh")

    def __init__(
        self, packs: list[Pack], *args: Any, side: str = "notifier", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        policies = [(pack, policy) for pack in packs if (policy := abuse_policy(pack, side))]
        offered = {step for _pack, policy in policies for step in policy.ladder}
        self._choose(
            "level", [(code, str(name)) for code, name in SanctionLevel.choices if code in offered]
        )
        self._choose(
            "factors",
            [
                (
                    f"{pack.id}:{place}",
                    f"{pack.title.in_language(language)} · {factor.in_language(language)}",
                )
                for pack, policy in policies
                for place, factor in enumerate(policy.factors)
            ],
        )

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_factors(self) -> list[str]:
        """One decision follows one law's policy."""
        ticked: list[str] = self.cleaned_data["factors"]
        if len({one.partition(":")[0] for one in ticked}) > 1:
            raise forms.ValidationError(_("Tick the factors of one law only."))
        return ticked

    def sanction(self) -> Sanction:
        """What was decided."""
        data = self.cleaned_data
        split = [one.partition(":") for one in data["factors"]]
        return Sanction(
            level=data["level"],
            pack_id=split[0][0],
            factors=[int(place) for _pack, _colon, place in split],
            reasons=self.reasons(),
            days=data["days"] if data["level"] == SanctionLevel.SUSPEND else None,
        )
