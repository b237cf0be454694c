"""The form that records the arrival of a letter that staff carried."""

from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.forms_review import moment_field

ZONES: Final = tuple(sorted(available_timezones()))


class CarriedForm(forms.Form):
    """When it arrived, by the clock of the place named, how that is known, and a paper that shows it."""

    at = moment_field(_("Arrived on, at"), _("Enter when it arrived."))
    zone = forms.ChoiceField(
        label=_("Time zone of that moment"),
        choices=[(zone, zone) for zone in ZONES],
        error_messages={
            "required": _("Choose the time zone."),
            "invalid_choice": _("Choose a time zone from the list."),
        },
    )
    proof = forms.CharField(
        label=_("How is it known?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example the number of the registered letter."),
        error_messages={"required": _("Say how the arrival is known.")},
    )
    paper = forms.FileField(
        label=_("A paper that shows it (optional)"),
        required=False,
        max_length=255,
        help_text=_("For example the signed slip. If the form comes back, choose the file again."),
        error_messages={"empty": _("This file is empty. Choose another.")},
    )

    def full_clean(self) -> None:
        """Read the moment by the clock of the zone that was chosen."""
        chosen = self.data.get(self.add_prefix("zone"), "")
        with timezone.override(ZoneInfo(chosen if chosen in ZONES else settings.TIME_ZONE)):
            super().full_clean()
