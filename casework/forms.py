"""The forms of the desk. Shape only; the services decide."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.services.orders import Choice, nothing_upheld, orders_for
from measures.rules import Family, Level
from measures.services.orders import Order
from notices.models import Case, ClaimedItem
from notices.services.decisions import Ruling
from notices.services.look_up import PROMPT
from notices.services.regimes import packs_of
from notices.states import ItemOutcome
from platforms.models import PlatformUser
from regimes.questions import notice_labels

_LONG = forms.Textarea(attrs={"rows": 4})
_NO_SANCTION = ("", _("No sanction"))


class ReasonsForm(forms.Form):
    """Reasons in both languages: what is sent to each party is in theirs."""

    reasons_en = forms.CharField(label=_("Reasons (English)"), widget=_LONG, max_length=20_000)
    reasons_zh = forms.CharField(label=_("Reasons (Chinese)"), widget=_LONG, max_length=20_000)

    def reasons(self) -> dict[str, str]:
        """The reasons by language."""
        data = self.cleaned_data
        return {"en": data["reasons_en"], "zh-Hans": data["reasons_zh"]}


class UpholdForm(ReasonsForm):
    """Which items are upheld, which families of measure follow, and which sanction for whom."""

    items = forms.MultipleChoiceField(
        label=_("Items upheld"), widget=forms.CheckboxSelectMultiple, required=True
    )
    families = forms.MultipleChoiceField(
        label=_("Necessary measures"), widget=forms.CheckboxSelectMultiple, required=False
    )
    terms = forms.CharField(
        label=_("Terms to block, one per line"),
        help_text=_("Names and aliases of the work, in every language it is known in."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5_000,
    )
    probes = forms.CharField(
        label=_("Probe prompts for the ticket, one per line"),
        help_text=_("Prompts of normal use that must no longer bring the work out."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5_000,
    )

    def __init__(self, case: Case, people: list[PlatformUser], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        items = case.notice.items.exclude(outcome=ItemOutcome.NOT_FOUND)
        unknown = Q(looked_up_at=None) & ~Q(kind=PROMPT)
        # Upheld before it is known what it is, an item would bring no measure and no letter.
        self.waiting = items.filter(unknown).count()
        items = items.exclude(unknown)
        self.claimed = {str(item.id): item for item in items.select_related("artefact__owner")}
        self._choices()
        for person in people:
            self.fields[f"sanction_{person.id}"] = forms.ChoiceField(
                label=_("Sanction for %(handle)s")
                % {"handle": person.handle or person.external_id},
                choices=[_NO_SANCTION, *Level.choices],
                required=False,
            )

    def _choices(self) -> None:
        for name, choices in (
            ("items", [(id, item.locator) for id, item in self.claimed.items()]),
            ("families", [c for c in Family.choices if c[0] != Family.USER_SANCTION]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """A block or a ticket needs terms."""
        data = super().clean() or self.cleaned_data
        needs_terms = {Family.PROMPT_BLOCK, Family.MODEL_OPTIMISATION} & set(
            data.get("families", [])
        )
        if needs_terms and not data.get("terms", "").strip():
            self.add_error("terms", _("Give at least one term to block or to train away."))
        self._check_sanctions(data)
        return data

    def _check_sanctions(self, data: dict[str, Any]) -> None:
        """Nobody is sanctioned for what is another user's, or was not upheld."""
        artefacts = [self.claimed[id].artefact for id in data.get("items", [])]
        owners = {artefact.owner_id for artefact in artefacts if artefact}
        for person in self.people:
            if data.get(f"sanction_{person.id}") and person.id not in owners:
                self.add_error(f"sanction_{person.id}", nothing_upheld(person))

    def upheld(self) -> list[ClaimedItem]:
        """The items that are upheld."""
        return [self.claimed[id] for id in self.cleaned_data["items"]]

    def ruling(self) -> Ruling:
        """The decision, item by item, with its reasons."""
        return Ruling(self.reasons(), {one.id: ItemOutcome.UPHELD.value for one in self.upheld()})

    def orders(self) -> list[Order]:
        """The measures that go with the decision; its items count as upheld for them already."""
        items, data = self.upheld(), self.cleaned_data
        for item in items:
            item.outcome = ItemOutcome.UPHELD
        terms, probes = _lines(data["terms"]), _lines(data["probes"])
        return orders_for(items, Choice(data["families"], terms, probes, self.sanctions()))

    def sanctions(self) -> dict[PlatformUser, str]:
        """The level chosen for each affected user who gets one."""
        levels = {p: self.cleaned_data.get(f"sanction_{p.id}", "") for p in self.people}
        return {person: level for person, level in levels.items() if level}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class AskForm(forms.Form):
    """Exactly which elements of the packs are missing, and a word to the filer."""

    elements = forms.MultipleChoiceField(
        label=_("What is missing"), widget=forms.CheckboxSelectMultiple
    )
    message = forms.CharField(
        label=_("A word to the filer"), widget=_LONG, required=False, max_length=5_000
    )

    def __init__(self, case: Case, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["elements"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(notice_labels(packs_of(case), language).items())


class RefuseForm(forms.Form):
    """Why a second person does not agree."""

    reason = forms.CharField(
        label=_("Why you do not agree"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5_000,
        error_messages={"required": _("Say why you do not agree.")},
    )
