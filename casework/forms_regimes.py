"""The form by which staff say which laws a case runs under. Shape only; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from notices.models import Case
from notices.services.regime_choice import addable
from regimes.loader import pack


class RegimeForm(forms.Form):
    """Which law is added or taken off, and why."""

    pack = forms.ChoiceField(
        label=_("Law"),
        error_messages={"required": _("Choose a law."), "invalid_choice": _("Choose a law.")},
    )
    reason = forms.CharField(
        label=_("Reason (stays on record)"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give a reason: it stays on record.")},
    )

    def __init__(self, packs: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, language = self.fields["pack"], get_language() or "en"
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *((id, pack(id).title.in_language(language)) for id in packs)]


def to_add(case: Case) -> list[str]:
    """The laws that can be added."""
    return addable(case)


def to_remove(case: Case) -> list[str]:
    """The laws that can be taken off."""
    return [regime.pack_id for regime in case.regimes.all()]
