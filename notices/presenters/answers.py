"""The check page: every answer in words, and what a law asks for that was left empty."""

from dataclasses import dataclass

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from notices.forms.base import StepForm, Words, lines
from notices.forms.sign import PREFIX
from notices.forms.steps import STEPS, examined
from notices.models import Draft, DraftFile


@dataclass(frozen=True)
class Row:
    """One question and its answer, a line each. `wanting` is an advised answer that was left empty."""

    label: Words
    values: list[str]
    wanting: bool = False


@dataclass(frozen=True)
class Section:
    """One step of the form."""

    step: str
    title: Words
    complete: bool
    rows: list[Row]


def sections(draft: Draft) -> list[Section]:
    """All steps that ask something, in order."""
    files = list(draft.files.select_related("file"))
    shown = [_section(examined(draft, step.name), files) for step in STEPS]
    return [section for section in shown if section.rows]


def wanting(found: list[Section]) -> list[Words]:
    """What was left empty although a law asks for it."""
    return [row.label for section in found for row in section.rows if row.wanting]


def _section(form: StepForm, files: list[DraftFile]) -> Section:
    complete = form.is_valid()
    rows = [_row(form, form[name]) for name in form.fields]
    rows += [
        Row(paper.label, names, paper.advised and not names)
        for paper in form.papers
        for names in [[f.file.name for f in files if f.role == paper.role]]
    ]
    return Section(form.name, form.title, complete, rows)


def _row(form: StepForm, field: BoundField) -> Row:
    values = _values(form, field)
    if isinstance(field.field, forms.BooleanField):
        unsigned = field.name.startswith(PREFIX) and not values
        return Row(field.label, [] if unsigned else [_("Yes") if values else _("No")], unsigned)
    excused = field.name == "work_published_at" and "on" in form.typed().get("unpublished", [])
    return Row(field.label, values, field.name in form.advised and not values and not excused)


def _values(form: StepForm, field: BoundField) -> list[str]:
    typed = [value for value in form.typed()[field.name] if value]
    if isinstance(field.field, forms.ChoiceField):
        words = {str(option.data["value"]): str(option.choice_label) for option in field.subwidgets}
        return [words.get(value, value) for value in typed]
    return [line for value in typed for line in lines(value)]
