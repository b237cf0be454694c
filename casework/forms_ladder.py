"""The form of another ladder. Shape only; the services decide."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from measures.ladder_policy import (
    INTENTS,
    KINDS,
    LARGEST,
    LONGEST_DAYS,
    NOT_ASSESSED,
    PER_MILLE,
    STEPS,
    Policy,
)
from measures.rules import Intent, Level
from platforms.models import ArtefactKind

MOST_MONTHS = 36
_KIND_NAMES = {**dict(ArtefactKind.choices), "prompt": _("Prompt")}
_ASSESSED = [intent for intent in INTENTS if intent != NOT_ASSESSED]


def _figure(label: Any, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most)


class LadderForm(forms.Form):
    """Every figure of a ladder, beginning with those in force; over how many months to try it; and why."""

    expiry_days = _figure(_("A mark counts for so many days"), 1, LONGEST_DAYS)
    first_good_faith = forms.BooleanField(
        label=_("A user's first case, in good faith, leaves no mark"), required=False
    )
    prior_warning = forms.BooleanField(
        label=_("Nothing above a warning without one that was told"), required=False
    )
    small_share = _figure(
        _("One step less if fewer than so many in a thousand of the user's things were upheld"),
        0,
        PER_MILLE,
    )
    months = _figure(_("Try it over the last so many months"), 1, MOST_MONTHS)
    reasons = forms.CharField(
        label=_("Why it is to change"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5_000,
        help_text=_("Needed to put it forward, not to try it."),
    )

    def __init__(self, in_force: Policy, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for step in STEPS:
            name = Level(step).label
            self.fields[f"threshold_{step}"] = _figure(name, 1, LARGEST)
            self.fields[f"days_{step}"] = _figure(name, 0, LONGEST_DAYS)
        for kind in KINDS:
            self.fields[f"weight_{kind}"] = _figure(_KIND_NAMES[kind], 0, LARGEST)
        for intent in _ASSESSED:
            self.fields[f"intent_{intent}"] = _figure(Intent(intent).label, 0, LARGEST)
        self.initial = {**_figures(in_force), "months": 12, **self.initial}

    def groups(self) -> list[tuple[str | Promise, list[BoundField]]]:
        """The figures under their headings; the plain fields are drawn by the page."""
        return [
            (_("A step is proposed from this sum on"), self._all("threshold", STEPS)),
            (_("Days that a step lasts, 0 for no end"), self._all("days", STEPS)),
            (_("What an upheld item weighs"), self._all("weight", KINDS)),
            (_("What the intent adds"), self._all("intent", _ASSESSED)),
        ]

    def policy(self) -> Policy:
        """The ladder that was typed."""
        data = self.cleaned_data
        return Policy(
            thresholds={step: data[f"threshold_{step}"] for step in STEPS},
            weights={kind: data[f"weight_{kind}"] for kind in KINDS},
            intents={NOT_ASSESSED: 0, **{one: data[f"intent_{one}"] for one in _ASSESSED}},
            days={step: data[f"days_{step}"] for step in STEPS},
            expiry_days=data["expiry_days"],
            first_good_faith=data["first_good_faith"],
            small_share=data["small_share"],
            prior_warning=data["prior_warning"],
        )

    def _all(self, group: str, keys: Any) -> list[BoundField]:
        return [self[f"{group}_{key}"] for key in keys]


def _figures(policy: Policy) -> dict[str, object]:
    return {
        **{f"threshold_{step}": policy.thresholds[step] for step in STEPS},
        **{f"days_{step}": policy.days[step] for step in STEPS},
        **{f"weight_{kind}": policy.weights[kind] for kind in KINDS},
        **{f"intent_{intent}": policy.intents[intent] for intent in _ASSESSED},
        "expiry_days": policy.expiry_days,
        "first_good_faith": policy.first_good_faith,
        "small_share": policy.small_share,
        "prior_warning": policy.prior_warning,
    }
