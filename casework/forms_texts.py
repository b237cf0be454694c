"""The forms of texts that users are shown. Shape only; the services decide."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms_review import moment_field
from casework.services.texts import Wish
from notices.forms.base import lines
from screening.display_rules import LONGEST_LINE, LONGEST_TEXT
from screening.models import DisplayText
from screening.states import KIND_NAMES, KIND_SENTENCES, TextKind

_LINES: Final = forms.Textarea(attrs={"rows": 3})


def _long() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 5, "maxlength": str(LONGEST_TEXT)})


class VersionForm(forms.Form):
    """What one version says, where, and from when to when."""

    title = forms.CharField(
        label=_("Name, for staff"),
        max_length=LONGEST_LINE,
        error_messages={"required": _("Give the text a name by which staff find it.")},
    )
    text_en = forms.CharField(
        label=_("Text (English)"),
        widget=_long(),
        max_length=LONGEST_TEXT,
        help_text=_("A name between [[ and ]] is kept for the file and never shown."),
        error_messages={"required": _("Write the text in this language too.")},
    )
    text_zh = forms.CharField(
        label=_("Text (Chinese)"),
        widget=_long(),
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Write the text in this language too.")},
    )
    terms = forms.CharField(
        label=_("Terms it hangs on, one per line"),
        widget=_LINES,
        required=False,
        max_length=5_000,
        help_text=_(
            "A ruling or notice needs some; a warning may have some; a disclaimer has none. They are looked for as those of prompt rules, disguises included."
        ),
    )
    allow_phrases = forms.CharField(
        label=_("Phrases in which the terms may stand, one per line (optional)"),
        widget=_LINES,
        required=False,
        max_length=5_000,
    )
    source = forms.CharField(
        label=_("Court and number of the ruling"),
        required=False,
        max_length=LONGEST_LINE,
        help_text=_("For a ruling. It is shown with the text."),
    )
    in_force_from = moment_field(_("Shown from (the operator's time); empty: at once"))
    in_force_until = moment_field(_("Shown until (optional)"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["in_force_from"].required = False
        self.fields["in_force_until"].required = False

    def wish(self, of: DisplayText | None = None) -> Wish:
        """What was asked for; `of` is the version whose text gets another one."""
        said = self.cleaned_data
        return Wish(
            kind=TextKind(of.kind if of else said["kind"]),
            title=said["title"],
            texts={"en": said["text_en"], "zh-Hans": said["text_zh"]},
            terms=tuple(lines(said["terms"])),
            allow_phrases=tuple(lines(said["allow_phrases"])),
            case_reference=of.case_reference if of else said["case_reference"],
            source=said["source"],
            in_force_from=said["in_force_from"],
            in_force_until=said["in_force_until"],
            series=of.series if of else None,
        )


class TextForm(VersionForm):
    """A new text: also what kind it is, and the case it stands on."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(str(kind), KIND_NAMES[kind]) for kind in TextKind],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of text.")},
    )
    case_reference = forms.CharField(
        label=_("Case it stands on"),
        required=False,
        max_length=30,
        help_text=_("A notice needs one. When the case falls, the text is no longer shown."),
    )

    field_order = ("kind", "title", "case_reference")


class EndForm(forms.Form):
    """Nothing is asked: the press is the question."""


def kinds_explained() -> Mapping[str, object]:
    """What each kind is for, by its name."""
    return {str(KIND_NAMES[kind]): KIND_SENTENCES[kind] for kind in TextKind}


def filled_in(text: DisplayText) -> VersionForm:
    """The form as this version says it, for the next one."""
    return VersionForm(
        initial={
            "title": text.title,
            "text_en": text.written["en"],
            "text_zh": text.written["zh-Hans"],
            "terms": "\n".join(term["text"] for term in text.terms),
            "allow_phrases": "\n".join(text.allow_phrases),
            "source": text.source,
        }
    )
