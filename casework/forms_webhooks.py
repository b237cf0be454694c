"""The form of a webhook endpoint."""

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.event_types import TYPES
from notifications.models import WebhookEndpoint
from notifications.services.endpoints import Wish


class EndpointForm(forms.Form):
    """Name, address and the types it wants, one a line; `case.measure.*` stands for all that begin so."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("For people, for example “Moderation service”."),
        error_messages={"required": _("Give the endpoint a name of at most 100 characters.")},
    )
    url = forms.CharField(
        label=_("Address"),
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=_("Begins with https:// and lies on the open internet."),
        error_messages={"required": _("Enter the address that events are sent to.")},
    )
    types = forms.CharField(
        label=_("Event types (optional)"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_(
            "One a line. “case.measure.*” stands for every type that begins so. Empty: all events."
        ),
    )

    def clean_types(self) -> tuple[str, ...]:
        """The types, with every star spelled out; what is unknown stays for the service to refuse."""
        found: list[str] = []
        for line in self.cleaned_data["types"].split():
            begins = [one for one in TYPES if line.endswith(".*") and one.startswith(line[:-1])]
            found += begins or [line]
        return tuple(dict.fromkeys(found))

    def wish(self) -> Wish:
        """What was asked for."""
        said = self.cleaned_data
        return Wish(said["url"], said["name"], said["types"])


def filled_in(endpoint: WebhookEndpoint, types: list[str]) -> EndpointForm:
    """The form as the endpoint stands."""
    said = {"name": endpoint.name, "url": endpoint.url, "types": "\n".join(types)}
    return EndpointForm(initial=said)
