"""The forms of a counter-notice and of a proof of suit: shape only, the services decide."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from counternotices.models import ProceedingKind, Reason
from notices.forms.base import Paper
from regimes.pack import Answer, Element, Pack
from regimes.vocabulary import CompletenessRule, Need

LONGEST: Final = 20_000
PREFIX: Final = "statement-"
# Elements we know ourselves: the form does not ask for them.
KNOWN: Final = frozenset({"signature", "decision_ref", "complainant_role"})
_WIDE: Final = frozenset({"grounds", "legal_use_claim", "name_address_phone", "user_address"})


def asked_by(packs: Iterable[Pack]) -> list[tuple[Element, bool]]:
    """The elements to be asked for, common ones once, and whether the form insists on each.

    A law that lets no missing element justify a refusal insists on none.
    """
    found: dict[str, tuple[Element, bool]] = {}
    for pack in packs:
        lenient = pack.completeness.rule is CompletenessRule.NEVER_REFUSE
        for element in pack.counter_elements:
            insists = element.need is Need.REQUIRED and not lenient
            earlier = found.get(element.key)
            if element.key not in KNOWN:
                found[element.key] = (element, insists or bool(earlier and earlier[1]))
    return list(found.values())


class ElementsForm(forms.Form):
    """One field for each element answered in words; `papers` are those answered by files."""

    use_required_attribute = False

    def __init__(self, elements: Sequence[tuple[Element, bool]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.papers: list[Paper] = []
        for element, insists in elements:
            label = element.label.in_language(language)
            about = element.description.in_language(language)
            if element.answer is Answer.FILES:
                self.papers.append(Paper(element.key, label, about, advised=insists))
            elif element.answer is not Answer.STATEMENT:
                self.fields[element.key] = _words(element, label, about, insists)

    def texts(self) -> dict[str, str]:
        """What was answered in words, by element."""
        keys = [key for key in self.fields if key != "reason"]
        return {key: self.cleaned_data[key] for key in keys if self.cleaned_data[key]}


class AnswersForm(ElementsForm):
    """The counter-notice before it is signed: the reason, and the elements of every pack."""

    reason = forms.ChoiceField(
        label=_("Why do you contest?"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason that fits best.")},
    )


class SignForm(forms.Form):
    """Each statement in its full words, and the typed name."""

    use_required_attribute = False

    signature = forms.CharField(
        label=_("Signature: type your full name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Typing your name here signs the counter-notice and the statements above."),
        error_messages={"required": _("Type your full name to sign the counter-notice.")},
    )

    def __init__(self, elements: Sequence[tuple[Element, bool]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.statements = statements(elements, get_language() or "en")
        for (element, insists), words in self.statements:
            self.fields[PREFIX + element.key] = forms.BooleanField(
                label=words,
                required=insists,
                error_messages={
                    "required": _("Tick the statement if you make it; the law asks for it.")
                },
            )
        self.order_fields([*(PREFIX + e.key for (e, _i), _w in self.statements), "signature"])

    def made(self) -> dict[str, str]:
        """The statements that were ticked, in the words that were signed, by element."""
        return {
            element.key: words
            for (element, _insists), words in self.statements
            if self.cleaned_data.get(PREFIX + element.key)
        }


def statements(
    elements: Sequence[tuple[Element, bool]], language: str
) -> list[tuple[tuple[Element, bool], str]]:
    """The elements that are statements, each with its full words."""
    return [
        (
            pair,
            f"{pair[0].label.in_language(language)}: {pair[0].description.in_language(language)}",
        )
        for pair in elements
        if pair[0].answer is Answer.STATEMENT
    ]


class SuitForm(forms.Form):
    """What the right holder began, where and under which number."""

    use_required_attribute = False
    PAPER: ClassVar[Paper] = Paper(
        "proof",
        _("Proof"),
        _("The court's or authority's acceptance, filing receipt or stamped complaint. One file."),
    )

    kind = forms.ChoiceField(
        label=_("What did you begin?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you sued or complained.")},
    )
    body = forms.CharField(
        label=_("Court or authority"),
        max_length=200,
        error_messages={"required": _("Name the court or authority.")},
    )
    number = forms.CharField(
        label=_("Number of the proceeding"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
        help_text=_("If you have one already."),
    )

    def __init__(self, kinds: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [choice for choice in ProceedingKind.choices if choice[0] in kinds]


def _words(element: Element, label: str, about: str, insists: bool) -> forms.CharField:
    long = element.answer is Answer.LIST or element.key in _WIDE
    return forms.CharField(
        label=label,
        help_text=about,
        required=insists,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput(),
        error_messages={"required": _("Fill in “%(label)s”.") % {"label": label}},
    )


class ComplaintForm(forms.Form):
    """Why the filer finds the refusal wrong."""

    use_required_attribute = False

    grounds = forms.CharField(
        label=_("Why is the decision wrong?"),
        help_text=_("As precisely as you can: which item, and what was overlooked."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Say why the decision is wrong.")},
    )


class AppealForm(forms.Form):
    """Why the affected user finds the sanction wrong."""

    use_required_attribute = False

    grounds = forms.CharField(
        label=_("Why is the sanction wrong, or too much?"),
        help_text=_("In your own words. You need no form, no lawyer and no account."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say why the sanction is wrong.")},
    )
