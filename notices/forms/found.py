"""Step 1: what was found."""

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from notices.filing import ItemClaim
from notices.forms.base import Paper, StepForm, lines
from notices.models import FileRole
from notices.vocabulary import SampleOrigin
from platforms.models import ArtefactKind

MOST_ITEMS: Final = 5000
LONGEST_LINE: Final = 2000
# The field of each kind of item; "prompt" is no artefact, it is a text.
KINDS: Final = {
    "outputs": ArtefactKind.OUTPUT.value,
    "models": ArtefactKind.MODEL.value,
    "prompts": "prompt",
    "pages": ArtefactKind.PAGE.value,
}


def _box(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "spellcheck": "false", "autocapitalize": "off"})


class FoundForm(StepForm):
    """The items complained of, one on each line, by kind; and how the sample came about."""

    name = "found"
    title = _("What did you find?")
    short = _("What you found")
    advised = ("sample_origin",)
    papers: ClassVar[tuple[Paper, ...]] = (
        Paper(
            FileRole.OUTPUT_COPY,
            _("Copies of what you found"),
            _("Pictures, recordings or screenshots. We also fetch our own copy where we can."),
        ),
    )

    outputs = forms.CharField(
        label=_("Outputs"),
        required=False,
        widget=_box(3),
        help_text=_(
            "The id or link of each picture, text or recording that was generated. One on each line."
        ),
    )
    models = forms.CharField(
        label=_("Models or LoRAs"),
        required=False,
        widget=_box(2),
        help_text=_("The name, id or link of each model. One on each line."),
    )
    prompts = forms.CharField(
        label=_("Prompts"),
        required=False,
        widget=_box(2),
        help_text=_("The words that bring your work out. One prompt on each line."),
    )
    pages = forms.CharField(
        label=_("Pages or links"),
        required=False,
        widget=_box(2),
        help_text=_("Addresses of pages on the service that show it. One on each line."),
    )
    sample_origin = forms.ChoiceField(
        label=_("How did you come by it?"),
        required=False,
        choices=SampleOrigin.choices,
        widget=forms.RadioSelect,
        help_text=_("A court gives less weight to what was made only in order to test."),
    )

    def clean(self) -> dict[str, Any]:
        """At least one item, not too many, none too long."""
        data = super().clean() or {}
        for name in KINDS:
            self._check_length(name, data.get(name, ""))
        found = self.items(data)
        if not found and not self.errors:
            self.add_error(
                "outputs",
                gettext("Name at least one output, model, prompt or page: one on each line."),
            )
        if len(found) > MOST_ITEMS:
            self.add_error(
                "outputs",
                gettext("One notice takes at most %(most)d items. File the rest in another notice.")
                % {"most": MOST_ITEMS},
            )
        return data

    @staticmethod
    def items(data: dict[str, Any]) -> list[ItemClaim]:
        """The items of the cleaned answers, in the order of the form."""
        return [
            ItemClaim(kind, line)
            for name, kind in KINDS.items()
            for line in lines(data.get(name, ""))
        ]

    def _check_length(self, name: str, text: str) -> None:
        for number, line in enumerate(lines(text), start=1):
            if len(line) > LONGEST_LINE:
                self.add_error(
                    name,
                    gettext(
                        "Line %(number)d is longer than %(most)d characters. Put one item on each line."
                    )
                    % {"number": number, "most": LONGEST_LINE},
                )
                return
