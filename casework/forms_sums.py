"""What a paper says of money, as it is typed: exact sums in one currency. Shape only; the service decides."""

import re
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from counternotices.services.awards import Sums

_GROUPED: Final = re.compile(r"\d{1,3}([,，\s]\d{3})+(\.\d*)?")
_GROUPS: Final = re.compile(r"[,，\s]")
CURRENCIES: Final = (
    ("", _("Choose a currency")),
    ("CNY", _("Renminbi (CNY)")),
    ("EUR", _("Euro (EUR)")),
    ("USD", _("US dollar (USD)")),
    ("GBP", _("Pound sterling (GBP)")),
    ("HKD", _("Hong Kong dollar (HKD)")),
    ("JPY", _("Japanese yen (JPY)")),
    ("KRW", _("South Korean won (KRW)")),
    ("SGD", _("Singapore dollar (SGD)")),
    ("TWD", _("New Taiwan dollar (TWD)")),
    ("CHF", _("Swiss franc (CHF)")),
)


SUMS: Final = ("claimed", "awarded", "costs", "currency", "dismissed")


class MoneyField(forms.DecimalField):
    """An exact amount. Takes `300000`, `300,000` and `300 000.00`; a comma before decimals is refused, not guessed."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short"})

    def __init__(self, label: Any) -> None:
        told = {
            "invalid": _("Enter an amount as 300000 or 300,000.00."),
            "min_value": _("An amount is never negative."),
            "max_decimal_places": _("Enter the amount with at most two decimals."),
        }
        super().__init__(
            label=label,
            required=False,
            min_value=Decimal(0),
            max_digits=17,
            decimal_places=2,
            error_messages=told,
        )

    def to_python(self, value: Any) -> Any:
        """The amount as a Decimal, or None for an empty field."""
        text = str(value or "").strip()
        if _GROUPED.fullmatch(text):
            text = _GROUPS.sub("", text)
        if text and not re.fullmatch(r"-?\d+(\.\d*)?", text):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text)


class SumsForm(forms.Form):
    """What the paper says of money and of dismissed claims. All of it may be missing."""

    claimed = MoneyField(_("Amount claimed"))
    awarded = MoneyField(_("Amount awarded"))
    costs = MoneyField(_("Reasonable costs awarded"))
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, required=False)
    dismissed = forms.CharField(
        label=_("Claims dismissed"),
        help_text=_("In the words of the paper, for example: unfair competition."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=5_000,
    )

    def sums(self) -> Sums:
        """As they were entered."""
        data = self.cleaned_data
        return Sums(**{name: data[name] for name in SUMS})

    def clean(self) -> dict[str, Any]:
        """Amounts need their currency."""
        data = super().clean() or self.cleaned_data
        if any(data.get(name) is not None for name in SUMS[:3]) and not data.get("currency"):
            self.add_error("currency", _("Say in which currency the amounts are."))
        return data
